/** One place of footage in two pictures, one laid over the other: where a lens on the one stands on the other. */

import type { Box, Size } from './lay.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The pixel of the other picture, of size `other`, that lies under pixel `at` where it is drawn in `box`; `null` beyond it. */
export function under(at: Point, box: Box, other: Size, mirrored: boolean): Point | null {
  const across = (at.x + 0.5 - box.x) / box.width;
  const down = (at.y + 0.5 - box.y) / box.height;
  if (across < 0 || across >= 1 || down < 0 || down >= 1) return null;
  return { x: Math.floor((mirrored ? 1 - across : across) * other.width), y: Math.floor(down * other.height) };
}

/** The pixel of the one picture, of size `one`, over pixel `at` of the other; `null` beyond it. */
export function over(at: Point, box: Box, one: Size, other: Size, mirrored: boolean): Point | null {
  const across = (at.x + 0.5) / other.width;
  const x = Math.floor(box.x + (mirrored ? 1 - across : across) * box.width);
  const y = Math.floor(box.y + ((at.y + 0.5) / other.height) * box.height);
  return x < 0 || y < 0 || x >= one.width || y >= one.height ? null : { x, y };
}
