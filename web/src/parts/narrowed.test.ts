import { describe, expect, test } from 'vitest';
import type { ItemRecord } from '../api/types.ts';
import { listedIn, narrowed } from './narrowed.ts';

const pin = (first: number | null, last = first) => ({ item: 'sha256:a', span: first === null ? null : { first: { no: first }, last: { no: last } }, region: null });

const record = {
  observations: [
    { number: 'O1', text: 'A hand at the edge', pin: pin(4, 9) },
    { number: 'O2', text: 'Smoke over the tower', pin: pin(30) },
    { number: 'O12', text: 'O1 again', pin: pin(null) },
  ],
  claims: [{ number: 'C1', text: 'Filmed tonight', claimant: 'The éditeur', source: null, url: null, pin: pin(null) }],
  people: [{ number: 'P1', description: 'a child in red', note: null, appearances: [{ pin: pin(5) }, { pin: pin(40, 60) }] }],
  dates: [{ number: 'D1', from: '2026-05', until: null, reason: 'shadows', assessor: 'Ada', pin: pin(4) }],
  places: [],
  hypotheses: [
    { number: 'H1', text: 'It was staged' },
    { number: 'H2', text: 'It is as it looks' },
  ],
  assessments: [
    { number: 'A1', hypothesis: 'H1', assessor: 'Ada', reasons: 'the hand' },
    { number: 'A2', hypothesis: 'H1', assessor: 'Ben', reasons: 'no wind' },
    { number: 'A3', hypothesis: 'H2', assessor: 'Ben', reasons: 'nothing odd' },
  ],
  notes: [{ number: 'N1', text: 'ask the hand surgeon', on: 'O1' }],
} as unknown as ItemRecord;

const numbers = (kept: ItemRecord) =>
  [kept.observations, kept.claims, kept.people, kept.dates, kept.places, kept.hypotheses, kept.assessments, kept.notes].flat().map((one) => one.number);

describe('the record of an item', () => {
  test('is all there without words', () => {
    expect(numbers(narrowed(record, ' ', null))).toHaveLength(listedIn(record));
  });

  test('is narrowed by words, whatever their case and accents; who differs stays beside whom they differ from', () => {
    expect(numbers(narrowed(record, 'HAND', null))).toEqual(['O1', 'H1', 'A1', 'A2', 'N1']);
    expect(numbers(narrowed(record, 'editeur tonight', null))).toEqual(['C1']);
    expect(numbers(narrowed(record, 'looks', null))).toEqual(['H2', 'A3']);
  });

  test('is narrowed by a number, to that alone', () => {
    expect(numbers(narrowed(record, 'o1', null))).toEqual(['O1']);
  });

  test('is narrowed to what lies at a frame, not to what is said of the whole', () => {
    expect(numbers(narrowed(record, '', 5))).toEqual(['O1', 'P1']);
    expect(numbers(narrowed(record, '', 30))).toEqual(['O2']);
    expect(numbers(narrowed(record, 'smoke', 5))).toEqual([]);
  });
});
