/** Where a record goes, as its form holds it. */

import type { Place } from '../api/case.ts';
import type { Region } from '../api/types.ts';
import type { Viewing } from './viewing.svelte.ts';

/** The frame on the screen, the marked span, or the whole item. */
export type Where = 'frame' | 'span' | 'item';

/** The marked span, when both of its ends are set. */
export function markedSpan(viewing: Viewing): { first: number; last: number } | null {
  const { markIn, markOut } = viewing.state;
  return markIn === null || markOut === null ? null : { first: markIn, last: markOut };
}

/** Where a form begins: at the marked span if there is one, else at this frame, else nowhere in particular. */
export function usualPlace(viewing: Viewing): Where {
  if (viewing.table.count === 0) return 'item';
  return markedSpan(viewing) ? 'span' : 'frame';
}

/** The place as the server takes it. A box belongs to a frame, so the whole item has none. */
export function placeFor(viewing: Viewing, where: Where, region: Region | null): Place {
  const span = markedSpan(viewing);
  if (where === 'item' || viewing.table.count === 0) return {};
  const frames = where === 'span' && span ? span : { first: viewing.frame, last: viewing.frame };
  return region ? { ...frames, region } : frames;
}

/** The text without blanks around it, or nothing at all. */
export function given(text: string): string | undefined {
  return text.trim() || undefined;
}
