/** Records and their places in an item. */

import type { ItemRecord, Pin, Region } from '../api/types.ts';

/** Whether `pin` covers frame `no`; a pin without a span covers the whole item. */
export function covers(pin: Pin, no: number): boolean {
  return pin.span === null || (pin.span.first.no <= no && no <= pin.span.last.no);
}

/** The boxes recorded at frame `no`, by the number of their record. */
export function regionsAt(no: number, record: ItemRecord): { label: string; region: Region }[] {
  return [...record.observations, ...record.claims].flatMap(({ number, pin }) =>
    pin.region && covers(pin, no) ? [{ label: number, region: pin.region }] : [],
  );
}
