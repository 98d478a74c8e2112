/** What a picture looks like to somebody before the screen. */

import type { Locator } from '@playwright/test';
import { readPng } from './png.ts';

/** At its edges a picture may cover a pixel in part: the page shines through. */
const EDGE = 2;

/** A part of a screenshot, in its pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Largest difference between the channels of a pixel, and the mean step from pixel to pixel. */
export interface Looks {
  readonly chroma: number;
  readonly detail: number;
}

/** What a picture looks like by itself. */
export async function looks(picture: Locator): Promise<Looks> {
  const shot = readPng(await picture.screenshot());
  return looksWithin(shot, { x: 0, y: 0, ...shot });
}

/** What a part of a screenshot looks like; what of it lies outside is passed over. */
export function looksWithin({ width, height, rgb }: ReturnType<typeof readPng>, box: Box): Looks {
  const at = (x: number, y: number) => [...rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
  const [left, top] = [Math.max(Math.ceil(box.x), 0) + EDGE, Math.max(Math.ceil(box.y), 0) + EDGE];
  const right = Math.min(Math.floor(box.x + box.width), width) - EDGE;
  const bottom = Math.min(Math.floor(box.y + box.height), height) - EDGE;
  let [chroma, steps, counted] = [0, 0, 0];
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const pixel = at(x, y);
      chroma = Math.max(chroma, Math.max(...pixel) - Math.min(...pixel));
      steps += Math.abs((pixel[1] ?? 0) - (at(x - 1, y)[1] ?? 0));
      counted += 1;
    }
  }
  return { chroma, detail: counted > 0 ? steps / counted : 0 };
}

/** Hides what of the page may lie over a picture. */
export const ALONE = '[role="group"][aria-label="Protection"], [role="status"] { visibility: hidden }';
