import { expect, test } from 'vitest';
import type { Source } from '../api/types.ts';
import { sourcesWith } from './sought.ts';

const source = (number: string, some: Partial<Source>) => ({ number, name: '', url: null, note: null, ...some }) as Source;
const sources = [
  source('S1', { name: 'Žilina Live', url: 'https://t.me/zilina' }),
  source('S12', { name: '@other', aliases: [{ name: 'Zilina Daily', url: null } as never] }),
  source('S2', { name: 'Agency', note: 'filmed in Košice' }),
];
const found = (words: string) => sourcesWith(sources, words).map(({ number }) => number);

test('sources are found by names of any time, addresses and notes', () => {
  expect(found('')).toEqual(['S1', 'S12', 'S2']);
  expect(found('zilina')).toEqual(['S1', 'S12']);
  expect(found('T.ME zilina')).toEqual(['S1']);
  expect(found('kosice')).toEqual(['S2']);
  expect(found('nobody')).toEqual([]);
});

test('a number alone names one source', () => {
  expect(found(' s1 ')).toEqual(['S1']);
  expect(found('S3')).toEqual([]);
});
