/** How bits are spread over the frames of an item, as shapes for the timeline and as numbers for a person. */

import type { FrameRow } from '../api/types.ts';
import type { FrameTable } from '../player/frames.ts';

/** Coding types, in the order of the legend. */
export const TYPES = ['I', 'P', 'B', '?'] as const;
export type Type = (typeof TYPES)[number];

/** Pixels from which on a frame has a bar of its own. */
const OWN_BAR = 3;

/** A rectangle in pixels from the lower left. */
interface Bar {
  readonly x: number;
  readonly width: number;
  readonly from: number;
  readonly to: number;
}

/** The shapes of a lane of some pixels, as paths of SVG. */
export interface Shapes {
  /** Bars of each coding type. Where frames share a pixel, the largest of each type is drawn. */
  readonly bars: Readonly<Record<Type, string>>;
  /** A stroke at each key frame. */
  readonly keys: string;
  /** Bits of each second as a line. */
  readonly rate: string;
}

/** Draws the lane in `width` by `height` pixels. Heights of bars go with the square root of bytes. */
export function shapesOf(
  rows: readonly FrameRow[],
  table: FrameTable,
  perSecond: readonly number[],
  width: number,
  height: number,
): Shapes {
  const end = table.end || 1;
  const x = (seconds: number) => (seconds / end) * width;
  const most = Math.max(1, rows.reduce((largest, row) => Math.max(largest, row.size), 0));
  const tall = (bytes: number) => Math.sqrt(bytes / most) * height;
  const wide = width / Math.max(rows.length, 1) >= OWN_BAR;
  const bars: Record<Type, string> = { I: '', P: '', B: '', '?': '' };
  const put = (type: Type, { x: left, width: across, from, to }: Bar) => {
    bars[type] += `M${left.toFixed(1)} ${(height - to).toFixed(1)}h${across.toFixed(1)}V${(height - from).toFixed(1)}h${(-across).toFixed(1)}z`;
  };
  if (wide) {
    for (const row of rows) {
      const left = x(table.at(row.no));
      const across = Math.max(x(table.endOf(row.no)) - left - 1, 1);
      put(row.type, { x: left, width: across, from: 0, to: tall(row.size) });
    }
  } else {
    for (const [left, largest] of columnsOf(rows, table, x)) {
      const sorted = TYPES.filter((type) => largest[type] > 0).toSorted((a, b) => largest[a] - largest[b]);
      let from = 0;
      for (const type of sorted) {
        const to = tall(largest[type]);
        put(type, { x: left, width: 1, from, to });
        from = to;
      }
    }
  }
  return { bars, keys: keysOf(rows, table, x, height), rate: rateOf(perSecond, x, height) };
}

/** The pixel in which a place lies; one that is a hair short of the next is in the next. */
export function pixel(place: number): number {
  return Math.floor(place + 1e-6);
}

type Largest = Record<Type, number>;

function columnsOf(rows: readonly FrameRow[], table: FrameTable, x: (seconds: number) => number): Map<number, Largest> {
  const columns = new Map<number, Largest>();
  for (const row of rows) {
    const left = pixel(x(table.at(row.no)));
    const largest = columns.get(left) ?? { I: 0, P: 0, B: 0, '?': 0 };
    largest[row.type] = Math.max(largest[row.type], row.size);
    columns.set(left, largest);
  }
  return columns;
}

function keysOf(rows: readonly FrameRow[], table: FrameTable, x: (seconds: number) => number, height: number): string {
  const places = new Set(rows.filter((row) => row.key).map((row) => pixel(x(table.at(row.no)))));
  return [...places].map((left) => `M${left + 0.5} 0V${height}`).join('');
}

function rateOf(perSecond: readonly number[], x: (seconds: number) => number, height: number): string {
  const most = perSecond.reduce((largest, bits) => Math.max(largest, bits), 0);
  if (most === 0) return '';
  // The line keeps a pixel from the edge, so that its highest step is seen whole.
  const y = (bits: number) => (height - 1 - (bits / most) * (height - 2)).toFixed(1);
  return perSecond.map((bits, second) => `${second === 0 ? 'M' : 'L'}${x(second).toFixed(1)} ${y(bits)}H${x(second + 1).toFixed(1)}`).join('');
}

/** What is to be read at a frame. */
export interface Reading {
  readonly frame: number;
  readonly type: Type;
  readonly bytes: number;
  /** The second in which the frame begins, and its bits where they are known. */
  readonly second: number;
  readonly bits: number | null;
  /** The key frame at or before it, and the next one. */
  readonly key: number | null;
  readonly next: number | null;
}

/** Reads the lane at frame `no`; `null` where there is no such frame. */
export function readingAt(no: number, rows: readonly FrameRow[], keys: readonly number[], perSecond: readonly number[]): Reading | null {
  const row = rows[no];
  if (!row) return null;
  const second = Math.floor(row.at_s);
  const after = firstAfter(keys, no);
  return {
    frame: no,
    type: row.type,
    bytes: row.size,
    second,
    bits: perSecond[second] ?? null,
    key: keys[after - 1] ?? null,
    next: keys[after] ?? null,
  };
}

/** Numbers of the key frames, in order. */
export function keyFrames(rows: readonly FrameRow[]): number[] {
  return rows.filter((row) => row.key).map((row) => row.no);
}

function firstAfter(keys: readonly number[], no: number): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? 0) <= no) low = middle + 1;
    else high = middle;
  }
  return low;
}
