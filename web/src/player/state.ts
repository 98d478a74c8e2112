/**
 * The player as plain data. `wanted` holds the frames still to be shown, in order: a step appends
 * its frame, so that no frame between is ever left out; a jump replaces the list.
 */

/** Speeds on offer, as multiples of the footage's own time. */
export const SPEEDS = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4] as const;

/** Playing: which way, and the instant that ties the clock to the footage. */
export interface Playing {
  /** 1 forwards, -1 backwards. */
  readonly direction: 1 | -1;
  /** Clock reading, in seconds, at which `from` was on show. */
  readonly since: number;
  /** Seconds of footage at `since`. */
  readonly from: number;
  /** Whether the clock waits until enough pictures are at hand. */
  readonly held: boolean;
  /** The frame that somebody else's clock has come to; `null` where the player has its own. */
  readonly led: number | null;
}

/** Everything the page draws of a player. */
export interface State {
  /** Frame on the screen; `null` before the first has arrived. */
  readonly shown: number | null;
  /** Whether it is the exact frame; else a reduced picture of it, for watching. */
  readonly exact: boolean;
  /** Frames to show next, in order. */
  readonly wanted: readonly number[];
  readonly playing: Playing | null;
  /** Speed, one of {@link SPEEDS}. */
  readonly speed: number;
  /** First frame of the marked span. */
  readonly markIn: number | null;
  /** Last frame of the marked span, inclusive. */
  readonly markOut: number | null;
  /** Whether the marked span is played again and again. */
  readonly looping: boolean;
  /** Frames left out since playing began, because they came too late. */
  readonly skipped: number;
  /** Why the wanted frame cannot be shown. */
  readonly problem: { readonly frame: number; readonly reason: string } | null;
}

/** What a person can ask of the player. */
export type Command =
  | { readonly do: 'step'; readonly by: 1 | -1; readonly held?: boolean }
  | { readonly do: 'shift'; readonly seconds: number }
  | { readonly do: 'go'; readonly frame: number }
  | { readonly do: 'toggle' }
  | { readonly do: 'play'; readonly direction: 1 | -1 }
  | { readonly do: 'lead'; readonly frame: number; readonly direction: 1 | -1; readonly speed: number }
  | { readonly do: 'slower' }
  | { readonly do: 'faster' }
  | { readonly do: 'pause' }
  | { readonly do: 'speed'; readonly by: 1 | -1 }
  | { readonly do: 'mark'; readonly end: 'in' | 'out' }
  | { readonly do: 'clear-marks' }
  | { readonly do: 'loop' };

/** A player that has shown nothing and waits for frame `first`. */
export function initial(first: number): State {
  return {
    shown: null,
    exact: true,
    wanted: [first],
    playing: null,
    speed: 1,
    markIn: null,
    markOut: null,
    looping: false,
    skipped: 0,
    problem: null,
  };
}

/** The frame where the player will stand when all that was asked is done. */
export function destination(state: State): number {
  return state.wanted.at(-1) ?? state.shown ?? 0;
}
