/** A player on a table, with a clock and arrivals that a test moves by hand. */

import { type Frame, FrameTable } from './frames.ts';
import { Player } from './player.ts';
import type { State } from './state.ts';

/** A table from the seconds that each frame stays; timestamps in milliseconds. */
export function tableOf(durations: readonly number[]): FrameTable {
  const frames: Frame[] = [];
  let at_s = 0;
  for (const [no, duration_s] of durations.entries()) {
    frames.push({ no, pts: Math.round(at_s * 1000), at_s, duration_s });
    at_s += duration_s;
  }
  return new FrameTable(frames);
}

/** Frames of uneven length: 40, 80, 240, 40, … milliseconds. */
export function uneven(count: number): FrameTable {
  const lengths = [0.04, 0.08, 0.24, 0.04, 0.12];
  return tableOf(Array.from({ length: count }, (_, no) => lengths[no % lengths.length] ?? 0.04));
}

/** Frames are asked for through `asked`, and come when the test says so. */
export class Bench {
  clock = 0;
  readonly asked: number[] = [];
  readonly drawn: number[] = [];
  readonly here = new Set<number>();
  readonly player: Player;
  state: State;

  constructor(readonly table: FrameTable, first = 0) {
    this.player = new Player(
      table,
      {
        now: () => this.clock,
        load: (no) => void this.asked.push(no),
        ready: (no) => this.here.has(no),
        show: (no) => void this.drawn.push(no),
      },
      (state) => {
        this.state = state;
      },
      first,
    );
    this.state = this.player.state;
  }

  /** Delivers the frames asked for so far, in the order given by `pick`. */
  deliver(pick: (asked: number[]) => number[] = (asked) => asked): void {
    for (const no of pick(this.asked.splice(0))) {
      this.here.add(no);
      this.player.arrived(no);
    }
  }

  /** Screen refreshes of 1/60 s for `seconds`, with `each` before every one. */
  run(seconds: number, each: () => void = () => this.deliver()): void {
    const end = this.clock + seconds;
    while (this.clock < end) {
      each();
      this.player.tick();
      this.clock += 1 / 60;
    }
  }
}
