import { describe, expect, it } from 'vitest';
import type { SourceEvent } from '../api/types.ts';
import { along, nearer, type Stretch, written } from './dates.ts';
import { gatheredAlong, rowOf, wholeOf } from './source-line.ts';

const at = (text: string) => Date.parse(text);
let entry = 0;
function event(kind: SourceEvent['kind'], from: string | null, more: Partial<SourceEvent> = {}): SourceEvent {
  entry += 1;
  return { kind, from, until: null, stated: from !== null, text: '', state: null, item: null, record: null, entry, at: '2026-06-01T00:00:00Z', actor: 'Ada', ...more };
}
const whole: Stretch = [at('2026-01-01'), at('2026-12-31')];

describe('a source over time', () => {
  it('is unknown before anybody looked, between two looks that differ, and since', () => {
    const events = [
      event('state', '2026-05-03T07:30:00Z', { state: 'deleted' }),
      event('state', '2026-03-01', { state: 'live' }),
      event('state', '2026-04-01', { state: 'live' }),
    ];
    const { states } = rowOf(events, whole);
    expect(states.map(({ how, state, then }) => [how, state, then])).toEqual([
      ['before', null, null],
      ['seen', 'live', null],
      ['between', 'live', null],
      ['seen', 'live', null],
      ['changed', 'live', 'deleted'],
      ['seen', 'deleted', null],
      ['since', null, null],
    ]);
    expect(states[4]?.range).toEqual([at('2026-04-02'), at('2026-05-03T07:30:00Z')]);
    expect(states[6]?.range).toEqual([at('2026-05-03T07:30:01Z'), whole[1]]);
  });

  it('has no gap where looks overlap', () => {
    const { states } = rowOf([event('state', '2026-05', { state: 'live' }), event('state', '2026-05-10', { state: 'deleted' })], whole);
    expect(states.map(({ how }) => how)).toEqual(['before', 'seen', 'seen', 'since']);
    expect(states[3]?.range[0]).toBe(at('2026-06-01'));
  });

  it('keeps apart what has no time, or one that cannot be read', () => {
    const [claim, odd, name] = [event('claim', null), event('claim', 'in May'), event('name', null)];
    const row = rowOf([claim, odd, name, event('item', '2026-02')], whole);
    expect(row.undated).toEqual([claim, odd, name]);
    expect(row.moments).toHaveLength(1);
  });

  it('shows names and ties to the ends of what is known', () => {
    const [one, other] = rowOf([event('name', null, { until: '2026-02' }), event('tie', '2026-03')], whole).periods;
    expect(one).toMatchObject({ range: [whole[0], at('2026-03-01')], openFrom: true, openUntil: false });
    expect(other).toMatchObject({ range: [at('2026-03-01'), whole[1]], openFrom: false, openUntil: true });
  });

  it('takes all sources together', () => {
    const lines = [{ source: 'S1', name: '', kind: 'account' as const, events: [event('claim', '2026-03-01'), event('name', null, { until: '2026-05-01' })] }];
    const [from = 0, to = 0] = wholeOf(lines) ?? [];
    expect(from).toBeLessThan(at('2026-03-01'));
    expect(to).toBeGreaterThan(at('2026-05-02'));
    expect(wholeOf([{ source: 'S1', name: '', kind: 'account', events: [event('claim', null)] }])).toBeNull();
  });

  it('gathers marks that would lie on one another', () => {
    expect(gatheredAlong([50, 10, 20, 33, 34], (x) => x, 24)).toEqual([{ at: 10, ones: [10, 20, 33] }, { at: 34, ones: [34, 50] }]);
  });
});

describe('a line of time', () => {
  it('goes nearer to a place, and never beyond its ends', () => {
    const view = nearer([0, 8_000_000], [0, 8_000_000], 2, 2_000_000);
    expect(view).toEqual([1_000_000, 5_000_000]);
    expect(nearer(view, [0, 8_000_000], 0.5, 5_000_000)).toEqual([0, 8_000_000]);
    expect(along(view, [0, 8_000_000], 1)).toEqual([4_000_000, 8_000_000]);
    expect(along(view, [0, 8_000_000], -1)).toEqual([0, 4_000_000]);
    const [from, to] = nearer([0, 100_000], [0, 100_000], 100);
    expect(to - from).toBe(60_000);
  });

  it('writes dates no more precisely than they are', () => {
    expect(written('2026', 'en')).toBe('2026');
    expect(written('2026-05', 'en')).toBe('May 2026');
    expect(written('2026-05-03', 'en')).toBe('May 3, 2026');
    expect(written('2026-05-03', 'de')).toBe('03.05.2026');
    expect(written('2026-05-03T20:20:30+02:00', 'en')).toMatch(/^May 3, 2026, 6:20:30\sPM UTC$/);
    expect(written('in May', 'en')).toBe('in May');
  });
});
