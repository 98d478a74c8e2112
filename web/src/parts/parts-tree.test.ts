import { describe, expect, test } from 'vitest';
import type { Part } from '../api/types.ts';
import { marksOf, type Node, rowsOf, STEP, timeOf, treeOf } from './parts-tree.ts';

const part = (depth: number, kind: string, more: Partial<Part> = {}): Part => ({
  depth,
  kind,
  offset: 0,
  size: 8,
  beyond: 0,
  known: true,
  filled: 0,
  text: null,
  times: null,
  ...more,
});
const shape = (nodes: readonly Node[]): unknown[] => nodes.map(({ part: { kind }, children }) => [kind, ...shape(children)]);

describe('the tree of parts', () => {
  test('follows the depths of the listing', () => {
    const listed = [part(0, 'ftyp'), part(0, 'moov'), part(1, 'trak'), part(2, 'mdia'), part(1, 'udta'), part(0, 'mdat')];
    expect(shape(treeOf(listed))).toEqual([['ftyp'], ['moov', ['trak', ['mdia']], ['udta']], ['mdat']]);
  });

  test('takes a listing whose depths leap, as no listing should', () => {
    expect(shape(treeOf([part(3, 'a'), part(1, 'b'), part(2, 'c')]))).toEqual([['a'], ['b', ['c']]]);
  });

  test('shows the top alone until it is unfolded', () => {
    const top = treeOf([part(0, 'moov'), part(1, 'trak'), part(0, 'mdat')]);
    expect(rowsOf(top, new Set(), new Map())).toHaveLength(2);
    const rows = rowsOf(top, new Set([0]), new Map());
    expect(rows.map((row) => (row.what === 'part' ? [row.node.part.kind, row.level, row.place, row.of] : row))).toEqual([
      ['moov', 1, 1, 2],
      ['trak', 2, 1, 1],
      ['mdat', 1, 2, 2],
    ]);
  });

  test('never shows thousands at once', () => {
    const top = treeOf(Array.from({ length: 2000 }, () => part(0, 'Cluster')));
    const rows = rowsOf(top, new Set(), new Map());
    expect(rows).toHaveLength(STEP + 1);
    expect(rows.at(-1)).toEqual({ what: 'more', within: null, level: 1, rest: 2000 - STEP });
    expect(rowsOf(top, new Set(), new Map([[null, 2000]]))).toHaveLength(2000);
  });
});

test('what is odd about a part is marked', () => {
  expect(marksOf(part(0, 'free', { filled: 3, beyond: 1 }))).toEqual(['beyond', 'filled']);
  expect(marksOf(part(0, '', { known: false }))).toEqual(['rest']);
  expect(marksOf(part(0, 'abcd', { known: false }))).toEqual(['unknown']);
  expect(marksOf(part(0, 'moov'))).toEqual([]);
});

test('times count from 1904', () => {
  expect(timeOf(0)).toBeNull();
  expect(timeOf(2_082_844_800)).toBe('1970-01-01T00:00:00.000Z');
  expect(timeOf(Number.MAX_SAFE_INTEGER)).toBeNull();
});
