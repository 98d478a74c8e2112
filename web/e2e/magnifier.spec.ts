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
