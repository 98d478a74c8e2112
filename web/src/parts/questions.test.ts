import { describe, expect, test } from 'vitest';
import type { Question } from '../api/types.ts';
import { comesOnto, explainedBy, fitTogether, itemNamed } from './questions.ts';

const question = (item: string | null, many: number): Question => ({
  item,
  name: '',
  hypotheses: Array.from({ length: many }, (_, at) => `H${at + 1}`),
  evidence: 0,
  entry: 1,
});

describe('explanations', () => {
  test('of one question stand together however many, of several where they are few', () => {
    expect(fitTogether([])).toBe(true);
    expect(fitTogether([question('#1', 40)])).toBe(true);
    expect(fitTogether([question('#1', 6), question(null, 6)])).toBe(true);
    expect(fitTogether([question('#1', 6), question(null, 7)])).toBe(false);
  });

  test('of the whole case come onto every board, those of an item onto its own', () => {
    expect(comesOnto(3, null)).toBe(true);
    expect(comesOnto('case', null)).toBe(true);
    expect(comesOnto(3, 3)).toBe(true);
    expect(comesOnto(3, 4)).toBe(false);
    expect(comesOnto('case', 3)).toBe(false);
    expect(comesOnto('all', 3)).toBe(true);
    expect(comesOnto(null, null)).toBe(false);
  });

  test('are asked for by what they explain', () => {
    expect(explainedBy(question('#12', 1))).toBe(12);
    expect(explainedBy(question(null, 1))).toBe('case');
  });

  test('name their item as the page writes it', () => {
    expect(itemNamed(' #3 ')).toBe(3);
    expect(itemNamed('3')).toBe(3);
    expect(itemNamed('')).toBeNull();
    expect(itemNamed('#0')).toBeUndefined();
    expect(itemNamed('bikes')).toBeUndefined();
  });
});
