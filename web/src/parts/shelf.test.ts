import { expect, test } from 'vitest';
import type { ItemSummary } from '../api/types.ts';
import { between, filtered, type Shelf, sorted } from './shelf.ts';

const item = (number: number, some: Partial<ItemSummary>): ItemSummary => ({
  number: `#${number}`,
  id: `sha256:${String(number).repeat(4)}`,
  name: `clip ${number}.mp4`,
  size: 1,
  frame_count: null,
  duration_s: null,
  width: null,
  height: null,
  codec: null,
  thumbnails: 0,
  findings: 0,
  claims: 0,
  assessments: 0,
  matches: 0,
  acquired_at: '2026-05-03T10:00:00.000Z',
  flags: [],
  content_note: null,
  ...some,
});
const items = [
  item(1, { name: 'clip 10.mp4', duration_s: 3 }),
  item(2, { name: 'Clip 9.mp4' }),
  item(3, { name: 'Été à Žilina.mov', duration_s: 1, codec: 'h264', flags: ['graphic'] }),
];
const numbers = (some: readonly ItemSummary[]) => some.map((one) => one.number).join(' ');
const by = (sort: Shelf['sort'], down = false): Shelf => ({ view: 'grid', sort, down });

test('items are sorted by number, name as people count, length and date, those without it last', () => {
  expect(numbers(sorted(items, by('number', true)))).toBe('#3 #2 #1');
  expect(numbers(sorted(items, by('name')))).toBe('#2 #1 #3');
  expect(numbers(sorted(items, by('length')))).toBe('#3 #1 #2');
  expect(numbers(sorted(items, by('length', true)))).toBe('#1 #3 #2');
  expect(numbers(sorted(items, by('date')))).toBe('#1 #2 #3');
});

test('the box finds every word, whatever its case and accents', () => {
  expect(numbers(filtered(items, ''))).toBe('#1 #2 #3');
  expect(numbers(filtered(items, 'CLIP'))).toBe('#1 #2');
  expect(numbers(filtered(items, 'zilina ete'))).toBe('#3');
  expect(numbers(filtered(items, 'graphic h264'))).toBe('#3');
  expect(numbers(filtered(items, '2222'))).toBe('#2');
  expect(numbers(filtered(items, 'clip zilina'))).toBe('');
});

test('a range goes either way', () => {
  expect(between(items, '#1', '#3')).toEqual(['#1', '#2', '#3']);
  expect(between(items, '#3', '#2')).toEqual(['#2', '#3']);
  expect(between(items, '#9', '#2')).toEqual(['#2']);
});
