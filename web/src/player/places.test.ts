import { describe, expect, test } from 'vitest';
import { alignedAt, alignedFrame } from './alignment.ts';
import { Bench, tableOf, uneven } from './bench.ts';
import { clock, speedText } from './format.ts';
import { frameAt, parsePlace } from './goto.ts';
import { actOf } from './keys.ts';

describe('go to', () => {
  test.each([
    ['37', { kind: 'frame', no: 37 }],
    [' #0 ', { kind: 'frame', no: 0 }],
    ['12.5s', { kind: 'time', seconds: 12.5 }],
    ['12,5 S', { kind: 'time', seconds: 12.5 }],
    ['1:02:03.45', { kind: 'time', seconds: 3723.45 }],
    ['2:03', { kind: 'time', seconds: 123 }],
    ['pts:-512', { kind: 'pts', pts: -512 }],
  ])('reads %s', (text, place) => expect(parsePlace(text)).toEqual(place));

  test.each(['', 'x', '1.5', '1:75', '61:00', '1:60:00', 'pts:', '-3', '1e3', '1:2:3:4'])(
    'refuses %j',
    (text) => expect(parsePlace(text)).toBeNull(),
  );

  test('finds the frame on show, and none outside', () => {
    const table = tableOf([0.1, 0.5, 0.1]);
    const at = (text: string) => frameAt(parsePlace(text) ?? { kind: 'frame', no: 99 }, table);
    expect(at('2')).toBe(2);
    expect(at('3')).toBeNull();
    expect(at('0.09s')).toBe(0);
    expect(at('0.1s')).toBe(1);
    expect(at('0.599s')).toBe(1);
    expect(at('0.7s')).toBe(2);
    expect(at('0.8s')).toBeNull();
    expect(at('pts:100')).toBe(1);
    expect(at('pts:599')).toBe(1);
    expect(at('pts:-1')).toBeNull();
  });

  test('an arrow moves by time, not by a number of frames', () => {
    const bench = new Bench(tableOf([0.25, 0.25, 2, 0.25, 0.25]));
    bench.run(0.2);
    bench.player.dispatch({ do: 'shift', seconds: 1 });
    bench.run(0.2);
    expect(bench.state.shown).toBe(2);
    bench.player.dispatch({ do: 'shift', seconds: -1 });
    bench.run(0.2);
    expect(bench.state.shown).toBe(0);
  });
});

test('marks stay in order', () => {
  const bench = new Bench(uneven(50), { first: 10 });
  bench.run(0.2);
  bench.player.dispatch({ do: 'mark', end: 'in' });
  bench.player.dispatch({ do: 'go', frame: 20 });
  bench.player.dispatch({ do: 'mark', end: 'out' });
  expect(bench.state).toMatchObject({ markIn: 10, markOut: 20 });
  bench.player.dispatch({ do: 'go', frame: 30 });
  bench.player.dispatch({ do: 'mark', end: 'in' });
  expect(bench.state).toMatchObject({ markIn: 30, markOut: null });
  bench.player.dispatch({ do: 'clear-marks' });
  expect(bench.state).toMatchObject({ markIn: null, markOut: null });
});

test('a held key repeats steps and nothing else', () => {
  const press = (key: string, repeat = false, shift = false) => actOf({ key, repeat, shift });
  expect(press('.', true)).toEqual({ player: { do: 'step', by: 1, held: true } });
  expect(press(' ', true)).toBeNull();
  expect(press('N')).toEqual({ page: 'note' });
  expect(press('ArrowLeft', false, true)).toEqual({ player: { do: 'shift', seconds: -0.1 } });
  expect(press('w')).toBeNull();
  expect(press('s')).toEqual({ page: 'markBefore' });
});

test('an alignment follows time across different rates and speeds', () => {
  const query = tableOf(Array.from({ length: 50 }, () => 0.04));
  const reference = tableOf(Array.from({ length: 200 }, () => 0.02));
  const alignment = { query: 0.4, reference: 1, speed: 1 };
  expect(alignedFrame(10, query, reference, alignment)).toBe(50);
  expect(alignedFrame(11, query, reference, alignment)).toBe(52);
  expect(alignedFrame(11, query, reference, alignment, -1)).toBe(51);
  expect(alignedFrame(20, query, reference, { ...alignment, speed: 2 })).toBe(91);
  expect(alignedFrame(0, query, reference, { query: 1, reference: 0, speed: 1 })).toBe(0);
});

test('two frames that are aligned by hand stand beside each other, whatever their rates', () => {
  const slow = tableOf(Array.from({ length: 20 }, () => 0.1));
  const fast = tableOf(Array.from({ length: 200 }, () => 1 / 120));
  for (const [one, other] of [[slow, fast], [fast, slow], [slow, uneven(40)]] as const) {
    for (const no of [0, 7, 19]) {
      for (const beside of [0, 5, 18]) {
        expect(alignedFrame(no, one, other, alignedAt(no, one, beside, other, 2))).toBe(beside);
      }
    }
  }
  // From there each runs in its own time.
  expect(alignedFrame(8, slow, fast, alignedAt(7, slow, 60, fast))).toBe(72);
});

test('times are cut off, never rounded into the next frame', () => {
  expect(clock(0)).toBe('00:00.000');
  expect(clock(59.9999)).toBe('00:59.999');
  expect(clock(0.28)).toBe('00:00.280');
  expect(clock(3723.45)).toBe('1:02:03.450');
  expect(speedText(1 / 16)).toBe('1/16×');
  expect(speedText(2)).toBe('2×');
});
