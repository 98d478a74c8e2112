/** Who reused what as a picture: items and sources placed by the first time that is known of them, matches between. */

import type { Cluster, ClusterItem, Link, SourceTimeline } from '../api/types.ts';
import { span, type Stretch, stretchOf } from './dates.ts';

/** Size of a node, and how far apart rows and columns of nodes are, in units of the drawing. */
export const NODE = { width: 230, height: 44 } as const;
const ROW = 84;
const COLUMN = NODE.width + 50;
/** How wide all known time is drawn, and what room is left about it. */
const TIME = 1200;
const ROOM = 24;
/** Height of the heading of a cluster. */
export const HEAD = 34;
/** Most matches of two items that are drawn apart; more are one line, which tells them all. */
const APART = 3;

export interface GraphNode {
  readonly key: string;
  readonly kind: 'item' | 'source';
  /** `#1`, `S1`. */
  readonly number: string;
  readonly name: string;
  /** Upper left corner. */
  readonly x: number;
  readonly y: number;
  /** Where the time that it may be from ends; nothing of a time to the second, or of none. */
  readonly until: number | null;
  /** The time as it was written; nothing where it is not known. */
  readonly time: string | null;
  /** The item, of an item. */
  readonly item: ClusterItem | null;
  /** Pieces of footage, from 1, of which no earlier appearance is known here. */
  readonly earliest: readonly number[];
}

export interface GraphEdge {
  readonly key: string;
  /** Key of the node from which the footage, or the source's word, may have come. */
  readonly from: string;
  readonly to: string;
  /** What pairs of items share; nothing of an edge from a source. */
  readonly link: Link | null;
  /** The matches that this line stands for. */
  readonly spans: Link['spans'];
  /** Whether the time says which way the footage may have gone. */
  readonly ordered: boolean;
  readonly path: string;
  readonly middle: readonly [x: number, y: number];
}

/** A cluster's part of the drawing. */
export interface Band {
  readonly y: number;
  readonly height: number;
  readonly items: number;
  readonly matches: number;
}

export interface Graph {
  readonly width: number;
  readonly height: number;
  /** All the time that is known; nothing where none is. */
  readonly whole: Stretch | null;
  /** Where that time lies. */
  readonly from: number;
  readonly to: number;
  /** Where nodes without a time begin; nothing where each has one. */
  readonly apart: number | null;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly bands: readonly Band[];
}

/** What is to be left out. */
export interface Wanted {
  /** Words of a name or number: clusters that have none such are left out. */
  readonly words: string;
  /** Whether only what a reviewer confirmed counts. */
  readonly confirmed: boolean;
  /** Whether sources are drawn. */
  readonly sources: boolean;
}

/** When an item came out, as far as that is known: when this case got it says nothing of that. */
export function timeKnown({ times }: ClusterItem): string | null {
  const { used } = times;
  return used && used !== 'acquired' ? (times[used]?.at ?? null) : null;
}

interface Seed {
  readonly key: string;
  readonly kind: 'item' | 'source';
  readonly number: string;
  readonly name: string;
  readonly time: string | null;
  readonly range: Stretch | null;
  readonly item: ClusterItem | null;
  readonly earliest: readonly number[];
}

/** A cluster with what is wanted of it, and the sources that its items have to do with. */
interface Part {
  readonly seeds: readonly Seed[];
  readonly links: readonly Link[];
  /** An item or source may stand in several clusters. */
  readonly key: (number: string) => string;
  /** Keys of a source and of an item. */
  readonly ties: readonly (readonly [string, string])[];
}

