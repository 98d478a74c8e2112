import { expect, test } from 'vitest';
import { parseRoute } from '../route.ts';
import { asksSomething, queryOf, searchAddress } from './asked.ts';

test('an address holds what is asked for, and only that', () => {
  const asked = { words: ' no impact ', kind: 'claim', tag: '', order: 'newest' };
  expect(searchAddress(asked)).toBe('#/search?words=no+impact&kind=claim');
  expect(parseRoute(searchAddress(asked))).toEqual({ screen: 'search', asked: { words: 'no impact', kind: 'claim' } });
  expect(searchAddress({})).toBe('#/search');
});

test('an order alone asks for nothing', () => {
  expect(asksSomething({})).toBe(false);
  expect(asksSomething({ words: ' ', order: 'oldest' })).toBe(false);
  expect(asksSomething({ kind: 'claim' })).toBe(true);
});

test('a search is kept in the form that the server keeps', () => {
  expect(queryOf({ words: 'x', kind: 'claim,item', item: '1, #2', tag: 'a,b', recorded: '2026', view: 'Q1' })).toEqual({
    words: 'x',
    kinds: ['claim', 'item'],
    items: ['#1', '#2'],
    tags: ['a', 'b'],
    recorded: '2026',
  });
});
