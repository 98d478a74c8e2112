/** Which frames to fetch next: a pure policy. */

import type { FrameTable } from './frames.ts';
import { around, exactRound } from './loop.ts';
import { due } from './playback.ts';
import type { State } from './state.ts';

/** Neighbours kept ready on either side of the picture while it stands still. */
export const BESIDE = 3;
/** Frames fetched ahead while playing. */
const PLAYING = 8;

/**
 * Frames worth having, most urgent first. `pace` is the seconds that one frame takes to arrive:
 * while playing faster than that, only the frames that can be there in time are asked for. A frame that is
 * `expected` to be asked for comes before the neighbours of the one on show.
 */
export function worthHaving(state: State, table: FrameTable, now: number, pace: number, expected: number | null = null): number[] {
  if (table.count === 0) return [];
  const urgent = state.wanted.slice(0, PLAYING);
  const round = exactRound(state, table);
  if (round) return unique([...urgent, ...around(round, state.wanted.at(-1) ?? state.shown ?? 0, state.playing?.direction ?? 1)], table);
  if (state.playing && state.wanted.length === 0) return [...urgent, ...alongTheWay(state, table, now, pace)];
  const centre = state.wanted.at(-1) ?? state.shown ?? 0;
  const lean = leaning(state);
  const beside = [];
  for (let step = 1; step <= BESIDE; step += 1) beside.push(centre + lean * step, centre - lean * step);
  return unique([...urgent, ...(expected === null ? [] : [expected]), ...beside], table);
}

function alongTheWay(state: State, table: FrameTable, now: number, pace: number): number[] {
  const direction = state.playing?.direction ?? 1;
  const shown = state.shown ?? 0;
  const expected = due(state, table, now + pace);
  const frame = table.count > 1 ? table.end / table.count / state.speed : 1;
  const stride = Math.max(1, Math.ceil(pace / Math.max(frame, 1e-3)));
  const start = stride === 1 ? shown + direction : expected + (expected === shown ? direction : 0);
  const frames = [];
  for (let index = 0; index < PLAYING; index += 1) frames.push(start + direction * stride * index);
  return unique(frames, table);
}

function leaning(state: State): 1 | -1 {
  const last = state.wanted.at(-1);
  return last !== undefined && state.shown !== null && last < state.shown ? -1 : 1;
}

function unique(frames: number[], table: FrameTable): number[] {
  return [...new Set(frames)].filter((no) => no >= 0 && no < table.count);
}