/** Lays out what is `wanted` of `clusters` and of the sources that released their items or made claims about them. */
export function graphOf(clusters: readonly Cluster[], lines: readonly SourceTimeline[], wanted: Wanted): Graph {
  const parts = clusters.flatMap((cluster, at) => partOf(cluster, lines, wanted, at) ?? []).filter((part) => said(part, wanted.words));
  const ranges = parts.flatMap(({ seeds }) => seeds.flatMap(({ range }) => range ?? []));
  const whole = span(ranges.length > 0 ? [[Math.min(...ranges), Math.max(...ranges)]] : []);
  const from = ROOM;
  const to = whole ? from + TIME : from;
  const anyApart = parts.some(({ seeds }) => seeds.some(({ range }) => range === null));
  // A node at the end of time still needs its own width.
  const apart = anyApart ? to + (whole ? COLUMN : 0) : null;
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const bands: Band[] = [];
  let y = 0;
  for (const part of parts) {
    const placed = placedIn(part, y + HEAD, (time) => from + (whole ? (time - whole[0]) / (whole[1] - whole[0]) : 0) * TIME, apart ?? 0);
    const height = Math.max(...placed.map((node) => node.y + NODE.height)) - y + ROOM;
    nodes.push(...placed);
    edges.push(...edgesOf(part, placed));
    bands.push({
      y,
      height,
      items: part.seeds.filter(({ kind }) => kind === 'item').length,
      matches: part.links.reduce((sum, { spans }) => sum + spans.length, 0),
    });
    y += height;
  }
  return { width: Math.max(0, ...nodes.map((node) => node.x + NODE.width)) + ROOM, height: y, whole, from, to, apart, nodes, edges, bands };
}

function partOf(cluster: Cluster, lines: readonly SourceTimeline[], wanted: Wanted, at: number): Part | null {
  const links = cluster.links
    .map((link) => ({ ...link, spans: link.spans.filter(({ verdict }) => !wanted.confirmed || verdict === 'confirmed') }))
    .filter(({ spans }) => spans.length > 0);
  if (links.length === 0) return null;
  const linked = new Set(links.flatMap((link) => [link.from, link.to]));
  const items = cluster.items.filter(({ number }) => linked.has(number));
  const key = (number: string) => `${at} ${number}`;
  const seeds: Seed[] = items.map((item) => {
    const time = timeKnown(item);
    const pieces = cluster.footage.flatMap(({ earliest }, piece) => (earliest.length === 1 && earliest[0] === item.number ? [piece + 1] : []));
    return { key: key(item.number), kind: 'item', number: item.number, name: item.name, time, range: time ? stretchOf(time) : null, item, earliest: pieces };
  });
  const ties: [string, string][] = [];
  for (const line of wanted.sources ? lines : []) {
    const its = line.events.filter(({ kind, item }) => (kind === 'item' || kind === 'claim') && item && linked.has(item));
    if (its.length === 0) continue;
    // Of a source, the first that is known of it with these items.
    const time = its.flatMap(({ from, stated }) => (from && stated && stretchOf(from) ? from : []))[0] ?? null;
    seeds.push({ key: key(line.source), kind: 'source', number: line.source, name: line.name, time, range: time ? stretchOf(time) : null, item: null, earliest: [] });
    for (const item of new Set(its.map(({ item }) => item ?? ''))) ties.push([key(line.source), key(item)]);
  }
  return { seeds, links, ties, key };
}

const said = ({ seeds }: Part, words: string) => {
  const wanted = words.trim().toLowerCase();
  return wanted === '' || seeds.some(({ number, name }) => `${number} ${name}`.toLowerCase().includes(wanted));
};

/** The first row in which there is room, in the order of time; sources come first, so that they stand above. */
function placedIn({ seeds }: Part, top: number, at: (time: number) => number, apart: number): GraphNode[] {
  const rights: number[] = [];
  const placed: GraphNode[] = [];
  const order = (seed: Seed) => [seed.range ? 0 : 1, seed.range?.[0] ?? 0, seed.kind === 'source' ? 0 : 1] as const;
  const sorted = seeds.toSorted((a, b) => {
    const [one, other] = [order(a), order(b)];
    return one[0] - other[0] || one[1] - other[1] || one[2] - other[2] || a.number.localeCompare(b.number, 'en', { numeric: true });
  });
  let loose = 0;
  // Those without a time stand in a block of their own, as wide as it is high.
  const columns = Math.max(Math.ceil(Math.sqrt(seeds.filter(({ range }) => !range).length / 2)), 1);
  for (const { range, ...seed } of sorted) {
    if (!range) {
      placed.push({ ...seed, x: apart + (loose % columns) * COLUMN, y: top + Math.floor(loose / columns) * ROW, until: null });
      loose += 1;
      continue;
    }
    const x = at(range[0]);
    const free = rights.findIndex((right) => right + ROOM <= x);
    const row = free === -1 ? rights.length : free;
    rights[row] = x + NODE.width;
    const until = at(range[1]);
    placed.push({ ...seed, x, y: top + row * ROW, until: until - x > 2 ? until : null });
  }
  return placed;
}

