import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './page.ts';
import { fixture, init, run, type Served, serve } from './program.ts';

let folder = '';
let served: Served;

test.beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'framewitness-picture-')), 'case');
  init(folder, 'Pictures');
  run(folder, 'add', ...['clips/v2.m4v', 'clips/cityCC0.mpg'].map(fixture));
  run(folder, 'inspect', '--all');
  served = await serve(folder);
});
test.afterAll(async () => {
  await served.stop();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

test('a picture leads to its video and frame', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/matches', served.address);
  const frame = await page.request.get(new URL('/api/items/2/frames/60.png', page.url()).href);
  const still = { name: 'still.png', mimeType: 'image/png', buffer: await frame.body() };
  await page.getByLabel('Choose a picture').setInputFiles(still);
  const link = page.getByRole('link', { name: '#2 cityCC0.mpg, frame 60' });
  await expect(link).toBeVisible({ timeout: 60_000 });
  await link.click();
  await expect(page).toHaveURL(/items\/2\?frame=60$/);
  await workbench.showsFrame(60);
});

test('what is no picture, and what no video holds, is said', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/matches', served.address);
  const field = page.getByLabel('Choose a picture');
  await field.setInputFiles({ name: 'words.txt', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await expect(page.getByText('words.txt holds no picture that could be decoded')).toBeVisible();
  // The console repeats the refusal.
  expect(workbench.complaints.splice(0).filter((complaint) => !complaint.includes('422'))).toEqual([]);

  const black = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(320, 180);
    canvas.getContext('2d')?.fillRect(0, 0, 320, 180);
    return Array.from(new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer()));
  });
  await field.setInputFiles({ name: 'black.png', mimeType: 'image/png', buffer: Buffer.from(black) });
  await expect(page.getByText('No video of the case holds black.png.')).toBeVisible({ timeout: 60_000 });
});
