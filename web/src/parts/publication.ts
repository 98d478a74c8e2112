/** How publications stand, and what of an item may leave. */

import type { Publication } from '../api/publishing.ts';
import type { ItemDetail, ItemRecord, Match } from '../api/types.ts';

/** How a publication stands. */
export type State = 'draft' | 'held' | 'reviewed' | 'sealed' | 'superseded' | 'withdrawn';

type Reviews = Pick<Publication, 'reviews'>;

/** The last word of each reader, in the order in which they first spoke. */
export function standingReviews({ reviews }: Reviews): Publication['reviews'] {
  return [...new Map(reviews.map((one) => [one.actor, one])).values()];
}

/**
 * How it stands. An approval counts by whoever may give it: somebody other than who drafted it, or that one where
 * nobody else signs. The server refused any other when it was given, but that one may have been alone then.
 */
export function stateOf(publication: Publication, approvers: readonly string[] | null = null): State {
  if (publication.withdrawn) return 'withdrawn';
  if (publication.sealed) return 'sealed';
  if (publication.superseded_by) return 'superseded';
  const standing = standingReviews(publication);
  if (standing.some((one) => !one.approved)) return 'held';
  const counts = standing.some((one) => approvers === null || approvers.includes(one.actor));
  return counts ? 'reviewed' : 'draft';
}

/** Something that may leave, by its address. */
export interface Choice {
  readonly address: string;
  readonly text: string;
  /** The later record that revised it. */
  readonly superseded: string | null;
  /** Items that must be published with it. */
  readonly needs: readonly string[];
}

export type GroupName =
  | 'observations'
  | 'claims'
  | 'hypotheses'
  | 'assessments'
  | 'findings'
  | 'matches'
  | 'reviews'
  | 'resemblances'
  | 'dates'
  | 'places';

/** Choices of one kind. */
export interface Group {
  readonly name: GroupName;
  readonly choices: readonly Choice[];
}

interface Numbered {
  number: string;
  withdrawn?: unknown;
  superseded_by?: string | null;
}

/** What of an item may leave: records that were not taken back, revised ones with what revised them. */
export function choicesOf(detail: Pick<ItemDetail, 'item' | 'findings'>, record: ItemRecord, matches: readonly Match[]): Group[] {
  const of = <T extends Numbered>(name: GroupName, records: readonly T[], text: (one: T) => string): Group => ({
    name,
    choices: records
      .filter((one) => !one.withdrawn)
      .map((one) => ({ address: one.number, text: text(one), superseded: one.superseded_by ?? null, needs: [] })),
  });
  const own = detail.item.number;
  const groups: Group[] = [
    of('observations', record.observations, (one) => one.text),
    of('claims', record.claims, (one) => one.text),
    of('hypotheses', record.hypotheses, (one) => one.text),
    of('assessments', record.assessments, (one) => `${one.hypothesis} · ${one.assessor}: ${one.reasons}`),
    {
      name: 'findings',
      choices: detail.findings.map((one, at) => ({ address: `F:${own}:${at + 1}`, text: one.summary, superseded: null, needs: [] })),
    },
    {
      name: 'matches',
      choices: matches.map((one) => ({
        address: one.number,
        text: `${one.query_name} / ${one.reference_name}`,
        superseded: null,
        needs: [one.query_item, one.reference_item].filter((item) => item !== own),
      })),
    },
    of('reviews', record.media_reviews, (one) => `${one.reviewer}: ${one.reasons}`),
    of('resemblances', record.resemblances, (one) => one.subject),
    of('dates', record.dates, (one) => one.from),
    of('places', record.places, (one) => one.name),
  ];
  return groups.filter((group) => group.choices.length > 0);
}

/** Everything about an item: itself, all of `groups` that needs no item but those `chosen`, and who its claims rest on. */
export function everythingOf(item: string, groups: readonly Group[], record: ItemRecord, chosen: readonly string[]): string[] {
  const choices = groups.flatMap((group) => group.choices).filter((one) => one.needs.every((needed) => chosen.includes(needed)));
  const sources = record.claims.flatMap((one) => (one.withdrawn || one.source === null ? [] : [one.source]));
  return [...new Set([item, ...choices.map((one) => one.address), ...sources])];
}

/** The addresses of frames of an item that somebody types as `37, 40-52`; `null` where it is something else. */
export function framesIn(item: string, text: string): string[] | null {
  const words = text.split(/[\s,;]+/).filter(Boolean);
  const spans = words.map((word) => /^(\d{1,9})(?:[-–](\d{1,9}))?$/.exec(word));
  const read = spans.map((span) => (span ? { first: Number(span[1]), last: Number(span[2] ?? span[1]) } : null));
  const spoken = read.flatMap((span) => (span && span.first <= span.last ? [span] : []));
  if (words.length === 0 || spoken.length < words.length) return null;
  return spoken.map(({ first, last }) => `${item}#frame=${first === last ? first : `${first}-${last}`}`);
}

/** Addresses by kind, each kind as its runs: `C2–C9`, and findings by item: `F:#1:2–7`. */
export function runsOf(addresses: readonly string[]): { kind: string; runs: string[] }[] {
  const kinds = new Map<string, { stem: string; from: number; to: number }[]>();
  for (const address of addresses) {
    const [, stem = '', digits = ''] = /^(.*?)(\d+)$/.exec(address) ?? [];
    const kind = stem[0] ?? address;
    const runs = kinds.get(kind) ?? [];
    kinds.set(kind, runs);
    const [last, at] = [runs.at(-1), Number(digits)];
    if (last && last.stem === stem && last.to + 1 === at) last.to = at;
    else runs.push({ stem, from: at, to: at });
  }
  return [...kinds].map(([kind, runs]) => ({ kind, runs: runs.map(({ stem, from, to }) => (from === to ? `${stem}${from}` : `${stem}${from}–${to}`)) }));
}

/** What is selected, as a draft begins from an earlier one and what a link asks to be otherwise. */
export function begunFrom(
  earlier: Pick<Publication, 'selected' | 'mentioned'>,
  { select, mention, without }: { select: readonly string[]; mention: readonly string[]; without: readonly string[] },
): { selected: string[]; mentioned: string[] } {
  const gone = new Set(without);
  const selected = [...new Set([...earlier.selected, ...select])].filter((one) => !gone.has(one));
  const mentioned = [...new Set([...(earlier.mentioned ?? []), ...mention])].filter((one) => !selected.includes(one));
  return { selected, mentioned };
}
