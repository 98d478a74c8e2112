/** What each command does to the state: pure functions. */

import type { FrameTable } from './frames.ts';
import { entry, roundOf, startIn } from './loop.ts';
import { type Command, destination, SPEEDS, type State } from './state.ts';

/** A held key may run this many frames ahead of the picture, so that letting go stops at once. */
const HELD_AHEAD = 2;

/** The state after `command` at clock reading `now` (seconds). */
export function apply(state: State, command: Command, table: FrameTable, now: number): State {
  switch (command.do) {
    case 'step':
      return step(rest(state), command.by, command.held ?? false, table);
    case 'shift':
      return go(state, table.atTime(Math.max(table.at(destination(state)) + command.seconds, 0)), table, now);
    case 'go':
      return go(state, command.frame, table, now);
    case 'toggle':
      return state.playing ? rest(state) : play(state, 1, table, now);
    case 'play':
      return play(state, command.direction, table, now);
    case 'lead':
      return lead(state, command, table, now);
    case 'slower':
      return shuttle(state, -1, table, now);
    case 'faster':
      return shuttle(state, 1, table, now);
    case 'pause':
      return rest(state);
    case 'speed':
      return anchored({ ...state, speed: neighbour(state.speed, command.by) }, table, now);
    case 'mark':
      return mark(state, command.end);
    case 'clear-marks':
      return { ...state, markIn: null, markOut: null, looping: false };
    case 'loop':
      return loop(state, table, now);
  }
}

/** Ties the clock to the frame on show, after a jump, a stall or a change of speed. */
export function anchored(state: State, table: FrameTable, now: number): State {
  if (!state.playing) return state;
  return { ...state, playing: { ...state.playing, since: now, from: anchor(destination(state), state.playing.direction, table) } };
}

/** The clock stands at the frame on show until enough pictures are at hand. */
export function held(state: State, table: FrameTable, now: number): State {
  if (!state.playing) return state;
  return anchored({ ...state, playing: { ...state.playing, held: true } }, table, now);
}

/** Stops. A picture that is not the exact frame must give way to it. */
export function rest(state: State): State {
  if (!state.playing) return state;
  const owed = state.wanted.length === 0 && state.shown !== null && !state.exact;
  return { ...state, playing: null, wanted: owed && state.shown !== null ? [state.shown] : state.wanted };
}

/** Where in the footage playing begins: a frame keeps its whole length on the screen, both ways. */
function anchor(no: number, direction: 1 | -1, table: FrameTable): number {
  return direction === 1 ? table.at(no) : table.endOf(no);
}

function step(state: State, by: 1 | -1, held: boolean, table: FrameTable): State {
  if (held && state.wanted.length >= HELD_AHEAD) return state;
  const from = destination(state);
  const next = table.clamp(from + by);
  if (next === from) return state;
  return { ...state, wanted: [...state.wanted, next], problem: null };
}

/** Puts a frame on show. While somebody else's clock leads, that ends. */
export function go(state: State, frame: number, table: FrameTable, now: number): State {
  if (state.playing && state.playing.led !== null) return go(rest(state), frame, table, now);
  const next = table.clamp(frame);
  const there = next === state.shown && (state.exact || state.playing !== null);
  return held({ ...state, wanted: there ? [] : [next], problem: null }, table, now);
}

function play(state: State, direction: 1 | -1, table: FrameTable, now: number): State {
  const atEnd = direction === 1 ? destination(state) === table.count - 1 : destination(state) === 0;
  const round = roundOf({ ...state, playing: null }, table);
  if (table.count < 2 || (atEnd && direction === -1 && !round)) return rest(state);
  // Playing on at the end begins again, as every player does; backwards at the start stays there.
  const again = atEnd && direction === 1 ? 0 : destination(state);
  const start = round ? startIn(round, state, direction) : again;
  const playing = { direction, since: now, from: anchor(start, direction, table), held: true, led: null };
  return { ...state, skipped: 0, problem: null, wanted: start === state.shown ? [] : [start], playing };
}

/** Plays the marked span from its beginning, again and again; once more, and it is played no more than to its end. */
function loop(state: State, table: FrameTable, now: number): State {
  if (state.looping) return { ...state, looping: false };
  const looping = { ...state, looping: true };
  const round = roundOf({ ...looping, playing: null }, table);
  if (!round) return state;
  const direction = state.playing?.direction ?? 1;
  return play({ ...looping, wanted: [entry(round, direction)] }, direction, table, now);
}

/** Frames a player that is led may be behind or off before it jumps. */
const LED_APART = 60;

/** Shows what somebody else's clock has come to, at that clock's speed. */
function lead(state: State, to: { frame: number; direction: 1 | -1; speed: number }, table: FrameTable, now: number): State {
  const led = table.clamp(to.frame);
  const here = destination(state);
  const behind = (led - here) * to.direction;
  const wanted = behind < 0 || behind > LED_APART ? [led] : state.wanted;
  const playing = { direction: to.direction, since: now, from: anchor(here, to.direction, table), held: false, led };
  return { ...state, speed: to.speed, playing, wanted, problem: null };
}

/** L (`way` 1) and J (`way` -1): the other way round first slows down to normal, then turns. */
function shuttle(state: State, way: 1 | -1, table: FrameTable, now: number): State {
  if (!state.playing) return play({ ...state, speed: 1 }, way, table, now);
  const same = state.playing.direction === way;
  if (same || state.speed > 1) {
    return anchored({ ...state, speed: neighbour(state.speed, same ? 1 : -1) }, table, now);
  }
  return play({ ...state, speed: 1 }, way, table, now);
}

function mark(state: State, end: 'in' | 'out'): State {
  const here = destination(state);
  if (end === 'in') {
    const markOut = state.markOut !== null && state.markOut < here ? null : state.markOut;
    return { ...state, markIn: here, markOut };
  }
  const markIn = state.markIn !== null && state.markIn > here ? null : state.markIn;
  return { ...state, markOut: here, markIn };
}

function neighbour(speed: number, by: 1 | -1): number {
  const index = SPEEDS.findIndex((known) => known === speed) + by;
  return SPEEDS[Math.min(Math.max(index, 0), SPEEDS.length - 1)] ?? 1;
}
