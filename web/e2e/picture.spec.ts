import { expect, test } from './page.ts';

test('a picture leads to its video and frame', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/matches');
  const frame = await page.request.get('/api/items/2/frames/60.png');
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
  await workbench.open('#/matches');
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
