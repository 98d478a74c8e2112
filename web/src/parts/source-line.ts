/** What is known of sources, laid out on a line of time. */

import type { SourceEvent, SourceState, SourceTimeline } from '../api/types.ts';
import { rangeOf, span, type Stretch, stretchOf } from './dates.ts';

/** A part of a source's life. */
export interface StateBar {
  /** Somebody saw it so; it was the same before and after; it changed in between; nobody looked before, or since. */
  readonly how: 'seen' | 'between' | 'changed' | 'before' | 'since';
  /** The state, where it is known. */
  readonly state: SourceState | null;
  /** The state that follows, of a change. */
  readonly then: SourceState | null;
  readonly range: Stretch;
  /** What was seen. */
  readonly event: SourceEvent | null;
}

/** Something that lasts, of which either end may not be known. */
export interface Period {
  readonly event: SourceEvent;
  readonly range: Stretch;
  readonly openFrom: boolean;
  readonly openUntil: boolean;
}

/** One source, as it is drawn. */
export interface SourceRow {
  readonly states: readonly StateBar[];
  readonly periods: readonly Period[];
  /** What has a time and no length. */
  readonly moments: readonly { readonly event: SourceEvent; readonly range: Stretch }[];
  /** What has no time, or one that this line cannot read. */
  readonly undated: readonly SourceEvent[];
}

const LASTING: readonly SourceEvent['kind'][] = ['name', 'tie'];
const ranged = (event: SourceEvent) => (event.from ? stretchOf(event.from) : null);

/** All the time that `timelines` speak of; nothing where they have no time. */
export function wholeOf(timelines: readonly SourceTimeline[]): Stretch | null {
  const events = timelines.flatMap(({ events }) => events);
  return span(events.flatMap(({ from, until }) => [from, until].flatMap((at) => (at ? (stretchOf(at) ?? []) : [])).map((at): Stretch => [at, at])));
}

/** Lays out one source within `whole`. */
export function rowOf(events: readonly SourceEvent[], whole: Stretch): SourceRow {
  const lasting = events.filter(({ kind }) => LASTING.includes(kind));
  const periods = lasting.flatMap((event) => periodOf(event, whole) ?? []);
  const moments = events
    .filter(({ kind }) => kind !== 'state' && !LASTING.includes(kind))
    .flatMap((event) => {
      const range = ranged(event);
      return range ? [{ event, range }] : [];
    });
  const drawn = new Set([...periods, ...moments].map(({ event }) => event));
  const states = events.filter(({ kind }) => kind === 'state');
  return {
    states: statesOf(states, whole),
    periods,
    moments,
    undated: events.filter((event) => (event.kind === 'state' ? ranged(event) === null : !drawn.has(event))),
  };
}

function periodOf(event: SourceEvent, whole: Stretch): Period | null {
  const { from, until } = event;
  if (!from && !until) return null;
  const range = rangeOf(from ?? until ?? '', until);
  if (!range) return null;
  return {
    event,
    range: [from ? range[0] : whole[0], until ? range[1] : whole[1]],
    openFrom: !from,
    openUntil: !until,
  };
}

/** What may be said of the time between two looks: nothing, where it was another state afterwards. */
function statesOf(events: readonly SourceEvent[], whole: Stretch): StateBar[] {
  const seen = events
    .flatMap((event) => {
      const range = ranged(event);
      return range ? [{ event, range }] : [];
    })
    .toSorted((a, b) => a.range[0] - b.range[0] || a.event.entry - b.event.entry);
  const [first] = seen;
  if (!first) return [];
  const bars: StateBar[] = [];
  const gap = (bar: Omit<StateBar, 'event'>) => {
    if (bar.range[0] < bar.range[1]) bars.push({ ...bar, event: null });
  };
  gap({ how: 'before', state: null, then: null, range: [whole[0], first.range[0]] });
  let until = whole[0];
  seen.forEach(({ event, range }, index) => {
    const state = event.state ?? 'unknown';
    bars.push({ how: 'seen', state, then: null, range, event });
    until = Math.max(until, range[1]);
    const next = seen[index + 1];
    if (!next) return;
    const then = next.event.state ?? 'unknown';
    const same = then === state;
    gap({ how: same ? 'between' : 'changed', state, then: same ? null : then, range: [until, next.range[0]] });
  });
  gap({ how: 'since', state: null, then: null, range: [until, whole[1]] });
  return bars;
}

/** Moments whose marks would lie nearer than `apart` pixels share one, from left to right. */
export function gatheredAlong<T>(moments: readonly T[], at: (one: T) => number, apart: number): { at: number; ones: T[] }[] {
  const groups: { at: number; ones: T[] }[] = [];
  for (const one of moments.toSorted((a, b) => at(a) - at(b))) {
    const last = groups.at(-1);
    if (last && at(one) - last.at < apart) last.ones.push(one);
    else groups.push({ at: at(one), ones: [one] });
  }
  return groups;
}
