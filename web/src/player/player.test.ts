import { describe, expect, test } from 'vitest';
import { Bench, uneven } from './bench.ts';

const COUNT = 40;
const all = Array.from({ length: COUNT }, (_, no) => no);

function walk(bench: Bench, by: 1 | -1, presses: number, each?: () => void): void {
  for (let press = 0; press < presses; press += 1) {
    bench.player.dispatch({ do: 'step', by });
    bench.run(1 / 60, each);
  }
  bench.run(2, each);
}

describe('stepping', () => {
  test('shows every frame once, in both directions', () => {
    const bench = new Bench(uneven(COUNT));
    bench.run(0.1);
    walk(bench, 1, COUNT + 3);
    expect(bench.drawn).toEqual(all);
    walk(bench, -1, COUNT + 3);
    expect(bench.drawn).toEqual([...all, ...all.toReversed().slice(1)]);
  });

  test('skips nothing when frames come late and in the wrong order', () => {
    const bench = new Bench(uneven(COUNT));
    let refresh = 0;
    const late = () => {
      refresh += 1;
      if (refresh % 7 === 0) bench.deliver((asked) => asked.toReversed());
    };
    bench.run(0.5, late);
    walk(bench, 1, COUNT, late);
    bench.run(20, late);
    expect(bench.drawn).toEqual(all);
  });

  test('draws one frame a refresh even when keys come faster', () => {
    const bench = new Bench(uneven(COUNT));
    bench.run(0.2);
    for (let press = 0; press < 3; press += 1) bench.player.dispatch({ do: 'step', by: 1 });
    bench.player.tick();
    expect(bench.drawn).toEqual([0, 1]);
    bench.player.tick();
    expect(bench.drawn).toEqual([0, 1, 2]);
  });

  test('a held key does not run ahead of the picture', () => {
    const bench = new Bench(uneven(COUNT));
    bench.run(0.1);
    for (let press = 0; press < 30; press += 1) bench.player.dispatch({ do: 'step', by: 1, held: true });
    expect(bench.state.wanted).toEqual([1, 2]);
  });
});

describe('arrivals', () => {
  test('a frame that is no longer wanted is not shown when it comes', () => {
    const bench = new Bench(uneven(COUNT));
    bench.run(0.1);
    bench.player.dispatch({ do: 'go', frame: 30 });
    bench.player.tick();
    const old = bench.asked.splice(0);
    bench.player.dispatch({ do: 'go', frame: 20 });
    for (const no of old) {
      bench.here.add(no);
      bench.player.arrived(no);
    }
    bench.player.tick();
    expect(bench.drawn).toEqual([0]);
    bench.run(0.2);
    expect(bench.drawn).toEqual([0, 20]);
  });

  test('asks for the frame that was jumped to alone, then for its neighbours, and never twice', () => {
    const bench = new Bench(uneven(COUNT), { first: 12 });
    bench.player.tick();
    bench.player.tick();
    expect(bench.asked).toEqual([12]);
    bench.deliver();
    bench.player.tick();
    bench.player.tick();
    expect(bench.asked).toEqual([13, 11, 14]);
  });

  test('gives up what was asked for elsewhere when somebody jumps, and nothing when they step', () => {
    const bench = new Bench(uneven(COUNT));
    bench.run(0.1);
    bench.player.dispatch({ do: 'step', by: 1 });
    bench.player.tick();
    expect(bench.asked).toEqual([4]);
    bench.player.dispatch({ do: 'step', by: 1 });
    bench.player.tick();
    expect(bench.dropped).toEqual([]);
    const [under] = bench.asked;
    bench.player.dispatch({ do: 'go', frame: 30 });
    bench.player.tick();
    expect(bench.dropped).toContain(under);
    expect(bench.asked).toEqual([30]);
    // Whoever comes back after all asks again.
    bench.player.dispatch({ do: 'go', frame: under ?? 0 });
    bench.player.tick();
    expect(bench.asked[0]).toBe(under);
  });

  test('fetches what somebody is about to ask for before the neighbours of what is on show', () => {
    const bench = new Bench(uneven(COUNT));
    bench.run(1 / 60);
    bench.deliver();
    bench.player.expect(30);
    bench.player.tick();
    expect(bench.asked.slice(0, 2)).toEqual([30, 1]);
    bench.run(0.1);
    bench.player.dispatch({ do: 'go', frame: 30 });
    bench.player.tick();
    expect(bench.drawn).toEqual([0, 30]);
  });

  test('gives up what nobody is about to ask for any more, unless somebody did', () => {
    const bench = new Bench(uneven(COUNT));
    bench.run(0.1);
    bench.player.expect(30);
    bench.player.tick();
    bench.player.expect(20);
    bench.player.tick();
    expect(bench.dropped).toEqual([30]);
    expect(bench.asked).toContain(20);
    bench.player.dispatch({ do: 'go', frame: 20 });
    bench.player.expect(null);
    expect(bench.dropped).toEqual([30]);
  });

  test('asks for the frame of a command at once', () => {
    const bench = new Bench(uneven(COUNT));
    bench.run(0.1);
    bench.player.dispatch({ do: 'go', frame: 30 });
    expect(bench.asked).toEqual([30]);
  });

  test('a frame that cannot be had stops there and says so', () => {
    const bench = new Bench(uneven(COUNT));
    bench.run(0.1);
    bench.player.dispatch({ do: 'go', frame: 30 });
    bench.player.tick();
    bench.player.failed(30, 'gone');
    bench.run(0.2, () => {});
    expect(bench.state).toMatchObject({ shown: 0, wanted: [], problem: { frame: 30, reason: 'gone' } });
  });

  test('a neighbour that cannot be had is not asked for again until wanted', () => {
    const bench = new Bench(uneven(COUNT));
    bench.run(0.1, () => bench.deliver((asked) => asked.filter((no) => no === 0)));
    bench.player.failed(1, 'gone');
    bench.asked.length = 0;
    bench.run(0.1, () => {});
    expect(bench.asked).not.toContain(1);
    bench.player.dispatch({ do: 'step', by: 1 });
    bench.player.tick();
    expect(bench.asked).toContain(1);
  });
});
