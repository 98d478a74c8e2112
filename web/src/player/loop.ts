/** The marked span, played again and again: pure functions. */

import type { FrameTable } from './frames.ts';
import { destination, type State } from './state.ts';

/** First and last frame that are played, both included. */
export interface Round {
  readonly first: number;
  readonly last: number;
}

/** A round of so many frames is played in exact frames, every one of them: they are all kept at hand. */
const ALL_EXACT = 16;

/** What is played again and again: from the mark in to the mark out, or to either end. */
export function roundOf(state: State, table: FrameTable): Round | null {
  if (!state.looping || table.count === 0 || (state.playing?.led ?? null) !== null) return null;
  return { first: state.markIn ?? 0, last: state.markOut ?? table.count - 1 };
}

/** The round that is being played in exact frames; `null` where reduced pictures are watched. */
export function exactRound(state: State, table: FrameTable): Round | null {
  const round = state.playing ? roundOf(state, table) : null;
  return round && round.last - round.first < ALL_EXACT ? round : null;
}

/** Where a round begins, played in `direction`. */
export function entry(round: Round, direction: 1 | -1): number {
  return direction === 1 ? round.first : round.last;
}

/** Where playing begins when it is asked for: here, if there is something of the round left to play. */
export function startIn(round: Round, state: State, direction: 1 | -1): number {
  const here = destination(state);
  const left = (entry(round, direction === 1 ? -1 : 1) - here) * direction;
  const inside = round.first <= here && here <= round.last;
  return inside && left > 0 ? here : entry(round, direction);
}

/** Whether the last frame of the round has had its whole length on the screen at clock reading `now`. */
export function isOver(state: State, round: Round, table: FrameTable, now: number): boolean {
  const { playing, shown } = state;
  if (!playing || shown === null) return false;
  const seconds = playing.from + playing.direction * state.speed * (now - playing.since);
  const over = playing.direction === 1 ? seconds >= table.endOf(round.last) : seconds <= table.at(round.first);
  // Where every frame is shown, the clock may be there before the picture is.
  const close = entry(round, playing.direction === 1 ? -1 : 1);
  const all = state.speed < 1 || exactRound(state, table) !== null;
  return over && (!all || (close - shown) * playing.direction <= 0);
}

/** The frames of the round that come after frame `no`, around to it again. */
export function around(round: Round, no: number, direction: 1 | -1): number[] {
  const count = round.last - round.first + 1;
  const at = no - round.first;
  return Array.from({ length: count }, (_, step) => round.first + ((((at + direction * (step + 1)) % count) + count) % count));
}
