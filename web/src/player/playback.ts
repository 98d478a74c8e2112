/** What a clock tick, an arrival and a failure do to the state: pure functions. */

import { anchored, go, held, rest } from './commands.ts';
import type { FrameTable } from './frames.ts';
import { entry, exactRound, isOver, type Round, roundOf } from './loop.ts';
import type { State } from './state.ts';

/** What can be drawn at once. */
export interface AtHand {
  /** Whether the exact pixels of a frame are, and are to be shown. */
  exact(no: number): boolean;
  /** Whether a reduced picture of a frame is, and is to be shown: only while playing. */
  reduced(no: number): boolean;
  /** Whether playing can begin, or go on after a halt. */
  enough(): boolean;
}

/** After this many seconds without any frame in time, the clock waits for the picture. */
const STALL_SECONDS = 0.75;

/**
 * Shows what can be shown at clock reading `now`: at most one frame a call, so that each is drawn.
 * Wanted frames go first and in order; one that has not arrived holds back those behind it.
 */
export function advance(state: State, table: FrameTable, at: AtHand, now: number): State {
  const next = state.wanted[0];
  if (next !== undefined) {
    if (!drawable(next, at)) return held(state, table, now);
    return anchored({ ...shows(state, next, at), wanted: state.wanted.slice(1) }, table, now);
  }
  return state.playing && state.shown !== null ? follow(state, state.shown, table, at, now) : state;
}

function drawable(no: number, at: AtHand): boolean {
  return at.reduced(no) || at.exact(no);
}

function shows(state: State, no: number, at: AtHand): State {
  return { ...state, shown: no, exact: at.exact(no), problem: null };
}

/** A frame could not be had: the picture stays, playing stops, and steps beyond it are dropped. */
export function refused(state: State, frame: number, reason: string): State {
  if (state.wanted[0] !== frame && !state.playing) return state;
  return { ...state, wanted: [], playing: null, problem: { frame, reason } };
}

/** The frame due at clock reading `now`, by the footage's own times. */
export function due(state: State, table: FrameTable, now: number): number {
  if (!state.playing) return state.shown ?? 0;
  const { direction, since, from, led } = state.playing;
  if (led !== null) return led;
  return table.atTime(Math.max(from + direction * state.speed * (now - since), 0));
}

function follow(state: State, shown: number, table: FrameTable, at: AtHand, now: number): State {
  const { direction, led } = state.playing ?? { direction: 1, led: null };
  if (state.playing?.held) {
    if (!at.enough()) return held(state, table, now);
    return anchored({ ...state, playing: { ...state.playing, held: false } }, table, now);
  }
  const round = roundOf(state, table);
  if (round && isOver(state, round, table, now)) return go(state, entry(round, direction), table, now);
  const every = (state.speed < 1 || exactRound(state, table) !== null) && led === null;
  const target = every ? due(state, table, now) : within(due(state, table, now), round, direction);
  const ahead = (target - shown) * direction;
  if (ahead <= 0) return atEnd(shown, direction, table) && ended(state, table, now) ? rest(state) : state;
  if (every) return showNext(state, shown + direction, ahead, table, at, now);
  for (let step = ahead; step > 0; step -= 1) {
    const no = shown + direction * step;
    if (drawable(no, at)) return { ...shows(state, no, at), skipped: state.skipped + step - 1 };
  }
  const late = Math.abs(table.at(target) - table.at(shown)) / state.speed;
  return late > STALL_SECONDS && led === null ? held(state, table, now) : state;
}

/** No frame beyond the end of the round is due. */
function within(no: number, round: Round | null, direction: 1 | -1): number {
  if (!round) return no;
  return direction === 1 ? Math.min(no, round.last) : Math.max(no, round.first);
}

/** Slowed down, or in a short round, every frame is shown: the clock waits for one that is late. */
function showNext(state: State, no: number, ahead: number, table: FrameTable, at: AtHand, now: number): State {
  if (!drawable(no, at)) return state;
  const next = shows(state, no, at);
  return ahead > 1 ? anchored(next, table, now) : next;
}

function atEnd(shown: number, direction: 1 | -1, table: FrameTable): boolean {
  return direction === 1 ? shown === table.count - 1 : shown === 0;
}

/** The last frame keeps its own length on the screen before playing stops. */
function ended(state: State, table: FrameTable, now: number): boolean {
  if (!state.playing) return true;
  if (state.playing.led !== null) return false;
  const { direction, since, from } = state.playing;
  const seconds = from + direction * state.speed * (now - since);
  return direction === 1 ? seconds >= table.end : seconds <= 0;
}
