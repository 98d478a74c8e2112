import { passesAxe } from './axe.ts';
import { looks } from './looks.ts';
import { expect, test } from './page.ts';
import { readPng } from './png.ts';
import { run } from './program.ts';

const FRAME = 75;

test('a lens shows the pixels of the exact frame and their values, by arrow keys and under the pointer', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(1, FRAME);
  const still = readPng(run(process.env['CASE'] ?? '', 'frame', '#1', `${FRAME}`, '-o', '-'));
  const rgb = (x: number, y: number) => [...still.rgb.subarray((y * still.width + x) * 3, (y * still.width + x) * 3 + 3)];
  const lens = page.getByTestId('lens');
  const reads = (x: number, y: number) => expect(lens.getByRole('status')).toHaveText(`x ${x}, y ${y}: RGB ${rgb(x, y).join(' ')}`);

  await page.keyboard.press('z');
  // What is blurred is not seen by way of a lens.
  await expect(lens).toContainText('Lift the blur to look closer');
  await expect(lens.locator('canvas')).toHaveCount(0);
  await page.keyboard.press('b');
  const [x, y] = [Math.floor(still.width / 2), Math.floor(still.height / 2)];
  await reads(x, y);
  const grey = await looks(lens.locator('canvas'));
  expect(grey.chroma).toBe(0);
  await page.keyboard.press('v');

  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowUp');
  await reads(x + 1, y + 1 - 10);
  // The player kept its frame, and the lens follows it to the next.
  await workbench.showsFrame(FRAME);
  await passesAxe(workbench, 'magnifying');

  // Each pixel of the picture is a square of one colour, eight pixels wide, around the one that is told.
  const square = await lens.locator('canvas').evaluate((element, corner) => {
    const canvas = element as HTMLCanvasElement;
    const data = canvas.getContext('2d')?.getImageData(corner, corner, 8, 8).data ?? [];
    const pixels = Array.from({ length: 64 }, (_, at) => Array.from(data.slice(at * 4, at * 4 + 3)));
    return { width: canvas.width, pixels };
  }, 80);
  expect(square.width).toBe(168);
  expect(square.pixels).toEqual(Array.from({ length: 64 }, () => rgb(x + 1, y - 9)));

  const picture = await page.locator('canvas:not(.veil)').first().boundingBox();
  if (!picture) throw new Error('there is no picture');
  await page.mouse.move(picture.x + picture.width * 0.25, picture.y + picture.height * 0.5);
  await expect(lens.getByRole('status')).toHaveText(new RegExp(`^x ${Math.floor(still.width * 0.25)}, y ${Math.floor(still.height * 0.5)}:`));
  // At the edge it stays within the picture.
  await page.mouse.move(picture.x + 1, picture.y + picture.height - 2);
  await expect(lens.getByRole('status')).toHaveText(/^x 0, y \d+: RGB/);

  await page.getByRole('button', { name: 'Magnify' }).click();
  await expect(lens).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('canvas:not(.veil)')).not.toHaveAttribute('data-frame', String(FRAME));
});

test('a lens on both pictures of a comparison stands at one place, mirrored too, and shows nothing through the blur', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/compare?a=1&b=1&frame=20&beside=60&mirror=1');
  await expect(page.locator('canvas[data-frame]')).toHaveCount(2);
  await workbench.showsFrame(20, 0);
  await workbench.showsFrame(60, 1);
  const stills = [20, 60].map((frame) => readPng(run(process.env['CASE'] ?? '', 'frame', '#1', `${frame}`, '-o', '-')));
  const lens = (pane: number) => page.getByTestId('pane').nth(pane).getByTestId('lens');
  const reads = (pane: number, x: number, y: number) => {
    const still = stills[pane];
    const rgb = still ? [...still.rgb.subarray((y * still.width + x) * 3, (y * still.width + x) * 3 + 3)] : [];
    return expect(lens(pane).getByRole('status')).toHaveText(`x ${x}, y ${y}: RGB ${rgb.join(' ')}`);
  };
  const [wide, high] = [stills[0]?.width ?? 0, stills[0]?.height ?? 0];
  await page.keyboard.press('z');
  for (const pane of [0, 1]) {
    await expect(lens(pane)).toContainText('Lift the blur to look closer');
    await expect(lens(pane).locator('canvas')).toHaveCount(0);
  }
  await page.keyboard.press('b');
  const [x, y] = [Math.floor(wide / 2), Math.floor(high / 2)];
  await reads(0, x, y);
  await reads(1, wide - 1 - x, y);
  for (const pane of [0, 1]) expect((await looks(lens(pane).locator('canvas'))).chroma).toBe(0);
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('ArrowDown');
  await reads(0, x - 10, y + 1);
  await reads(1, wide - 1 - (x - 10), y + 1);
  await passesAxe(workbench, 'magnifying both');

  // Wherever the pointer is, both go along: here from the second, which is shown mirrored.
  const picture = await page.locator('canvas[data-frame]').nth(1).boundingBox();
  if (!picture) throw new Error('there is no picture');
  await page.mouse.move(picture.x + picture.width * 0.25, picture.y + picture.height * 0.5);
  const text = await lens(0).getByRole('status').innerText();
  const at = Number(/^x (\d+)/.exec(text)?.[1]);
  expect(Math.abs(at - wide * 0.25)).toBeLessThanOrEqual(1);
  await expect(lens(1).getByRole('status')).toHaveText(new RegExp(`^x ${wide - 1 - at}, `));

  // Laid over each other there is one picture and no lens; its key brings both back.
  await page.keyboard.press('2');
  await expect(page.getByTestId('lens')).toHaveCount(0);
  await page.keyboard.press('z');
  await expect(page.getByTestId('lens')).toHaveCount(2);
  await page.keyboard.press('z');
  await expect(page.getByTestId('lens')).toHaveCount(0);
});
