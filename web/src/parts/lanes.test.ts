import { expect, test } from 'vitest';
import type { ItemDetail, ItemRecord } from '../api/types.ts';
import { tableOf } from '../player/bench.ts';
import { lanesOf, markedIn } from './lanes.ts';

const ref = (no: number) => ({ no, pts: no, hash: '' });
const seen = (number: string, no: number, withdrawn = false) => ({
  number,
  text: `at ${no}`,
  pin: { item: '', span: { first: ref(no), last: ref(no) }, region: null },
  ...(withdrawn ? { withdrawn: {} } : {}),
});
const tag = (on: string, tag: string, withdrawn = false) => ({ number: 'T1', on, tag, ...(withdrawn ? { withdrawn: {} } : {}) });

test('an observation that is tagged as a mark stands in the lane of marks, as long as the tag stands', () => {
  const table = tableOf([1, 1, 1, 1]);
  const detail = { shots: [], findings: [], item: { id: '' } } as unknown as ItemDetail;
  const record = {
    claims: [],
    observations: [seen('O1', 0), seen('O2', 1), seen('O3', 2)],
    tags: [tag('O2', 'mark'), tag('O3', 'mark', true), tag('O1', 'other')],
  } as unknown as ItemRecord;
  const lanes = lanesOf(table, detail, record, []);
  const told = lanes.map(({ name, marks }) => [name, marks.map(({ frame, label, tone }) => [frame, label, tone])]);
  expect(told).toEqual([
    ['Marks', [[1, 'O2 at 1', 'named']]],
    ['Seen', [[0, 'O1 at 0', 'observation'], [2, 'O3 at 2', 'observation']]],
  ]);
});

test('keys go to where anything in the lanes, or the marked span, begins and ends', () => {
  const lane = { name: 'Shots', marks: [{ frame: 2, last: 5, start: 0, end: 1, label: '', tone: 'shot' }] };
  expect(markedIn([lane], null, 9)).toEqual([{ first: 2, last: 5 }, { first: 9, last: 9 }]);
});
