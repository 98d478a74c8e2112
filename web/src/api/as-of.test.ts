import { expect, test } from 'vitest';
import { pageAt, stated, stateIn } from './as-of.ts';

test('a state is read from the address of the page', () => {
  expect(stateIn('?as_of=12')).toBe('12');
  expect(stateIn('?as_of=2026-05-03T10%3A00%3A00Z&x=1')).toBe('2026-05-03T10:00:00Z');
  expect(stateIn('')).toBeNull();
  expect(stateIn('?as_of=')).toBeNull();
});

test('every address asks for the same state, once', () => {
  expect(stated('/api/items', '12')).toBe('/api/items?as_of=12');
  expect(stated('/api/items?item=1', '2026-05-03T10:00:00+02:00')).toBe('/api/items?item=1&as_of=2026-05-03T10%3A00%3A00%2B02%3A00');
  expect(stated(stated('/api/items', '12'), '12')).toBe('/api/items?as_of=12');
  expect(stated('/api/items', null)).toBe('/api/items');
});

test('leaving a state keeps the place', () => {
  expect(pageAt(12, '#/items/1?frame=3')).toBe('/?as_of=12#/items/1?frame=3');
  expect(pageAt(null, '#/items/1?frame=3')).toBe('/#/items/1?frame=3');
});
