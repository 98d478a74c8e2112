/** Regions that move: drawn on some frames, in between by the rule that is recorded with them. */

import type { Shape } from '../api/types.ts';

/**
 * The region on frame `no`, `null` outside of its keyframes. Each edge of a box and each corner of a polygon
 * moves in proportion to the number of the frame, rounded to the nearest pixel, halves up, as
 * `TrackedRegion::at` of the store does it.
 */
export function shapeAt({ keyframes }: { keyframes: readonly { frame: { no: number }; shape: Shape }[] }, no: number): Shape | null {
  const after = keyframes.findIndex(({ frame }) => frame.no >= no);
  const later = keyframes[after];
  if (!later) return null;
  if (later.frame.no === no) return later.shape;
  const earlier = keyframes[after - 1];
  if (!earlier) return null;
  const [part, whole] = [no - earlier.frame.no, later.frame.no - earlier.frame.no];
  const way = (from: number, to: number) => Math.floor((2 * from * whole + 2 * (to - from) * part + whole) / (2 * whole));
  return between(earlier.shape, later.shape, way);
}

function between(a: Shape, b: Shape, way: (from: number, to: number) => number): Shape | null {
  if ('box' in a && 'box' in b) {
    const [x, y] = [way(a.box.x, b.box.x), way(a.box.y, b.box.y)];
    const [right, bottom] = [way(a.box.x + a.box.width, b.box.x + b.box.width), way(a.box.y + a.box.height, b.box.y + b.box.height)];
    return { box: { x, y, width: right - x, height: bottom - y } };
  }
  if ('polygon' in a && 'polygon' in b) {
    const corners = b.polygon;
    return { polygon: a.polygon.map(([x, y], at) => [way(x, corners[at]?.[0] ?? x), way(y, corners[at]?.[1] ?? y)]) };
  }
  return null;
}

/** A region drawn on a frame, of one that moves. */
export interface Drawn {
  readonly frame: number;
  readonly shape: Shape;
}

/** A region that stays as it is from the first of these frames to the last. */
export function heldOn(shape: Shape, { first, last }: { first: number; last: number }): Drawn[] {
  return (first === last ? [first] : [first, last]).map((frame) => ({ frame, shape }));
}

/** Those drawn with this tool: what is recorded of one region has one kind of shape. */
export function drawnWith(drawn: readonly Drawn[], tool: string): Drawn[] {
  return drawn.filter(({ shape }) => 'polygon' in shape === (tool === 'polygon'));
}

/** `drawn` with one region more, which takes the place of the one on its frame, in the order of frames. */
export function withShape(drawn: readonly Drawn[], frame: number, shape: Shape): Drawn[] {
  return [...drawn.filter((one) => one.frame !== frame), { frame, shape }].sort((a, b) => a.frame - b.frame);
}
