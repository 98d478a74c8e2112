/** How coarsely frames are coded, as shapes for the timeline and as words for a person. */

import type { FrameRow, Quantisers } from '../api/types.ts';
import type { FrameTable } from '../player/frames.ts';
import { pixel, TYPES, type Type } from './bits.ts';

/** Steps of the scale that the lane spans at least: smaller differences are to look small. */
const LEAST_STEPS = 8;
/** Pixels that a mark is high at least. */
const THINNEST = 2;

/** The part of a scale that a lane shows. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The quantisers in use, widened where they hardly differ, on a scale from `least`; `null` where no frame has one. */
export function rangeOf(rows: readonly FrameRow[], least: number): Range | null {
  let [from, to] = [Infinity, -Infinity];
  for (const { quantiser } of rows) {
    if (!quantiser) continue;
    from = Math.min(from, quantiser[0]);
    to = Math.max(to, quantiser[1]);
  }
  if (to < from) return null;
  const missing = Math.max(LEAST_STEPS - (to - from), 0);
  const start = Math.max(from - Math.floor(missing / 2), Math.min(from, least));
  return { from: start, to: Math.max(to, start + LEAST_STEPS) };
}

/**
 * A mark for each frame from the lowest to the highest quantiser of its slices, coarse at the top, as a path
 * of SVG for each coding type. Frames of one type that share a pixel share a mark.
 */
export function marksOf(
  rows: readonly FrameRow[],
  table: FrameTable,
  { from, to }: Range,
  width: number,
  height: number,
): Readonly<Record<Type, string>> {
  const x = (seconds: number) => (seconds / (table.end || 1)) * width;
  const y = (value: number) => ((to - value) / (to - from)) * (height - THINNEST);
  const wide = width >= rows.length;
  const marks = new Map<string, { type: Type; left: number; across: number; low: number; high: number }>();
  for (const { no, type, quantiser } of rows) {
    if (!quantiser) continue;
    const [low, high] = quantiser;
    const left = wide ? x(table.at(no)) : pixel(x(table.at(no)));
    const key = `${type}${left}`;
    const shared = marks.get(key);
    if (shared) {
      marks.set(key, { ...shared, low: Math.min(shared.low, low), high: Math.max(shared.high, high) });
    } else {
      marks.set(key, { type, left, across: wide ? Math.max(x(table.endOf(no)) - left, 1) : 1, low, high });
    }
  }
  const paths: Record<Type, string> = { I: '', P: '', B: '', '?': '' };
  for (const { type, left, across, low, high } of marks.values()) {
    const tall = y(low) - y(high) + THINNEST;
    paths[type] += `M${left.toFixed(1)} ${y(high).toFixed(1)}h${across.toFixed(1)}v${tall.toFixed(1)}h${(-across).toFixed(1)}z`;
  }
  return paths;
}

/** What the lane says of a stream as a whole. */
export type Told =
  | { readonly what: 'unsupported'; readonly codec: string }
  | { readonly what: 'scale'; readonly name: string; readonly least: number; readonly most: number; readonly missing: number };

export function toldOf(quantisers: Quantisers): Told {
  if (quantisers.state === 'unsupported') return { what: 'unsupported', codec: quantisers.codec };
  const { scale, missing } = quantisers;
  return { what: 'scale', name: scale.name, least: scale.least, most: scale.most, missing };
}

/** Coding types of frames that have a quantiser. */
export function typesOf(rows: readonly FrameRow[]): Type[] {
  return TYPES.filter((type) => rows.some((row) => row.type === type && row.quantiser));
}
