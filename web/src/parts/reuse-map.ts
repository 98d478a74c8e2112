/** A cluster of reuse as a picture: one lane for each item, ribbons between the spans that they share. */

import type { Cluster, Link } from '../api/types.ts';

/** Height of a lane and of the bar within it, in pixels. */
export const LANE = 84;
export const BAR = 26;
/** How far down a ribbon its name stands. */
const NAMED = 0.3;
/** Smallest width of anything that can be hit. */
const HIT = 24;

/** A span in a lane. */
export interface Block {
  readonly item: string;
  /** Which piece of footage, from 0. */
  readonly piece: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly first: number;
  readonly seconds: readonly number[];
}

/** The same footage in two lanes. */
export interface Ribbon {
  readonly match: string;
  readonly piece: number;
  readonly link: Link;
  readonly span: Link['spans'][number];
  /** Whether other lanes lie between: then it is a thread, so that it hides nothing. */
  readonly thread: boolean;
  /** Corners: left and right in the upper lane, right and left in the lower one; of a thread, its ends. */
  readonly points: string;
  /** Where its name stands. */
  readonly name: readonly [number, number];
  /** Which way the footage may have come: to the lower lane, to the upper one, or unknown. */
  readonly way: '↓' | '↑' | '?';
}

export interface ReuseMap {
  readonly height: number;
  /** The whole of each item, in the order of the cluster. */
  readonly bars: readonly { readonly item: string; readonly y: number; readonly width: number }[];
  readonly blocks: readonly Block[];
  readonly ribbons: readonly Ribbon[];
}

/** Lays `cluster` out in `width` pixels; all lanes have the same scale of time and begin at the left. */
export function reuseMap(cluster: Cluster, width: number): ReuseMap {
  const longest = Math.max(...cluster.items.map((item) => item.duration_s), 1e-6);
  const scale = width / longest;
  const lane = (item: string) => cluster.items.findIndex(({ number }) => number === item);
  const top = (item: string) => lane(item) * LANE + (LANE - BAR) / 2;
  const blocks = cluster.footage.flatMap(({ appearances }, piece) =>
    appearances.map(({ item, frames, seconds }) => {
      const [start = 0, end = 0] = seconds;
      const [x, wide] = hit(start * scale, (end - start) * scale, width);
      return { item, piece, x, y: top(item), width: wide, first: frames[0] ?? 0, seconds };
    }),
  );
  return {
    height: cluster.items.length * LANE,
    bars: cluster.items.map(({ number, duration_s }) => ({ item: number, y: top(number), width: duration_s * scale })),
    blocks,
    ribbons: cluster.links.flatMap((link) => link.spans.map((span) => ribbon(cluster, link, span))),
  };

  function ribbon(of: Cluster, link: Link, span: Link['spans'][number]): Ribbon {
    const one = { lane: lane(link.from), seconds: span.from_seconds };
    const other = { lane: lane(link.to), seconds: span.to_seconds };
    const [upper, lower] = one.lane < other.lane ? [one, other] : [other, one];
    const margin = (LANE - BAR) / 2;
    const [from, to] = [upper.lane * LANE + margin + BAR, lower.lane * LANE + margin];
    const [left = 0, right = 0] = upper.seconds.map((at) => at * scale);
    const [lowerLeft = 0, lowerRight = 0] = lower.seconds.map((at) => at * scale);
    const thread = lower.lane - upper.lane > 1;
    const [x, lowerX] = [left + (right - left) * share(of, link), lowerLeft + (lowerRight - lowerLeft) * share(of, link)];
    const middle = [(left + right) / 2, (lowerLeft + lowerRight) / 2] as const;
    const corners = thread
      ? ([[x, from], [lowerX, to]] as const)
      : ([[left, from], [right, from], [lowerRight, to], [lowerLeft, to]] as const);
    return {
      match: span.match,
      piece: of.footage.findIndex(({ appearances }) => appearances.some(({ matches }) => matches.includes(span.match))),
      link,
      span,
      thread,
      points: corners.map(([at, down]) => `${at.toFixed(1)},${down.toFixed(1)}`).join(' '),
      // Above the middle, where ribbons that cross are apart.
      name: thread ? [x, from + margin] : [middle[0] + (middle[1] - middle[0]) * NAMED, from + (to - from) * NAMED],
      way: link.basis === 'unknown' ? '?' : lower === one ? '↓' : '↑',
    };
  }
}

/** Threads lie beside each other, by the place of their link. */
function share(cluster: Cluster, link: Link): number {
  return 0.12 + 0.11 * (cluster.links.indexOf(link) % 8);
}

/** A stretch made wide enough to be hit, and still inside. */
function hit(x: number, wide: number, width: number): [number, number] {
  const wider = Math.min(Math.max(wide, HIT), Math.max(width, HIT));
  return [Math.max(0, Math.min(x - (wider - wide) / 2, width - wider)), wider];
}
