import { describe, expect, test } from 'vitest';
import { Bench, tableOf, uneven } from './bench.ts';

describe('playing', () => {
  test('keeps each frame for its own time', () => {
    const bench = new Bench(tableOf([0.1, 0.5, 0.1, 0.3, 0.2]));
    bench.run(0.1);
    const began = bench.clock;
    bench.player.dispatch({ do: 'toggle' });
    const shownAt = new Map<number, number>();
    bench.run(2, () => {
      bench.deliver();
      const shown = bench.state.shown ?? 0;
      if (!shownAt.has(shown)) shownAt.set(shown, bench.clock - began);
    });
    expect(bench.drawn).toEqual([0, 1, 2, 3, 4]);
    for (const [no, expected] of [[1, 0.1], [2, 0.6], [3, 0.7], [4, 1.0]] as const) {
      expect(shownAt.get(no)).toBeGreaterThanOrEqual(expected);
      expect(shownAt.get(no)).toBeLessThan(expected + 0.06);
    }
    expect(bench.state).toMatchObject({ playing: null, skipped: 0, shown: 4 });
  });

  test('runs backwards to the first frame', () => {
    const bench = new Bench(uneven(20), { first: 19 });
    bench.run(0.2);
    bench.player.dispatch({ do: 'slower' });
    bench.run(5);
    expect(bench.drawn).toEqual(Array.from({ length: 20 }, (_, index) => 19 - index));
    expect(bench.state.playing).toBeNull();
  });

  test('counts the frames that came too late', () => {
    const bench = new Bench(tableOf(Array.from({ length: 100 }, () => 0.04)));
    bench.run(0.2);
    const before = bench.drawn.length;
    bench.player.dispatch({ do: 'toggle' });
    let refresh = 0;
    bench.run(6, () => {
      refresh += 1;
      if (refresh % 10 === 0) bench.deliver((asked) => asked.slice(0, 1));
    });
    const shown = bench.drawn.length - before;
    expect(bench.state.shown).toBe(99);
    expect(bench.state.skipped).toBeGreaterThan(0);
    expect(shown + bench.state.skipped).toBe(99);
  });

  test('waits when nothing comes, and goes on from the same frame', () => {
    const bench = new Bench(tableOf(Array.from({ length: 200 }, () => 0.04)));
    bench.run(0.2, () => bench.deliver((asked) => asked.filter((no) => no === 0)));
    bench.player.dispatch({ do: 'toggle' });
    bench.run(3, () => {});
    expect(bench.state.shown).toBe(0);
    expect(bench.state.playing).not.toBeNull();
  });

  test('space at the end begins again', () => {
    const bench = new Bench(uneven(5), { first: 4 });
    bench.run(0.2);
    bench.player.dispatch({ do: 'toggle' });
    bench.run(0.1);
    expect(bench.drawn.slice(0, 2)).toEqual([4, 0]);
  });

  test('a step pauses', () => {
    const bench = new Bench(uneven(20));
    bench.run(0.2);
    bench.player.dispatch({ do: 'toggle' });
    bench.run(0.3);
    const here = bench.state.shown ?? 0;
    bench.player.dispatch({ do: 'step', by: 1 });
    bench.run(1);
    expect(bench.state).toMatchObject({ playing: null, shown: here + 1 });
  });
});

describe('speed', () => {
  test('doubles, halves and turns with J and L', () => {
    const bench = new Bench(uneven(400), { first: 200 });
    bench.run(0.2);
    const press = (command: 'faster' | 'slower') => {
      bench.player.dispatch({ do: command });
      return [bench.state.playing?.direction, bench.state.speed];
    };
    expect(press('faster')).toEqual([1, 1]);
    expect(press('faster')).toEqual([1, 2]);
    expect(press('faster')).toEqual([1, 4]);
    expect(press('faster')).toEqual([1, 4]);
    expect(press('slower')).toEqual([1, 2]);
    expect(press('slower')).toEqual([1, 1]);
    expect(press('slower')).toEqual([-1, 1]);
    expect(press('slower')).toEqual([-1, 2]);
    expect(press('faster')).toEqual([-1, 1]);
    expect(press('faster')).toEqual([1, 1]);
  });

  test('stays within 1/16 and 4, and does not move the picture', () => {
    const bench = new Bench(uneven(100), { first: 50 });
    bench.run(0.2);
    for (let press = 0; press < 9; press += 1) bench.player.dispatch({ do: 'speed', by: -1 });
    expect(bench.state.speed).toBe(1 / 16);
    for (let press = 0; press < 9; press += 1) bench.player.dispatch({ do: 'speed', by: 1 });
    expect(bench.state).toMatchObject({ speed: 4, shown: 50, playing: null });
  });
});
