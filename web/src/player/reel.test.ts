import { describe, expect, test } from 'vitest';
import { Bench, tableOf, uneven } from './bench.ts';

const RATE = 25;
const steady = (count: number) => tableOf(Array.from({ length: count }, () => 1 / RATE));

/** A bench whose exact frame `first` is on the screen, with a stream to be had. */
function at(first: number, table = steady(400)): Bench {
  const bench = new Bench(table, { first, watching: true });
  bench.run(0.2);
  expect(bench.drawn).toEqual([first]);
  return bench;
}

describe('watching', () => {
  test('nothing is streamed until somebody plays, and nothing after', () => {
    const bench = at(0);
    expect(bench.runs).toEqual([]);
    bench.player.dispatch({ do: 'toggle' });
    bench.run(1, () => bench.stream(2));
    expect(bench.runs).toEqual([{ from: 1, direction: 1, speed: 1 }]);
    bench.player.dispatch({ do: 'pause' });
    bench.run(0.1);
    expect(bench.stopped).toBe(1);
    bench.run(1);
    expect(bench.runs.length).toBe(1);
  });

  test('shows every frame once, in order, for its own time, none of them as exact', () => {
    const bench = at(0, uneven(40));
    bench.player.dispatch({ do: 'toggle' });
    bench.run(6, () => bench.stream(2));
    const numbers = Array.from({ length: 40 }, (_, no) => no);
    expect(bench.drawn).toEqual(numbers);
    expect(bench.exact.slice(1)).toEqual(numbers.slice(1).map(() => false));
    expect(bench.state.skipped).toBe(0);
  });

  test('no exact frame is fetched meanwhile, and the exact frame replaces the picture at rest', () => {
    const bench = at(10);
    bench.player.dispatch({ do: 'toggle' });
    bench.asked.length = 0;
    bench.run(1, () => bench.stream(2));
    expect(bench.asked).toEqual([]);
    const here = bench.state.shown ?? 0;
    expect(bench.state.exact).toBe(false);
    bench.player.dispatch({ do: 'pause' });
    expect(bench.state).toMatchObject({ shown: here, exact: false, wanted: [here] });
    bench.run(0.1);
    expect(bench.state).toMatchObject({ shown: here, exact: true, wanted: [] });
    expect([bench.drawn.at(-1), bench.exact.at(-1)]).toEqual([here, true]);
  });

  test('the last frame is exact when playing has ended', () => {
    const bench = at(380);
    bench.player.dispatch({ do: 'toggle' });
    bench.run(2, () => {
      bench.stream(2);
      bench.deliver();
    });
    expect(bench.state).toMatchObject({ shown: 399, exact: true, playing: null });
  });

  test('an exact frame that cannot be had leaves the picture and says that it is not exact', () => {
    const bench = at(10);
    bench.player.dispatch({ do: 'toggle' });
    bench.run(1, () => bench.stream(2));
    bench.player.dispatch({ do: 'pause' });
    bench.run(0.1, () => {
      for (const no of bench.asked.splice(0)) bench.player.failed(no, 'gone');
    });
    expect(bench.state).toMatchObject({ exact: false, problem: { reason: 'gone' } });
  });

  test('the clock waits for the first pictures, and again after a halt', () => {
    const bench = at(0);
    bench.player.dispatch({ do: 'toggle' });
    bench.run(2, () => {});
    expect(bench.state.shown).toBe(0);
    bench.stream(6);
    bench.run(0.5, () => {});
    expect(bench.drawn).toEqual([0, 1, 2, 3, 4, 5, 6]);
    bench.run(2, () => {});
    bench.run(0.5, () => bench.stream(2));
    expect(bench.drawn.slice(0, 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(bench.state.skipped).toBe(0);
  });

  test('what comes too late is left out and counted, and not even decoded', () => {
    const bench = at(0);
    bench.player.dispatch({ do: 'toggle' });
    bench.run(0.2, () => bench.stream(3));
    let refresh = 0;
    bench.run(8, () => {
      refresh += 1;
      if (refresh % 30 === 0) bench.stream(8);
    });
    expect(bench.state.skipped).toBeGreaterThan(0);
    expect(new Set(bench.drawn).size).toBe(bench.drawn.length);
    expect(bench.drawn).toEqual([...bench.drawn].sort((one, other) => one - other));
    expect(bench.drawn.length - 1 + bench.state.skipped).toBe(bench.drawn.at(-1));
    expect(bench.decoded).toBeLessThan(bench.state.shown ?? 0);
  });

  test('slowed down, every frame is shown however late it comes', () => {
    const bench = at(0);
    bench.player.dispatch({ do: 'speed', by: -1 });
    bench.player.dispatch({ do: 'toggle' });
    let refresh = 0;
    bench.run(10, () => {
      refresh += 1;
      if (refresh % 30 === 0) bench.stream(4);
    });
    expect(bench.drawn.length).toBeGreaterThan(60);
    expect(bench.drawn).toEqual(bench.drawn.map((_, no) => no));
    expect(bench.state.skipped).toBe(0);
  });

  test('frames that the stream leaves out are counted', () => {
    const bench = at(0);
    bench.player.dispatch({ do: 'toggle' });
    bench.run(0.1, () => {});
    const run = bench.runs.at(-1);
    for (let no = 1; run && no < 60; no += 3) bench.reel?.came(run, no, no);
    bench.run(2, () => {});
    expect(bench.drawn.slice(0, 6)).toEqual([0, 1, 4, 7, 10, 13]);
    expect(bench.state.skipped).toBe(2 * (bench.drawn.length - 2));
  });
});

describe('the stream', () => {
  test('begins anew at a jump and when playing turns', () => {
    const bench = at(50);
    bench.player.dispatch({ do: 'toggle' });
    bench.run(1, () => bench.stream(2));
    bench.player.dispatch({ do: 'go', frame: 300 });
    bench.run(1, () => bench.stream(2));
    expect(bench.runs.at(-1)).toEqual({ from: 300, direction: 1, speed: 1 });
    expect(bench.drawn).toContain(300);
    const here = bench.state.shown ?? 0;
    bench.player.dispatch({ do: 'slower' });
    bench.run(1, () => bench.stream(2));
    expect(bench.runs.at(-1)).toEqual({ from: here - 1, direction: -1, speed: 1 });
    const back = bench.drawn.slice(bench.drawn.indexOf(here));
    expect(back).toEqual(back.map((_, step) => here - step));
  });

  test('serves a jump to a picture far behind those at hand', () => {
    const bench = at(0);
    bench.player.dispatch({ do: 'toggle' });
    bench.run(0.1, () => {});
    bench.stream(100);
    bench.run(0.3, () => {});
    bench.player.dispatch({ do: 'go', frame: 85 });
    bench.run(0.5, () => bench.stream(2));
    expect(bench.runs.length).toBe(1);
    expect(bench.drawn).toContain(85);
    expect(bench.state.shown).toBeGreaterThan(90);
  });

  test('goes on behind the pictures at hand when the speed changes or it was cut', () => {
    const bench = at(0);
    bench.player.dispatch({ do: 'toggle' });
    bench.run(0.3, () => {});
    bench.stream(30);
    bench.run(0.4, () => {});
    bench.player.dispatch({ do: 'speed', by: 1 });
    bench.run(0.05, () => {});
    expect(bench.runs.at(-1)).toEqual({ from: 31, direction: 1, speed: 2 });
    bench.stream(10);
    const run = bench.runs.at(-1);
    if (run) bench.reel?.ended(run, false);
    bench.run(0.05, () => {});
    expect(bench.runs.at(-1)).toEqual({ from: 41, direction: 1, speed: 2 });
    bench.run(1, () => bench.stream(2));
    const drawn = bench.drawn;
    expect(drawn).toEqual([...drawn].sort((one, other) => one - other));
    expect(drawn).toContain(41);
  });

  test('does not change between speeds below the half', () => {
    const bench = at(0);
    for (let press = 0; press < 2; press += 1) bench.player.dispatch({ do: 'speed', by: -1 });
    bench.player.dispatch({ do: 'toggle' });
    bench.run(0.5, () => bench.stream(2));
    bench.player.dispatch({ do: 'speed', by: -1 });
    bench.run(0.5, () => bench.stream(2));
    expect(bench.runs.length).toBe(1);
  });

  test('that fails gives way to exact frames, and is tried again the next time', () => {
    const bench = at(0);
    bench.player.dispatch({ do: 'toggle' });
    bench.run(0.1, () => {});
    const run = bench.runs.at(-1);
    if (run) bench.reel?.failed(run, 'too many');
    expect(bench.reel?.works).toBe(false);
    bench.run(1);
    expect(bench.state.shown).toBeGreaterThan(10);
    expect(bench.exact.every(Boolean)).toBe(true);
    bench.player.dispatch({ do: 'pause' });
    bench.run(0.1);
    bench.player.dispatch({ do: 'toggle' });
    bench.run(0.1);
    expect(bench.runs.length).toBe(2);
  });

  test('holds no more pictures than there is room for, and lets go of all', () => {
    const bench = at(0);
    bench.player.dispatch({ do: 'toggle' });
    bench.run(0.05, () => {});
    bench.stream(1000);
    expect(bench.reel?.room).toBe(false);
    bench.run(1, () => bench.stream(1000));
    bench.player.dispatch({ do: 'pause' });
    bench.run(0.1);
    expect(bench.freed).toBe(bench.decoded);
  });

  test('is not begun for each frame of a drag along the timeline', () => {
    const bench = at(0);
    bench.player.dispatch({ do: 'toggle' });
    bench.run(0.5, () => bench.stream(2));
    for (let frame = 100; frame < 130; frame += 1) {
      bench.player.dispatch({ do: 'go', frame });
      bench.run(1 / 60, () => {});
    }
    expect(bench.runs.length).toBeLessThan(6);
    bench.run(1, () => bench.stream(2));
    expect(bench.drawn).toContain(129);
  });

  test('goes on from the same frame when the tab comes back to the front', () => {
    const bench = at(0);
    bench.player.dispatch({ do: 'toggle' });
    bench.run(1, () => bench.stream(2));
    const here = bench.state.shown ?? 0;
    bench.clock += 60;
    bench.run(0.2, () => bench.stream(2));
    expect(bench.state.shown).toBeLessThan(here + 8);
    expect(bench.state.skipped).toBe(0);
  });
});

describe('a player that is led', () => {
  test('shows what the other clock has come to, and jumps where that is far', () => {
    const bench = at(0);
    for (let frame = 0; frame < 40; frame += 1) {
      bench.player.dispatch({ do: 'lead', frame: 200 + frame, direction: 1, speed: 1 });
      bench.run(1 / RATE, () => bench.stream(3));
    }
    expect(bench.runs).toEqual([{ from: 200, direction: 1, speed: 1 }]);
    expect(bench.drawn.slice(1)).toEqual(bench.drawn.slice(1).map((_, step) => 200 + step));
    expect(bench.state.shown).toBeGreaterThan(236);
    bench.player.dispatch({ do: 'go', frame: 250 });
    bench.run(0.2);
    expect(bench.state).toMatchObject({ shown: 250, exact: true, playing: null });
  });
});
