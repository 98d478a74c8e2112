/** What a lens shows: pixels of the exact frame as they are, nothing made up between them. */

import type { Point } from './region.ts';

/** Screen pixels along a side of one of the picture. */
export const MAGNIFIED = 8;
/** Pixels on each side of the one in the middle. */
export const AROUND = 10;

/** Draws the pixels about `at`; gives red, green and blue of the one in the middle. What lies beyond the picture is black. */
export function drawLens(lens: HTMLCanvasElement, picture: HTMLCanvasElement | null, at: Point): readonly number[] | null {
  const count = 2 * AROUND + 1;
  lens.width = lens.height = count * MAGNIFIED;
  const [from, to] = [picture?.getContext('2d'), lens.getContext('2d', { alpha: false, colorSpace: 'srgb' })];
  if (!picture || !from || !to || at.x >= picture.width || at.y >= picture.height) return null;
  to.imageSmoothingEnabled = false;
  to.drawImage(picture, at.x - AROUND, at.y - AROUND, count, count, 0, 0, lens.width, lens.height);
  return [...from.getImageData(at.x, at.y, 1, 1).data.subarray(0, 3)];
}
