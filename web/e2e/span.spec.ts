/** The marked span leaves the page as what the command line writes, and the strip follows the zoom. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixture, init, run, type Served, serve } from './program.ts';
import { expect, test, type Workbench } from './page.ts';

let folder = '';
let served: Served;

test.beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'framewitness-span-')), 'case');
  init(folder, 'Spans');
  run(folder, 'add', ...['clips/city-repost.mp4', 'clips/movie-hello.mpeg'].map(fixture));
  const red = join(folder, '..', 'red.mov');
  const source = 'testsrc2=size=64x48:duration=0.4';
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, '-c:v', 'qtrle', '-pix_fmt', 'rgb24', red]);
  run(folder, 'add', red);
  run(folder, 'inspect', '--all');
  served = await serve(folder);
});

test.afterAll(async () => {
  await served.stop();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

/** Opens item `item` with frames `first` to `last` marked, and the dialogue for saving them. */
async function mark(workbench: Workbench, item: number, first: number, last: number): Promise<void> {
  await workbench.open(`#/items/${item}?frame=${first}`, served.address);
  await workbench.showsFrame(first);
  await workbench.page.keyboard.press('i');
  for (let step = first; step < last; step += 1) await workbench.page.keyboard.press('.');
  await workbench.showsFrame(last);
  await workbench.page.keyboard.press('o');
  await workbench.page.getByRole('button', { name: 'Save span' }).click();
}

async function saved(workbench: Workbench, form: RegExp): Promise<{ name: string; bytes: Buffer }> {
  await workbench.page.getByRole('radio', { name: form }).check();
  const download = workbench.page.waitForEvent('download');
  await workbench.page.getByRole('button', { name: 'Save', exact: true }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test('stills and a clip of the span are those of the command line', async ({ workbench }) => {
  await mark(workbench, 1, 48, 50);
  await expect(workbench.page.getByRole('dialog')).toContainText('Frames 48 to 50, 3 frames');
  const stills = await saved(workbench, /PNG/);
  expect(stills.name).toBe('city-repost.mp4.frames-48-50.zip');
  for (const no of [48, 49, 50]) {
    const still = run(folder, 'frame', '1', String(no), '-o', '-');
    expect(stills.bytes.includes(still), `frame ${no}`).toBe(true);
  }
  expect(stills.bytes.includes('frame-000051')).toBe(false);

  const clip = await saved(workbench, /clip/);
  expect(clip.name).toBe('city-repost.mp4.frames-48-50.mkv');
  const own = join(folder, '..', 'own.mkv');
  run(folder, 'span', '1', '--from', '48', '--to', '51', '-o', own);
  const tail = -4096;
  expect(clip.bytes.length).toBe(readFileSync(own).length);
  expect(clip.bytes.subarray(tail).equals(readFileSync(own).subarray(tail))).toBe(true);
});

test('the strip shows exact frames of what is zoomed to, grey and blurred until lifted', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/items/2?frame=120', served.address);
  await workbench.showsFrame(120);
  await expect(page.locator('.film')).toHaveCount(0);
  for (const _ of [1, 2, 3]) await page.getByRole('button', { name: 'Zoom in' }).click();
  const cells = page.locator('.film .cell');
  await expect.poll(() => cells.count()).toBeGreaterThan(3);
  const picture = cells.first().locator('img');
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await expect(picture).toHaveCSS('filter', 'grayscale(1) blur(4px)');
  await page.keyboard.press('v');
  await expect(picture).toHaveCSS('filter', 'blur(4px)');
  await page.keyboard.press('b');
  await expect(picture).toHaveCSS('filter', 'none');

  const numbers = await cells.evaluateAll((all) => all.map((cell) => Number((cell as HTMLElement).dataset['frame'])));
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  expect(numbers.at(0)).toBeLessThanOrEqual(120);
  expect(numbers.at(-1)).toBeGreaterThanOrEqual(120);
  const other = numbers.at(-1) ?? 0;
  await cells.last().click();
  await workbench.showsFrame(other);
  await page.keyboard.press('Home');
  await workbench.showsFrame(0);
  await expect(page.locator('.film .cell').first()).toHaveAttribute('data-frame', '0');
  for (const _ of [1, 2, 3]) await page.getByRole('button', { name: 'Zoom out' }).click();
  await expect(page.locator('.film')).toHaveCount(0);
});

test('what a clip cannot hold is said, not downloaded', async ({ workbench }) => {
  await mark(workbench, 3, 3, 4);
  await workbench.page.getByRole('radio', { name: /clip/ }).check();
  await workbench.page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(workbench.page.getByRole('alert')).toContainText('cannot hold pictures in rgb24');
  await expect(workbench.page.getByRole('alert')).toContainText('PNG');
  // The browser itself remarks on every refusal.
  expect(workbench.complaints.splice(0).filter((complaint) => !complaint.includes('422'))).toEqual([]);
});
