/**
 * The player: keeps the state, asks the driver for frames and hands it the ones to draw. Knows no
 * DOM, no network and no clock; a {@link Driver} brings them.
 */

import { BESIDE, worthHaving } from './ahead.ts';
import { apply, held } from './commands.ts';
import type { FrameTable } from './frames.ts';
import { exactRound } from './loop.ts';
import { advance, type AtHand, refused } from './playback.ts';
import type { Reel } from './reel.ts';
import { type Command, initial, type State } from './state.ts';

/** What the player needs from the world around it. */
export interface Driver {
  /** Seconds of a clock that never runs back. */
  now(): number;
  /** Begins to fetch frame `no`; answers through {@link Player.arrived} or {@link Player.failed}. */
  load(no: number): void;
  /** Gives up a frame that is being fetched: nothing is answered any more. */
  drop(no: number): void;
  /** Whether exact frame `no` can be drawn at once. Frames may be dropped at any time. */
  ready(no: number): boolean;
  /** Draws frame `no`, which is ready: exactly, or as the reduced picture of the reel. */
  show(no: number, exact: boolean): void;
  /** Pictures for watching; `null` while exact frames alone are to be shown. */
  readonly reel: Watched | null;
}

/** What the player needs of a {@link Reel}. */
export type Watched = Pick<Reel<unknown, unknown>, 'works' | 'enough' | 'ready' | 'follow'>;

/** Requests under way at most: the server decodes one file in one process, in order. */
const UNDER_WAY = 3;
/** Share of the newest reading in the running estimate of the pace. */
const PACE_WEIGHT = 0.25;
/** Seconds without a screen refresh after which nobody was looking. */
const ASLEEP = 1;

export class Player {
  #state: State;
  readonly #underWay = new Map<number, number>();
  /** Frames that could not be had: asked for again only when somebody wants to see them. */
  readonly #refused = new Set<number>();
  #expected: number | null = null;
  #pace = 0;
  #arrivedAt: number | null = null;
  #ticked = Number.POSITIVE_INFINITY;

  constructor(
    readonly table: FrameTable,
    private readonly driver: Driver,
    private readonly changed: (state: State) => void,
    first = 0,
  ) {
    this.#state = initial(table.clamp(first));
  }

  get state(): State {
    return this.#state;
  }

  /** Carries out a command; the picture is asked for at once and follows at a later {@link tick}. */
  dispatch(command: Command): void {
    this.#update(apply(this.#state, command, this.table, this.driver.now()));
    this.#fetch();
  }

  /** Somebody is about to ask for frame `no`, and nobody is any more for `null`. */
  expect(no: number | null): void {
    const before = this.#expected;
    this.#expected = no;
    if (before !== null && before !== no && !this.#worthHaving().includes(before)) this.#giveUp(before);
  }

  /** To be called once a screen refresh: draws one frame at most, so that each is really seen. */
  tick(): void {
    const now = this.driver.now();
    const before = this.#state;
    const after = advance(this.#awake(before, now), this.table, this.#atHand(), now);
    const other = after.shown !== before.shown || after.exact !== before.exact;
    if (after.shown !== null && other) this.driver.show(after.shown, after.exact);
    this.#update(after);
    // Exact frames alone are shown: nothing is to be streamed.
    const streamed = exactRound(after, this.table) === null;
    this.driver.reel?.follow(streamed ? after : { ...after, playing: null }, this.table, now);
    this.#fetch();
  }

  #atHand(): AtHand {
    const reel = this.#watching ? this.driver.reel : null;
    return {
      exact: (no) => reel === null && this.driver.ready(no),
      reduced: (no) => reel?.ready(no) ?? false,
      enough: () => reel?.enough ?? true,
    };
  }

  /** Whether reduced pictures are shown rather than exact frames. */
  get #watching(): boolean {
    const { playing } = this.#state;
    return playing !== null && exactRound(this.#state, this.table) === null && (this.driver.reel?.works ?? false);
  }

  /** While nothing was drawn, in a tab behind another, the clock stood. */
  #awake(state: State, now: number): State {
    const asleep = now - this.#ticked > ASLEEP;
    this.#ticked = now;
    return asleep ? held(state, this.table, now) : state;
  }

  /** Frame `no` came, in whatever order: it is kept, and shown only when its turn comes. */
  arrived(no: number): void {
    this.#measure(no);
  }

  /** Frame `no` could not be had. */
  failed(no: number, reason: string): void {
    this.#underWay.delete(no);
    this.#refused.add(no);
    this.#update(refused(this.#state, no, reason));
  }

  #fetch(): void {
    if (this.#state.problem || this.#watching) return;
    const now = this.driver.now();
    const { wanted, shown } = this.#state;
    const awaited = wanted.find((no) => !this.driver.ready(no));
    if (awaited !== undefined) this.#clear(awaited);
    const jumped = awaited !== undefined && (shown === null || Math.abs(awaited - shown) > BESIDE);
    for (const no of this.#worthHaving()) {
      if (this.#underWay.size >= UNDER_WAY) return;
      if (this.#underWay.has(no) || this.driver.ready(no)) continue;
      if (this.#refused.has(no) && !wanted.includes(no)) continue;
      // Neighbours would take the processors that a frame far away is decoded with.
      if (jumped && !wanted.includes(no)) return;
      this.#underWay.set(no, now);
      this.driver.load(no);
    }
  }

  /** Gives up what was asked for far from the frame that is waited for: it would be decoded first. */
  #clear(awaited: number): void {
    for (const no of this.#underWay.keys()) {
      if (Math.abs(no - awaited) > 2 * BESIDE) this.#giveUp(no);
    }
  }

  #giveUp(no: number): void {
    if (this.#underWay.delete(no)) this.driver.drop(no);
  }

  #worthHaving(): number[] {
    return worthHaving(this.#state, this.table, this.driver.now(), this.#pace, this.#expected);
  }

  /** Seconds from one arrival to the next, while requests wait for each other. */
  #measure(no: number): void {
    const now = this.driver.now();
    const asked = this.#underWay.get(no);
    this.#underWay.delete(no);
    if (asked !== undefined) {
      const took = now - Math.max(asked, this.#arrivedAt ?? asked);
      this.#pace += PACE_WEIGHT * (took - this.#pace);
    }
    this.#arrivedAt = now;
  }

  #update(state: State): void {
    if (state === this.#state) return;
    this.#state = state;
    this.changed(state);
  }
}
