import { describe, expect, it } from 'vitest';
import { nextMarked } from './marked.ts';

const marked = [
  { first: 0, last: 74 },
  { first: 75, last: 149 },
  { first: 77, last: 77 },
  { first: 20, last: 80 },
];

describe('from mark to mark', () => {
  it('goes to the next beginning or end, both ways', () => {
    const on = [0];
    for (let next = nextMarked(marked, 0, 1); next !== null; next = nextMarked(marked, next, 1)) on.push(next);
    expect(on).toEqual([0, 20, 74, 75, 77, 80, 149]);
    const back = [149];
    for (let next = nextMarked(marked, 149, -1); next !== null; next = nextMarked(marked, next, -1)) back.push(next);
    expect(back).toEqual(on.toReversed());
  });

  it('leaves from between them', () => {
    expect(nextMarked(marked, 76, -1)).toBe(75);
    expect(nextMarked(marked, 76, 1)).toBe(77);
  });

  it('stays where there is none', () => {
    expect(nextMarked([], 5, 1)).toBeNull();
    expect(nextMarked(marked, 149, 1)).toBeNull();
    expect(nextMarked(marked, 0, -1)).toBeNull();
  });
});
