/** Series of releases. */

import type { Series } from '../api/types.ts';

/** Positions up to the last that no item of the case has. */
export function gapsOf(series: Series): number[] {
  const taken = new Set(series.items.filter((one) => !one.withdrawn).map((one) => one.position));
  const last = Math.max(0, ...taken);
  return Array.from({ length: last }, (_, index) => index + 1).filter((position) => !taken.has(position));
}
