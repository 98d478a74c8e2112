/** A player on a table, with a clock and arrivals that a test moves by hand. */

import { type Frame, FrameTable } from './frames.ts';
import { Player } from './player.ts';
import { type Projector, Reel, type Run } from './reel.ts';
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

/** What a bench stands on: an item with a stream of reduced pictures, or without. */
export interface Setting {
  readonly first?: number;
  readonly watching?: boolean;
}

/** Frames are asked for through `asked`, streams through `runs`; they come when the test says so. */
export class Bench {
  clock = 0;
  readonly asked: number[] = [];
  /** Frames that were given up on their way. */
  readonly dropped: number[] = [];
  readonly drawn: number[] = [];
  /** For each of `drawn`, whether it was the exact frame. */
  readonly exact: boolean[] = [];
  readonly here = new Set<number>();
  /** Streams that were begun, and how many were ended. */
  readonly runs: Run[] = [];
  stopped = 0;
  /** Reduced pictures that are held by nobody any more. */
  freed = 0;
  decoded = 0;
  readonly reel: Reel<number, number> | null;
  readonly player: Player;
  state: State;
  #next = 0;

  constructor(
    readonly table: FrameTable,
    { first = 0, watching = false }: Setting = {},
  ) {
    this.reel = watching ? new Reel(this.#projector()) : null;
    this.player = new Player(
      table,
      {
        now: () => this.clock,
        load: (no) => void this.asked.push(no),
        drop: (no) => {
          const at = this.asked.indexOf(no);
          if (at >= 0) this.asked.splice(at, 1);
          this.dropped.push(no);
        },
        ready: (no) => this.here.has(no),
        show: (no, exact) => {
          this.drawn.push(no);
          this.exact.push(exact);
        },
        reel: this.reel,
      },
      (state) => {
        this.state = state;
      },
      first,
    );
    this.state = this.player.state;
  }

  #projector(): Projector<number, number> {
    return {
      start: (run) => {
        this.runs.push(run);
        this.#next = run.from;
      },
      stop: () => void (this.stopped += 1),
      decode: (no, coded) => {
        this.decoded += 1;
        this.reel?.decoded(no, coded);
      },
      free: () => void (this.freed += 1),
    };
  }

  /** Brings the next `count` pictures of the stream, while there is room for them. */
  stream(count = 1): void {
    const run = this.runs.at(-1);
    for (let turn = 0; run && turn < count && this.reel?.room; turn += 1) {
      if (this.#next < 0 || this.#next >= this.table.count) return this.reel.ended(run, true);
      this.reel.came(run, this.#next, this.#next);
      this.#next += run.direction;
    }
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
