import { expect, test } from 'vitest';
import type { Grading, Source } from '../api/types.ts';
import { standingGrades } from './grades.ts';

const origin = { entry: 3, at: '2026-05-03T10:00:00Z', actor: 'Ada' };
const source: Source = { ...origin, number: 'S1', name: 'x', kind: 'account', url: null, grade: 'C', note: null, observations: [] };
const grading = (assessor: string, grade: Grading['grade'], more: Partial<Grading> = {}): Grading => ({
  ...origin,
  assessor,
  grade,
  reason: 'so',
  ...more,
});

test('each person holds one grade, the first by whoever entered the source', () => {
  expect(standingGrades(source)).toEqual([['Ada', 'C']]);
  const grades = [grading('Ben', 'A', { superseded_by: 5 }), grading('Ben', 'E')];
  expect(standingGrades({ ...source, grades })).toEqual([
    ['Ada', 'C'],
    ['Ben', 'E'],
  ]);
});

test('a later grade of the same person takes the place of the first; one taken back does not', () => {
  expect(standingGrades({ ...source, grades: [grading('Ada', 'E')] })).toEqual([['Ada', 'E']]);
  const withdrawn = { ...origin, reason: 'a slip' };
  expect(standingGrades({ ...source, grades: [grading('Ada', 'E', { withdrawn })] })).toEqual([['Ada', 'C']]);
});
