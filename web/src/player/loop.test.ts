import { describe, expect, test } from 'vitest';
import { Bench, uneven } from './bench.ts';
import { around } from './loop.ts';

/** A bench with the span from `first` to `last` marked, standing at `first`. */
function marked(first: number, last: number, watching = false): Bench {
  const bench = new Bench(uneven(80), { first: last, watching });
  bench.run(0.2);
  bench.player.dispatch({ do: 'mark', end: 'out' });
  bench.player.dispatch({ do: 'go', frame: first });
  bench.run(0.2);
  bench.player.dispatch({ do: 'mark', end: 'in' });
  bench.drawn.length = 0;
  bench.exact.length = 0;
  return bench;
}

/** Frames as they were drawn, without one that is drawn twice in a row. */
const order = (bench: Bench) => bench.drawn.filter((no, at) => no !== bench.drawn[at - 1]);

describe('a marked span', () => {
  test('is played again and again, every frame of it once a round, exactly', () => {
    const bench = marked(10, 14, true);
    bench.player.dispatch({ do: 'loop' });
    // Five frames of uneven length last 0.52 s.
    bench.run(2.5);
    const shown = order(bench);
    expect(shown.length).toBeGreaterThan(20);
    expect(shown).toEqual(shown.map((_, at) => 10 + ((at + 1) % 5)));
    expect(bench.exact.every(Boolean)).toBe(true);
    expect(bench.runs).toEqual([]);
    expect(bench.state.skipped).toBe(0);
  });

  test('keeps each frame for its own time', () => {
    const bench = marked(10, 14);
    bench.player.dispatch({ do: 'loop' });
    bench.run(1.5);
    const times: number[] = [];
    let last = bench.state.shown;
    bench.run(1.2, () => {
      bench.deliver();
      if (bench.state.shown === 10 && last !== 10) times.push(bench.clock);
      last = bench.state.shown;
    });
    const rounds = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    for (const round of rounds) expect(round).toBeCloseTo(0.52, 1);
  });

  test('waits for a frame that is late, and leaves none out', () => {
    const bench = marked(20, 26);
    bench.player.dispatch({ do: 'loop' });
    let refresh = 0;
    bench.run(6, () => {
      refresh += 1;
      if (refresh % 25 === 0) bench.deliver();
    });
    const shown = order(bench);
    expect(shown.length).toBeGreaterThan(14);
    expect(shown).toEqual(shown.map((_, at) => 20 + ((at + 1) % 7)));
  });

  test('that is long is watched in reduced pictures, and never left', () => {
    const bench = marked(10, 49, true);
    bench.player.dispatch({ do: 'loop' });
    bench.run(12, () => {
      bench.deliver();
      bench.stream();
    });
    expect(Math.max(...bench.drawn)).toBe(49);
    expect(Math.min(...bench.drawn)).toBe(10);
    const turns = bench.drawn.filter((no, at) => no < (bench.drawn[at - 1] ?? 0)).length;
    expect(turns).toBeGreaterThanOrEqual(2);
    expect(bench.exact.filter((exact) => !exact).length).toBeGreaterThan(40);
  });

  test('is played backwards as well', () => {
    const bench = marked(10, 14);
    bench.player.dispatch({ do: 'play', direction: -1 });
    bench.player.dispatch({ do: 'loop' });
    bench.run(2);
    const shown = order(bench);
    const from = shown.indexOf(14);
    expect(shown.slice(from, from + 10)).toEqual([14, 13, 12, 11, 10, 14, 13, 12, 11, 10]);
  });

  test('is left when the loop is ended, and rests where it is paused', () => {
    const bench = marked(10, 14);
    bench.player.dispatch({ do: 'loop' });
    bench.run(1);
    bench.player.dispatch({ do: 'loop' });
    bench.run(1.5);
    expect(bench.state.shown).toBeGreaterThan(14);
    bench.player.dispatch({ do: 'loop' });
    bench.run(0.3);
    bench.player.dispatch({ do: 'pause' });
    bench.run(1);
    expect(bench.state).toMatchObject({ looping: true, playing: null, exact: true });
    expect([10, 11, 12, 13, 14]).toContain(bench.state.shown);
    // From its last frame, playing begins with its first.
    bench.player.dispatch({ do: 'go', frame: 14 });
    bench.run(0.2);
    bench.drawn.length = 0;
    bench.player.dispatch({ do: 'toggle' });
    bench.run(0.3);
    expect(bench.drawn.slice(0, 2)).toEqual([10, 11]);
    bench.player.dispatch({ do: 'clear-marks' });
    expect(bench.state.looping).toBe(false);
  });

  test('is the whole item where nothing is marked', () => {
    const bench = new Bench(uneven(6));
    bench.run(0.1);
    bench.player.dispatch({ do: 'loop' });
    bench.run(2);
    expect(order(bench).slice(0, 13)).toEqual([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0]);
  });
});

test('the frames of a round come around', () => {
  expect(around({ first: 10, last: 13 }, 12, 1)).toEqual([13, 10, 11, 12]);
  expect(around({ first: 10, last: 13 }, 10, -1)).toEqual([13, 12, 11, 10]);
  // From outside the round, its frames all the same.
  expect(around({ first: 10, last: 13 }, 40, 1).toSorted()).toEqual([10, 11, 12, 13]);
});
