/** What a picture looks like to somebody before the screen. */

import type { Locator } from '@playwright/test';
import { readPng } from './png.ts';

/** At its edges a picture may cover a pixel in part: the page shines through. */
const EDGE = 2;

/** Largest difference between the channels of a pixel, and the mean step from pixel to pixel. */
export async function looks(picture: Locator): Promise<{ chroma: number; detail: number }> {
  const { width, height, rgb } = readPng(await picture.screenshot());
  const at = (x: number, y: number) => [...rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
  let [chroma, steps] = [0, 0];
  for (let y = EDGE; y < height - EDGE; y += 1) {
    for (let x = EDGE; x < width - EDGE; x += 1) {
      const pixel = at(x, y);
      chroma = Math.max(chroma, Math.max(...pixel) - Math.min(...pixel));
      steps += Math.abs((pixel[1] ?? 0) - (at(x - 1, y)[1] ?? 0));
    }
  }
  return { chroma, detail: steps / (width * height) };
}

/** Hides what of the page may lie over a picture. */
export const ALONE = '[role="group"][aria-label="Protection"], [role="status"] { visibility: hidden }';
