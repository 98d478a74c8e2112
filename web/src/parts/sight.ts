/** Which of many things laid out in rows are in sight. */

/** A half-open range of indices. */
export interface Range {
  readonly first: number;
  readonly end: number;
}

/** Rows beyond the edges that are kept ready: keys and wheels find them there. */
const BEYOND = 3;

/** How a list came to where it is: by steps, or thrown by more than a window's height at once. */
export type Motion = 'steps' | 'leaps';

/** How many columns of `least` pixels or more fit, with `gap` between them. */
export function columnsIn(width: number, least: number, gap: number): number {
  return Math.max(1, Math.floor((width + gap) / (least + gap)));
}

/**
 * What is in sight of `count` things in `columns` columns, in rows `pitch` pixels apart, where the list begins `top` pixels
 * below the upper edge of a window `height` pixels high (above it where negative). Between two leaps nobody reaches what
 * lies beyond the edges: it would only cost the time until the next picture.
 */
export function inSight(count: number, columns: number, pitch: number, top: number, height: number, motion: Motion = 'steps'): Range {
  const beyond = motion === 'leaps' ? 0 : BEYOND;
  const rows = Math.ceil(count / columns);
  const within = (row: number) => Math.min(Math.max(row, 0), rows);
  const first = within(Math.floor(-top / pitch) - beyond);
  const end = within(Math.ceil((height - top) / pitch) + beyond);
  return { first: Math.min(first * columns, count), end: Math.min(end * columns, count) };
}

/** The indices to draw: those in sight, and the one that has the focus, wherever it is. */
export function drawn({ first, end }: Range, focused: number | null, count: number): number[] {
  const shown = Array.from({ length: Math.max(end - first, 0) }, (_, n) => first + n);
  if (focused === null || focused >= count || (focused >= first && focused < end)) return shown;
  return focused < first ? [focused, ...shown] : [...shown, focused];
}
