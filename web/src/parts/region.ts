/** Boxes in display pixels. */

import type { Region } from '../api/types.ts';

/** A point of the picture, in display pixels, possibly outside of it. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The pixel of the picture that holds `point`, or the nearest. */
export function pixelAt(point: Point, size: { width: number; height: number }): Point {
  const along = (at: number, length: number) => Math.min(Math.max(Math.floor(at), 0), length - 1);
  return { x: along(point.x, size.width), y: along(point.y, size.height) };
}

/** The box of whole pixels that two opposite corners span, within the picture, at least 1×1. */
export function boxBetween(a: Point, b: Point, size: { width: number; height: number }): Region {
  const [left, right] = within(a.x, b.x, size.width);
  const [top, bottom] = within(a.y, b.y, size.height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** `region` with one field set, kept inside the picture. */
export function adjusted(region: Region, change: Partial<Region>, size: { width: number; height: number }): Region {
  const next = { ...region, ...change };
  return boxBetween({ x: next.x, y: next.y }, { x: next.x + next.width, y: next.y + next.height }, size);
}

function within(a: number, b: number, length: number): [number, number] {
  const low = Math.min(Math.max(Math.floor(Math.min(a, b)), 0), length - 1);
  const high = Math.min(Math.max(Math.ceil(Math.max(a, b)), low + 1), length);
  return [low, high];
}
