/** How two items run beside each other: which frame of the reference shows what the query shows. */

import type { FrameTable } from './frames.ts';

/** Two places that show the same picture, and how fast one runs past the other. */
export interface Alignment {
  /** Seconds of the query at the common place. */
  readonly query: number;
  /** Seconds of the reference at the common place. */
  readonly reference: number;
  /** Speed of the query over the reference: 2 means that the query runs twice as fast. */
  readonly speed: number;
}

const INSIDE = 0.3;

/**
 * A time within frame `no`, off its edges and off simple fractions of it: edges differ by parts of a
 * tick between two time bases, and the one frame may hold two or three of the other.
 */
function within(no: number, table: FrameTable): number {
  return table.at(no) + INSIDE * (table.endOf(no) - table.at(no));
}

/** The alignment by which frame `no` of the query shows what frame `beside` of the reference shows. */
export function alignedAt(no: number, query: FrameTable, beside: number, reference: FrameTable, speed = 1): Alignment {
  return { query: within(no, query), reference: within(beside, reference), speed };
}

/** The reference's frame on show while the query shows frame `no`, moved by `offset` frames. */
export function alignedFrame(
  no: number,
  query: FrameTable,
  reference: FrameTable,
  alignment: Alignment,
  offset = 0,
): number {
  const seconds = alignment.reference + (within(no, query) - alignment.query) * alignment.speed;
  return reference.clamp(reference.atTime(Math.max(seconds, 0)) + offset);
}