function edgesOf({ links, ties, key }: Part, nodes: readonly GraphNode[]): GraphEdge[] {
  const found = (key: string) => nodes.find((node) => node.key === key);
  const edges: GraphEdge[] = [];
  for (const [source, item] of ties) {
    const [one, other] = [found(source), found(item)];
    if (one && other) edges.push({ key: `${source} ${item}`, from: source, to: item, link: null, spans: [], ordered: false, ...line(one, other, 0) });
  }
  for (const link of links) {
    // From what may be the earlier one, which a link names last.
    const [one, other] = [found(key(link.to)), found(key(link.from))];
    if (!one || !other) continue;
    const lines = link.spans.length <= APART ? link.spans.map((span) => [span]) : [link.spans];
    lines.forEach((spans, index) => {
      const off = index - (lines.length - 1) / 2;
      edges.push({
        key: `${one.key} ${spans.map(({ match }) => match).join()}`,
        from: one.key,
        to: other.key,
        link,
        spans,
        ordered: link.basis !== 'unknown',
        ...line(one, other, off),
      });
    });
  }
  return edges;
}

/** From side to side where one lies beyond the other, else from below the upper to above the lower. */
function line(one: GraphNode, other: GraphNode, off: number): { path: string; middle: readonly [number, number] } {
  const shift = off * 14;
  const [beyond, before] = [other.x > one.x + NODE.width, one.x > other.x + NODE.width];
  if (beyond || before) {
    const [y, lower] = [one.y + NODE.height / 2 + shift, other.y + NODE.height / 2 + shift];
    const [x, end] = beyond ? [one.x + NODE.width, other.x] : [one.x, other.x + NODE.width];
    const bend = (end - x) / 2;
    return { path: `M${r(x)},${r(y)} C${r(x + bend)},${r(y)} ${r(end - bend)},${r(lower)} ${r(end)},${r(lower)}`, middle: [(x + end) / 2, (y + lower) / 2 + off * 12] };
  }
  const down = other.y > one.y;
  const [x, end] = [one.x + NODE.width / 2 + shift * 3, other.x + NODE.width / 2 + shift * 3];
  const [y, lower] = [one.y + (down ? NODE.height : 0), other.y + (down ? 0 : NODE.height)];
  const bend = (lower - y) / 2;
  return { path: `M${r(x)},${r(y)} C${r(x)},${r(y + bend)} ${r(end)},${r(lower - bend)} ${r(end)},${r(lower)}`, middle: [(x + end) / 2, (y + lower) / 2] };
}

const r = (value: number) => Math.round(value * 10) / 10;

/** What part of the drawing is on the screen: how near, and where its upper left corner lies in pixels. */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export const SCALES = [0.12, 2.5] as const;

/** The whole width, not so small that it could not be read at all; from the top. */
export function fittedView(graph: Graph, width: number): View {
  return { scale: Math.min(Math.max(width / Math.max(graph.width, 1), 0.3), 1), x: 0, y: 0 };
}

/** So many times as near; what lies under `at` (pixels) stays there. */
export function nearerView({ scale, x, y }: View, factor: number, at: readonly [number, number]): View {
  const next = Math.min(Math.max(scale * factor, SCALES[0]), SCALES[1]);
  const by = next / scale;
  return { scale: next, x: at[0] - (at[0] - x) * by, y: at[1] - (at[1] - y) * by };
}

/** Moved, no farther than that some of the drawing stays in sight. */
export function movedView(view: View, right: number, down: number, graph: Graph, size: { width: number; height: number }): View {
  const within = (value: number, length: number, shown: number) => Math.min(Math.max(value, Math.min(60 - length * view.scale, 0)), Math.max(shown - 60, 0));
  return { ...view, x: within(view.x + right, graph.width, size.width), y: within(view.y + down, graph.height, size.height) };
}

/** `view` moved as little as needed for `node` to be all in sight. */
export function withNode(view: View, node: GraphNode, size: { width: number; height: number }, above: number): View {
  const [left, top] = [node.x * view.scale + view.x, node.y * view.scale + view.y];
  const nudge = (from: number, length: number, low: number, high: number) => (from < low ? low - from : from + length > high ? Math.max(high - from - length, low - from) : 0);
  return {
    ...view,
    x: view.x + nudge(left, NODE.width * view.scale, 8, size.width - 8),
    y: view.y + nudge(top, NODE.height * view.scale, above + 8, size.height - 8),
  };
}
