/** What binds two items that are compared: a match that was found, or a person's hand. */

import type { ItemDetail, Match, Span } from '../api/types.ts';
import { m } from '../messages.ts';
import { alignedAt, type Alignment } from '../player/alignment.ts';
import { type Part, type Shared, turned, WHOLE } from '../player/lay.ts';
import type { Viewing } from './viewing.svelte.ts';

/** How the second of two items runs and lies beside the first. */
export interface Binding {
  readonly alignment: Alignment;
  /** Whether the one shows the other mirrored. */
  readonly mirrored: boolean;
  /** What the two pictures share; `null` where nobody said. */
  readonly shared: Shared | null;
  /** Frames that belong together, of each; `null` where nobody said. */
  readonly spans: readonly [Span | null, Span | null];
  /** What the two are called here. */
  readonly titles: readonly [string, string];
}

/** Bound by a match: its spans begin at the same picture; their lengths follow from the speed. */
export function byMatch(match: Match, query: Viewing, reference: Viewing): Binding {
  return {
    alignment: {
      query: query.table.at(match.query_span.first.no),
      reference: reference.table.at(match.reference_span.first.no),
      speed: match.speed_permille / 1000 || 1,
    },
    mirrored: match.mirrored,
    shared: sharedBy(match, query.detail, reference.detail),
    spans: [match.query_span, match.reference_span],
    titles: [m.matches.query, m.matches.reference],
  };
}

/** A match tells where pictures lie as they are stored; people see them turned. */
function sharedBy(match: Match, query: ItemDetail, reference: ItemDetail): Shared | null {
  const { in_query: one, in_reference: other } = match.basis ?? {};
  if (!one || !other) return null;
  return { inOne: turned(one as Part, rotation(query)), inOther: turned(other as Part, rotation(reference)) };
}

function rotation({ facts }: ItemDetail): number {
  return facts?.streams[facts.video ?? -1]?.video?.rotation ?? 0;
}

/** Bound by hand at a frame of each: from there both run in their own time, and nothing is known of what they share. */
export function byHand(one: Viewing, other: Viewing, [frame, beside]: readonly [number, number], mirrored: boolean): Binding {
  return {
    alignment: alignedAt(frame, one.table, beside, other.table),
    mirrored,
    // Two places of one item show pictures of one size.
    shared: one.item === other.item ? { inOne: WHOLE, inOther: WHOLE } : null,
    spans: [null, null],
    titles: [m.compare.hand.first, m.compare.hand.second],
  };
}
