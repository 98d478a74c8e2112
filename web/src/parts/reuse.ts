/** What is known of an item's times, in a few words. */

import type { ClusterItem, KnownTime } from '../api/types.ts';
import { m } from '../messages.ts';
import { clock } from '../player/format.ts';
import { moment } from './format.ts';

/** The time that orders an item, named. */
export function timeOf({ times }: ClusterItem): string {
  const known = times.used ? times[times.used] : null;
  if (!times.used || !known) return m.reuse.clusters.noTime;
  return `${m.reuse.clusters.times[times.used]} ${dated(known)}`;
}

/** Every time that is known of an item, the one that orders it first. */
export function timesOf({ times }: ClusterItem): { kind: keyof typeof m.reuse.clusters.times; known: KnownTime; used: boolean }[] {
  return (['uploaded', 'asserted', 'recorded', 'acquired'] as const)
    .flatMap((kind) => {
      const known = times[kind];
      return known ? [{ kind, known, used: times.used === kind }] : [];
    })
    .sort((a, b) => Number(b.used) - Number(a.used));
}

/** A span in seconds, as `[start, end)`. */
export function stretch([start = 0, end = 0]: readonly number[]): string {
  return `${clock(start)} – ${clock(end)}`;
}

/** Short dates stay as they were said; moments are told in UTC. */
export function dated({ at }: KnownTime): string {
  return at.length > 10 ? moment(at) : at;
}
