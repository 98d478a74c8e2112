/** What a clock tick, an arrival and a failure do to the state: pure functions. */

import { anchored } from './commands.ts';
import type { FrameTable } from './frames.ts';
import type { State } from './state.ts';

/** Tells whether a frame's exact pixels are at hand. */
export type Ready = (no: number) => boolean;

/** After this many seconds without any frame in time, the clock waits for the picture. */
const STALL_SECONDS = 0.75;

/**
 * Shows what can be shown at clock reading `now`: at most one frame a call, so that each is drawn.
 * Wanted frames go first and in order; one that has not arrived holds back those behind it.
 */
export function advance(state: State, table: FrameTable, ready: Ready, now: number): State {
  const next = state.wanted[0];
  if (next !== undefined) {
    if (!ready(next)) return anchored(state, table, now);
    return anchored({ ...state, shown: next, wanted: state.wanted.slice(1), problem: null }, table, now);
  }
  return state.playing && state.shown !== null ? follow(state, state.shown, table, ready, now) : state;
}

/** A frame could not be had: the picture stays, playing stops, and steps beyond it are dropped. */
export function refused(state: State, frame: number, reason: string): State {
  if (state.wanted[0] !== frame && !state.playing) return state;
  return { ...state, wanted: [], playing: null, problem: { frame, reason } };
}

/** The frame due at clock reading `now`, by the footage's own times. */
export function due(state: State, table: FrameTable, now: number): number {
  if (!state.playing) return state.shown ?? 0;
  const { direction, since, from } = state.playing;
  return table.atTime(Math.max(from + direction * state.speed * (now - since), 0));
}

function follow(state: State, shown: number, table: FrameTable, ready: Ready, now: number): State {
  const direction = state.playing?.direction ?? 1;
  const target = due(state, table, now);
  const ahead = (target - shown) * direction;
  if (ahead <= 0) return atEnd(shown, direction, table) && ended(state, table, now) ? { ...state, playing: null } : state;
  for (let step = ahead; step > 0; step -= 1) {
    const no = shown + direction * step;
    if (!ready(no)) continue;
    return { ...state, shown: no, skipped: state.skipped + step - 1, problem: null };
  }
  const late = Math.abs(table.at(target) - table.at(shown)) / state.speed;
  return late > STALL_SECONDS ? anchored(state, table, now) : state;
}

function atEnd(shown: number, direction: 1 | -1, table: FrameTable): boolean {
  return direction === 1 ? shown === table.count - 1 : shown === 0;
}

/** The last frame keeps its own length on the screen before playing stops. */
function ended(state: State, table: FrameTable, now: number): boolean {
  if (!state.playing) return true;
  const { direction, since, from } = state.playing;
  const seconds = from + direction * state.speed * (now - since);
  return direction === 1 ? seconds >= table.end : seconds <= 0;
}
