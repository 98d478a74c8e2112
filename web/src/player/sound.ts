/**
 * Sound that follows the player: which piece sounds when. Knows no DOM and no Web Audio; a
 * {@link Speaker} brings them. Sound plays at the footage's own speed, forwards, or not at all.
 */

import type { FrameTable } from './frames.ts';
import type { State } from './state.ts';

/** Seconds of footage in a piece. */
export const PIECE = 2;
/** Seconds of footage that are handed to the speaker before their time. */
const AHEAD = 1;
/** Seconds by which sound may be off the picture's clock before it is cut and begun anew. */
const APART = 0.06;

/** What gives sound to the ear. */
export interface Speaker {
  /** Begins to fetch piece `no`. It may be asked for again while under way. */
  load(no: number): void;
  /** Whether piece `no` is here. */
  ready(no: number): boolean;
  /**
   * Plays piece `no` from `offset` seconds within it to its end, so that its beginning is heard when
   * the player's clock reads `at`. Pieces that follow each other join without a seam.
   */
  play(no: number, offset: number, at: number): void;
  /** Ends all that plays or waits to play. */
  silence(): void;
}

/** Ties the footage to the clock: `from` seconds of footage sounded at reading `since`. */
interface Tie {
  readonly since: number;
  readonly from: number;
}

export class Sound {
  #on = false;
  #tie: Tie | null = null;
  /** Seconds of footage up to which sound was handed over. */
  #until = 0;
  /** The frame for which the first piece was asked for. */
  #prepared: number | null = null;

  constructor(
    private readonly speaker: Speaker,
    private readonly table: FrameTable,
    /** Seconds of footage at which the sound ends. */
    private readonly end: number,
  ) {}

  /** Lets sound be heard from now on, or not any more. */
  set on(on: boolean) {
    this.#on = on;
    if (!on) this.#stop();
  }

  /** To be called once a screen refresh, with the clock of the player. */
  follow(state: State, now: number): void {
    const { playing } = state;
    const waits = playing?.held || state.wanted.length > 0;
    if (!this.#on || !playing || waits || playing.direction !== 1 || state.speed !== 1) {
      this.#stop();
      if (this.#on && state.shown !== null) this.#prepare(state);
      return;
    }
    const here = playing.from + (now - playing.since);
    const tie = this.#tie;
    if (tie && Math.abs(tie.from + (now - tie.since) - here) <= APART) {
      this.#hand(here, tie);
      return;
    }
    this.#stop();
    this.#tie = { since: now, from: here };
    this.#until = here;
    this.#hand(here, this.#tie);
  }

  #hand(here: number, tie: Tie): void {
    // What came too late is left out, so that the rest is in time.
    this.#until = Math.max(this.#until, here);
    while (this.#until < Math.min(here + AHEAD, this.end)) {
      const no = Math.floor(this.#until / PIECE);
      if (!this.speaker.ready(no)) break;
      this.speaker.play(no, this.#until - no * PIECE, tie.since + (this.#until - tie.from));
      this.#until = (no + 1) * PIECE;
    }
    const next = Math.floor(this.#until / PIECE);
    for (const no of [next, next + 1]) this.#want(no);
  }

  /** Has the first piece here before playing begins. */
  #prepare(state: State): void {
    if (this.#prepared === state.shown) return;
    this.#prepared = state.shown;
    this.#want(Math.floor(this.table.at(state.shown ?? 0) / PIECE));
  }

  #want(no: number): void {
    if (no >= 0 && no * PIECE < this.end && !this.speaker.ready(no)) this.speaker.load(no);
  }

  #stop(): void {
    if (!this.#tie) return;
    this.#tie = null;
    this.speaker.silence();
  }
}
