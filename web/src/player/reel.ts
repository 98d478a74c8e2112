/**
 * Pictures for watching: reduced frames that come in a row while the player plays. Decides what is
 * streamed, what is decoded and what is let go. Knows no DOM and no network; a {@link Projector}
 * brings them.
 */

import type { FrameTable } from './frames.ts';
import { due } from './playback.ts';
import { destination, type State } from './state.ts';

/** A stream of pictures: where it begins, which way it goes, and how fast it is watched. */
export interface Run {
  readonly from: number;
  readonly direction: 1 | -1;
  readonly speed: number;
}

/** What brings and decodes pictures. `Coded` is a picture as it came, `Drawn` one that can be drawn. */
export interface Projector<Coded, Drawn> {
  /** Begins a stream in place of any other; it answers through the reel. */
  start(run: Run): void;
  /** Ends the stream. */
  stop(): void;
  /** Begins to decode a picture; answers through {@link Reel.decoded}. */
  decode(no: number, coded: Coded): void;
  /** Gives up a picture. */
  free(drawn: Drawn): void;
}

/** Pictures kept as they came; the stream waits while there are so many. */
const IN_STORE = 90;
/** Pictures kept decoded. */
const DECODED = 12;
/** Pictures decoded at the same time. */
const AT_WORK = 3;
/** Pictures that must be ready before playing begins, or goes on after a halt. */
const ENOUGH = 4;
/** Seconds between the beginnings of two streams, at least. */
const APART = 0.2;

export class Reel<Coded, Drawn> {
  #run: Run | null = null;
  /** How the stream ended: with the item, or before; `null` while it goes on. */
  #over: 'whole' | 'cut' | null = null;
  /** Whether nothing of the run has come yet. */
  #fresh = false;
  /** The first of the frames that came in a row, and when it was asked for. */
  #origin = 0;
  #begun = 0;
  #problem: string | null = null;
  /** The frame that came last. */
  #last: number | null = null;
  // In the order in which they came, which is that of the run.
  readonly #coded = new Map<number, Coded>();
  readonly #atWork = new Set<number>();
  readonly #drawn = new Map<number, Drawn>();

  constructor(
    private readonly projector: Projector<Coded, Drawn>,
    /** Told why there is no stream, and `null` once there is no such reason any more. */
    private readonly told: (problem: string | null) => void = () => {},
  ) {}

  /** Whether frames are to be had here: if not, the player asks for exact ones. */
  get works(): boolean {
    return this.#problem === null;
  }

  /** Whether the stream may bring more. */
  get room(): boolean {
    return this.#coded.size < IN_STORE;
  }

  /** Whether frame `no` can be drawn at once. */
  ready(no: number): boolean {
    return this.#drawn.has(no);
  }

  /** The picture of frame `no`, if it is ready. */
  picture(no: number): Drawn | undefined {
    return this.#drawn.get(no);
  }

  /** Whether so many pictures are ready that playing can begin. */
  get enough(): boolean {
    const all = this.#over === 'whole' && this.#coded.size === 0 && this.#atWork.size === 0;
    return all || this.#drawn.size >= ENOUGH;
  }

