import { expect, test } from 'vitest';
import type { Match, Verdict } from '../api/types.ts';
import { nextUnreviewed } from './review.ts';

const match = (number: string, verdict: Verdict) => ({ number, verdict }) as Match;

test('the next match to review comes after the one on show, or from the start again', () => {
  const matches = [match('M1', 'unreviewed'), match('M2', 'confirmed'), match('M3', 'rejected'), match('M4', 'unreviewed')];
  const next = (number: string) => nextUnreviewed(matches, match(number, 'unreviewed'));
  expect(next('M1')).toBe('M4');
  expect(next('M2')).toBe('M4');
  expect(next('M4')).toBe('M1');
  expect(nextUnreviewed([match('M1', 'unreviewed')], match('M1', 'unreviewed'))).toBeNull();
});
