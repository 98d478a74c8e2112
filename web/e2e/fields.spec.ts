import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './page.ts';
import { readPng } from './png.ts';
import { init, run, type Served, serve } from './program.ts';

/** A moving picture taken as fields, of which the bottom one comes first. */
const RECIPE =
  '-f lavfi -i testsrc2=s=192x160:r=50:d=0.4,format=yuv420p -vf tinterlace=interleave_bottom -c:v mpeg2video -flags +ildct+ilme -top 0';

let folder = '';
let served: Served;

test.beforeAll(async () => {
  const outside = mkdtempSync(join(tmpdir(), 'framewitness-fields-'));
  folder = join(outside, 'case');
  const clip = join(outside, 'fields.mpg');
  execFileSync('ffmpeg', ['-v', 'error', '-nostdin', ...RECIPE.split(' '), clip]);
  init(folder, 'Two at once');
  run(folder, 'add', clip);
  run(folder, 'inspect', '--all');
  served = await serve(folder);
});
test.afterAll(async () => {
  await served.stop();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

/** Hash of the pixels that the command line writes of a field. */
function written(no: string): string {
  const file = join(folder, '..', `${no}.png`);
  run(folder, 'frame', '#1', no, '-o', file);
  return createHash('sha256').update(readPng(readFileSync(file)).rgb).digest('hex');
}

test('a field is shown by itself, in the order of time, and left again', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/', served.address);
  await workbench.goTo('#/items/1?frame=3');
  await workbench.showsFrame(3);
  const exact = await workbench.pixelHash();
  const canvas = page.locator('canvas:not(.veil)');

  await page.keyboard.press('f');
  await expect(canvas).toHaveAttribute('data-field', '3b');
  await expect(page.getByTestId('field-order')).toHaveText('first');
  expect(await workbench.pixelHash()).toBe(written('3b'));
  await page.keyboard.press('f');
  await expect(canvas).toHaveAttribute('data-field', '3t');
  await expect(page.getByTestId('field-order')).toHaveText('second');
  await expect(page.getByText(/^\d+ \+ 3600\/2$/)).toBeVisible();

  await page.keyboard.press('.');
  await expect(canvas).toHaveAttribute('data-field', '4b');
  expect(await workbench.pixelHash()).toBe(written('4b'));
  await expect(page).toHaveURL(/frame=4&field=b$/);
  await page.keyboard.press(',');
  await expect(canvas).toHaveAttribute('data-field', '3t');

  await page.keyboard.press('Escape');
  await workbench.showsFrame(3);
  await expect(canvas).not.toHaveAttribute('data-field', /./);
  expect(await workbench.pixelHash()).toBe(exact);
});

test('an address leads to a field: typed, and as a link', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/', served.address);
  await workbench.goTo('#/items/1?frame=0');
  await workbench.showsFrame(0);
  await page.keyboard.press('g');
  await page.getByLabel('Frame, time or timestamp').fill('6t');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('field-no')).toHaveText('6t');
  await expect(page).toHaveURL(/frame=6&field=t$/);
  await page.reload();
  await expect(page.getByTestId('field-no')).toHaveText('6t');
  expect(await workbench.pixelHash()).toBe(written('6t'));
  await page.getByRole('button', { name: 'Back to frame 6' }).click();
  await workbench.showsFrame(6);
  await page.keyboard.press('g');
  await page.getByLabel('Frame, time or timestamp').fill('99t');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('frames 0 to 9');
});
