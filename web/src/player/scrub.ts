/**
 * Following a pointer along the timeline. A frame far from its key frame takes long to decode; the key frame does not.
 * So the key frames passed on the way are shown, each exactly and by its own number, and where the pointer rests the
 * frame under it. Pure: whoever owns the player asks what is {@link Scrub.due}.
 */

import { destination, type State } from './state.ts';

/** Seconds without a move after which the pointer rests. */
const RESTING = 0.12;
/** Frames from the one on show within which the frame itself is as quick as a key frame: it was decoded beside it. */
const NEAR = 12;

export class Scrub {
  /** The frame under the pointer. */
  #aim: number | null = null;
  #moved = 0;
  /** The frame asked for on the way: it is waited for, or none would be seen while the pointer moves. */
  #passing: number | null = null;
  /** What was asked for last; not again, whether it came or could not be had. */
  #asked: number | null = null;

  /** `keys`: numbers of the key frames, ascending. */
  constructor(private readonly keys: readonly number[]) {}

  /** The pointer came to be over frame `frame` at clock reading `now` (seconds). */
  over(frame: number, now: number): void {
    this.#aim = frame;
    this.#moved = now;
  }

  /** The pointer let go. */
  end(): void {
    this.#aim = this.#passing = this.#asked = null;
  }

  /** The frame that the player is to go to now; `null` for none. */
  due(state: State, now: number): number | null {
    if (this.#aim === null) return null;
    if (now - this.#moved >= RESTING) {
      this.#passing = null;
      return this.#ask(this.#aim, state);
    }
    if (state.wanted.length > 0 && destination(state) === this.#passing) return null;
    const near = state.shown !== null && Math.abs(this.#aim - state.shown) <= NEAR;
    const next = near ? this.#aim : this.keys.findLast((key) => key <= (this.#aim ?? 0));
    if (next === undefined) return null;
    this.#passing = next;
    return this.#ask(next, state);
  }

  #ask(frame: number, state: State): number | null {
    if (frame === this.#asked || frame === destination(state)) return null;
    this.#asked = frame;
    return frame;
  }
}