  /** To be called once a screen refresh, after the player has chosen its frame. */
  follow(state: State, table: FrameTable, now: number): void {
    if (!state.playing) {
      this.close();
      if (this.#problem !== null) this.#tell(null);
      return;
    }
    this.#letGo(state);
    if (this.#problem === null) this.#stream(state, table, now);
    this.#decode(state, table, now);
  }

  /** Ends the stream and lets go of everything. */
  close(): void {
    if (this.#run) this.projector.stop();
    this.#run = null;
    this.#empty();
  }

  /** A picture of `run` came. */
  came(run: Run, no: number, coded: Coded): void {
    if (run !== this.#run) return;
    this.#last = no;
    this.#fresh = false;
    this.#coded.set(no, coded);
  }

  /** A picture was decoded, or could not be. */
  decoded(no: number, drawn: Drawn | null): void {
    // Let go of meanwhile, or asked for anew by another run.
    if (!this.#atWork.delete(no)) {
      if (drawn !== null) this.projector.free(drawn);
    } else if (drawn !== null) {
      const twice = this.#drawn.get(no);
      if (twice !== undefined) this.projector.free(twice);
      this.#drawn.set(no, drawn);
    }
  }

  /** The stream of `run` ended: with the item, or before. */
  ended(run: Run, whole: boolean): void {
    if (run !== this.#run) return;
    this.#over = whole ? 'whole' : 'cut';
    if (!whole && this.#fresh) this.#tell('');
  }

  /** The stream of `run` failed. */
  failed(run: Run, reason: string): void {
    if (run !== this.#run) return;
    this.#run = null;
    this.#tell(reason);
  }

  #tell(problem: string | null): void {
    this.#problem = problem;
    this.told(problem);
  }

  /** Keeps the stream that is under way, goes on from where it came to, or begins another. */
  #stream(state: State, table: FrameTable, now: number): void {
    const { playing } = state;
    if (!playing) return;
    const { direction } = playing;
    const jump = state.wanted[0];
    const next = jump ?? table.clamp(destination(state) + direction);
    const run = this.#run;
    const serves = jump === undefined ? (next - this.#origin) * direction >= 0 : this.#holds(jump);
    if (run?.direction !== direction || !(serves || (this.#fresh && run.from === next))) {
      // Whoever drags along the timeline asks for many frames and waits for the last.
      if (run && now - this.#begun < APART) return;
      this.#empty();
      this.#origin = next;
      this.#begun = now;
      this.#start({ from: next, direction, speed: state.speed });
      return;
    }
    if (this.#over === 'whole' || (this.#over === null && pace(run.speed) === pace(state.speed))) return;
    // Pictures at hand stay: the new stream goes on behind them.
    const from = this.#last === null ? run.from : this.#last + direction;
    if (from >= 0 && from < table.count) this.#start({ from, direction, speed: state.speed });
  }

  #start(run: Run): void {
    this.#run = run;
    this.#over = null;
    this.#fresh = true;
    this.projector.start(run);
  }

  #holds(no: number): boolean {
    return this.#drawn.has(no) || this.#coded.has(no) || this.#atWork.has(no);
  }

  /** Lets go of what the player has passed, or jumps over: kept, it would leave no room for the frame it waits for. */
  #letGo(state: State): void {
    const { shown, playing } = state;
    const jump = state.wanted[0];
    if (!playing || (jump === undefined ? shown === null : !this.#holds(jump))) return;
    const next = jump ?? (shown ?? 0) + playing.direction;
    const passed = (no: number) => (next - no) * playing.direction > 0;
    for (const [no, drawn] of this.#drawn) {
      if (!passed(no)) continue;
      this.#drawn.delete(no);
      this.projector.free(drawn);
    }
    for (const no of this.#coded.keys()) if (passed(no)) this.#coded.delete(no);
  }

  #decode(state: State, table: FrameTable, now: number): void {
    const { playing } = state;
    if (!playing) return;
    const late = (no: number) => (due(state, table, now) - no) * playing.direction >= 0;
    while (this.#atWork.size < AT_WORK && this.#drawn.size + this.#atWork.size < DECODED) {
      const [first, second] = this.#coded.keys();
      if (first === undefined) return;
      const coded = this.#coded.get(first) as Coded;
      this.#coded.delete(first);
      // Its time is over, and that of the one after it has come: decoding it would make that late too.
      if (second !== undefined && late(second) && state.speed >= 1 && !playing.held && state.wanted.length === 0) continue;
      this.#atWork.add(first);
      this.projector.decode(first, coded);
    }
  }

  #empty(): void {
    for (const drawn of this.#drawn.values()) this.projector.free(drawn);
    this.#drawn.clear();
    this.#coded.clear();
    this.#atWork.clear();
    this.#last = null;
  }
}

/** What a speed means to a stream: whether frames may be left out, and for how much haste. */
function pace(speed: number): number {
  return Math.max(speed, 0.5);
}
