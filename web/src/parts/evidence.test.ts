import { expect, test } from 'vitest';
import type { ItemDetail, ItemRecord } from '../api/types.ts';
import { evidenceOf, frameAddressOf } from './evidence.ts';

test('frames have one address, alone and in a row', () => {
  expect(frameAddressOf('#1', { first: 37, last: 37 })).toBe('#1#frame=37');
  expect(frameAddressOf('#12', { first: 37, last: 52 })).toBe('#12#frame=37-52');
});

test('what was withdrawn is not offered, and findings are counted from 1', () => {
  const withdrawn = { entry: 9, at: '', actor: 'Ada', reason: 'slip' };
  const record = {
    observations: [
      { number: 'O1', text: 'gone', withdrawn },
      { number: 'O2', text: 'stands' },
    ],
    claims: [],
    resemblances: [],
    dates: [],
    places: [],
    people: [],
    notes: [],
  } as unknown as ItemRecord;
  const detail = { item: { number: '#2' }, findings: [{ summary: 'cut' }] } as unknown as ItemDetail;
  expect(evidenceOf(detail, record, [])).toEqual([
    { address: 'O2', text: 'stands' },
    { address: 'F:#2:1', text: 'cut' },
  ]);
});
