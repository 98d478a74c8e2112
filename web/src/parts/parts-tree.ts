/** The parts of a container as a tree, and the rows of it that are to be seen. */

import type { Part } from '../api/types.ts';

/** Rows shown of the parts in one part, at first and more at a time: a film has thousands of clusters. */
export const STEP = 100;

/** A part with what lies in it. */
export interface Node {
  readonly part: Part;
  /** Place in the listing of the file, which no two parts share. */
  readonly id: number;
  readonly children: readonly Node[];
}

/** A row of the tree as it is drawn: a part, or the offer to show more of them. */
export type Row =
  | { readonly what: 'part'; readonly node: Node; readonly level: number; readonly place: number; readonly of: number }
  | { readonly what: 'more'; readonly within: number | null; readonly level: number; readonly rest: number };

/** Builds the tree from a listing that goes depth first, parents before what lies in them. */
export function treeOf(listed: readonly Part[]): Node[] {
  const top: Node[] = [];
  const open: { depth: number; children: Node[] }[] = [{ depth: -1, children: top }];
  listed.forEach((part, id) => {
    while (open.length > 1 && (open.at(-1)?.depth ?? -1) >= part.depth) open.pop();
    const children: Node[] = [];
    open.at(-1)?.children.push({ part, id, children });
    open.push({ depth: part.depth, children });
  });
  return top;
}

/** The rows to be seen: of parts that are unfolded, the first ones, and more where they were asked for. */
export function rowsOf(top: readonly Node[], unfolded: ReadonlySet<number>, shown: ReadonlyMap<number | null, number>): Row[] {
  const rows: Row[] = [];
  const add = (nodes: readonly Node[], within: number | null, level: number) => {
    const many = shown.get(within) ?? STEP;
    nodes.slice(0, many).forEach((node, index) => {
      rows.push({ what: 'part', node, level, place: index + 1, of: nodes.length });
      if (unfolded.has(node.id)) add(node.children, node.id, level + 1);
    });
    if (nodes.length > many) rows.push({ what: 'more', within, level, rest: nodes.length - many });
  };
  add(top, null, 1);
  return rows;
}

/** What is out of the ordinary in a part. */
export type Mark = 'beyond' | 'filled' | 'unknown' | 'rest';

export function marksOf(part: Part): Mark[] {
  const marks: Mark[] = [];
  if (part.beyond > 0) marks.push('beyond');
  if (part.filled > 0) marks.push('filled');
  if (part.kind === '') marks.push('rest');
  else if (!part.known) marks.push('unknown');
  return marks;
}

/** Seconds from 1904, as MP4 counts them, to 1970. */
const EPOCH = 2_082_844_800;

/** A time that a header states, as RFC 3339; zero means that it was never set. */
export function timeOf(seconds: number): string | null {
  const date = new Date((seconds - EPOCH) * 1000);
  return seconds === 0 || Number.isNaN(date.getTime()) ? null : date.toISOString();
}
