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

/** The reference's frame on show while the query shows frame `no`, moved by `offset` frames. */
export function alignedFrame(
  no: number,
  query: FrameTable,
  reference: FrameTable,
  alignment: Alignment,
  offset = 0,
): number {
  // Inside the frame, off its edges and off simple fractions of it: edges differ by parts of a
  // tick between two time bases, and the one frame may hold two or three of the other.
  const inside = query.at(no) + INSIDE * (query.endOf(no) - query.at(no));
  const seconds = alignment.reference + (inside - alignment.query) * alignment.speed;
  return reference.clamp(reference.atTime(Math.max(seconds, 0)) + offset);
}
