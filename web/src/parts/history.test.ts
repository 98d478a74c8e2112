import { expect, it } from 'vitest';
import { entriesIn, placeOf } from './history.ts';

const made = (entry: number, more: object = {}) => ({ entry, at: `2026-05-0${entry}T00:00:00Z`, actor: 'Ada', ...more });

it('finds the entries of a record, however deep, each once and in order', () => {
  const claim = made(4, { history: [made(6), made(9)], withdrawn: null, pin: { item: 'sha256:1' } });
  const found = entriesIn({ claims: [claim] }, [made(2), made(6)], null, 'E12', { entry: 7 });
  expect(found.map(({ entry }) => entry)).toEqual([2, 4, 6, 9]);
  expect(found[0]).toEqual({ entry: 2, at: '2026-05-02T00:00:00Z', actor: 'Ada' });
});

it('stands at the last entry that counts', () => {
  expect(placeOf([2, 4, 9], 4)).toBe(1);
  expect(placeOf([2, 4, 9], 8)).toBe(1);
  expect(placeOf([2, 4, 9], 50)).toBe(2);
  expect(placeOf([2, 4, 9], 0)).toBe(0);
  expect(placeOf([2, 4, 9], null)).toBe(3);
});
