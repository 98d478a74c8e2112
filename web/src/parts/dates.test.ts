import { describe, expect, it } from 'vitest';
import { marks, rangeOf, span, stretchOf } from './dates.ts';

const at = (text: string) => Date.parse(text);

describe('dates', () => {
  it('last as long as they are precise', () => {
    expect(stretchOf('2026')).toEqual([at('2026-01-01'), at('2027-01-01')]);
    expect(stretchOf('2026-02')).toEqual([at('2026-02-01'), at('2026-03-01')]);
    expect(stretchOf('2024-02-29')).toEqual([at('2024-02-29'), at('2024-03-01')]);
    expect(stretchOf('2026-05-03T18:20Z')).toEqual([at('2026-05-03T18:20Z'), at('2026-05-03T18:21Z')]);
    expect(stretchOf('2026-05-03T18:20:30+02:00')).toEqual([at('2026-05-03T16:20:30Z'), at('2026-05-03T16:20:31Z')]);
    expect(stretchOf('in May')).toBeNull();
  });

  it('of a range last to the end of the last', () => {
    expect(rangeOf('2026-05', '2026-06-10')).toEqual([at('2026-05-01'), at('2026-06-11')]);
    expect(rangeOf('2026-05', null)).toEqual([at('2026-05-01'), at('2026-06-01')]);
    expect(rangeOf('2026', 'later')).toBeNull();
  });

  it('have room around them', () => {
    const whole = span([[100 * 60_000, 200 * 60_000]]);
    expect(whole).toEqual([70 * 60_000, 230 * 60_000]);
    expect(span([])).toBeNull();
  });

  it.each([
    ['2019-03-01', '2026-05-01', ['2020', '2021', '2022', '2023', '2024', '2025', '2026']],
    ['2013-01-01', '2026-05-01', ['2014', '2016', '2018', '2020', '2022', '2024', '2026']],
    ['2026-01-15', '2026-05-15', ['Feb 2026', 'Mar 2026', 'Apr 2026', 'May 2026']],
    ['2026-05-01T10:30', '2026-05-01T13:10', ['May 1, 11:00', '12:00', '13:00']],
    ['2026-05-01T15:00', '2026-05-02T15:00', ['May 1, 18:00', 'May 2', '06:00', '12:00']],
  ])('from %s to %s are marked at round times', (from, to, labels) => {
    expect(marks([at(`${from}Z`.replace(/^(\d{4}-\d{2}-\d{2})Z$/, '$1')), at(`${to}Z`.replace(/^(\d{4}-\d{2}-\d{2})Z$/, '$1'))], 8, 'en').map(({ label }) => label)).toEqual(labels);
  });
});
