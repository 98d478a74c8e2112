/** Records and their places in an item. */

import type { ItemRecord, Pin, Shape } from '../api/types.ts';
import { shapeAt } from './tracked.ts';

/** Whether `pin` covers frame `no`; a pin without a span covers the whole item. */
export function covers(pin: Pin, no: number): boolean {
  return pin.span === null || (pin.span.first.no <= no && no <= pin.span.last.no);
}

/** A region on a frame, and the number of the record that it is of. */
export interface Marked {
  readonly label: string;
  readonly shape: Shape;
}

/** The regions recorded at frame `no`; those that move, as they lie on it. */
export function regionsAt(no: number, record: ItemRecord): Marked[] {
  const seen = record.observations.map(({ number, pin, tracked }) => ({ number, pin, tracked: tracked ?? null }));
  const claimed = record.claims.map(({ number, pin }) => ({ number, pin, tracked: null }));
  return [...seen, ...claimed].flatMap(({ number, pin, tracked }) => {
    const still: Shape | null = pin.region && covers(pin, no) ? { box: pin.region } : null;
    const shape = tracked ? shapeAt(tracked, no) : still;
    return shape ? [{ label: number, shape }] : [];
  });
}
