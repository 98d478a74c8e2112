import { expect, test } from 'vitest';
import type { Assessment, Hypothesis, Likelihood } from '../api/types.ts';
import { boardsOf, standingOf } from './judgements.ts';

const origin = { entry: 0, at: '2026-05-03T00:00:00Z', actor: 'desk' };
const staged: Hypothesis = { ...origin, number: 'H1', text: 'staged', item: null, evidence: [] };

function judged(number: string, assessor: string, likelihood: Likelihood, supersedes: string | null, superseded_by: string | null): Assessment {
  return { ...origin, number, hypothesis: 'H1', assessor, likelihood, confidence: 'low', reasons: '', evidence: [], supersedes, superseded_by };
}

const changed = [
  judged('A1', 'Adler', 'very-likely', null, 'A3'),
  judged('A2', 'Breuer', 'very-likely', null, null),
  judged('A3', 'Adler', 'likely', 'A1', 'A4'),
  judged('A4', 'Adler', 'unlikely', 'A3', null),
];

test('shows who holds what now beside what they held before', () => {
  const [board] = boardsOf([staged], changed);
  expect(board?.judgements.map(({ standing }) => standing.number)).toEqual(['A2', 'A4']);
  expect(board?.judgements[1]?.earlier.map(({ number }) => number)).toEqual(['A3', 'A1']);
});

test('tells dissent from agreement', () => {
  expect(boardsOf([staged], changed)[0]?.dissent).toBe(true);
  expect(boardsOf([staged], changed.slice(0, 1))[0]?.dissent).toBe(false);
});

test('a new assessment revises the one that the same assessor holds', () => {
  expect(standingOf(changed, 'H1', 'Adler')?.number).toBe('A4');
  expect(standingOf(changed, 'H1', 'Cohen')).toBeNull();
});
