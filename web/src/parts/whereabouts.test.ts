import { expect, test } from 'vitest';
import { groundsText, positionOf, positionText } from './whereabouts.ts';

test('a position is read and written to the digit', () => {
  const read = positionOf('-33.8567844, 151.2152967', '20');
  expect(read).toEqual({ latitude_e7: -338567844, longitude_e7: 1512152967, radius_m: 20 });
  expect(positionText(positionOf('50.6412,29.9231', '') as NonNullable<typeof read>)).toBe('50.6412, 29.9231');
  expect(positionOf('0,-0', '')).toEqual({ latitude_e7: 0, longitude_e7: 0, radius_m: null });
});

test('what is no position is none', () => {
  for (const text of ['', '50', '50;29', '50.12345678,1', 'N50,E29', '1,2,3', ',1']) expect(positionOf(text, '')).toBeNull();
});

test('what it rests on is told', () => {
  expect(groundsText([{ kind: 'claim', cites: 'C1' }, { kind: 'shadow-analysis', cites: null }])).toBe('a claim C1, shadows');
});
