/** The two fields of every frame: how they are written, and in what order they come. */

/** One field of a frame: `t` for its even rows, `b` for its odd ones. */
export type Side = 't' | 'b';

export interface FieldNo {
  readonly frame: number;
  readonly side: Side;
}

/** How frames were taken from one frame on, by the stream. */
export interface ScanningFrom {
  readonly first: number;
  readonly interlaced: boolean;
  readonly top_first: boolean;
}

const FIELD = /^#?(\d{1,9})([tb])$/i;

/** Reads `37t` or `37b`; `null` when it names no field. */
export function parseField(text: string): FieldNo | null {
  const field = FIELD.exec(text.trim());
  return field ? { frame: Number(field[1]), side: field[2]?.toLowerCase() === 'b' ? 'b' : 't' } : null;
}

export function fieldText({ frame, side }: FieldNo): string {
  return `${frame}${side}`;
}

/** The field of a frame that comes first; the top field where the stream tells no order. */
export function firstSide(frame: number, scanning: readonly ScanningFrom[]): Side {
  const from = scanning.findLast(({ first }) => first <= frame);
  return from?.interlaced && !from.top_first ? 'b' : 't';
}

/** The field before or after another in time; `null` beyond the ends. */
export function neighbour({ frame, side }: FieldNo, by: 1 | -1, frames: number, scanning: readonly ScanningFrom[]): FieldNo | null {
  const first = firstSide(frame, scanning) === side;
  if (first === (by === 1)) return { frame, side: other(side) };
  const next = frame + by;
  if (next < 0 || next >= frames) return null;
  const start = firstSide(next, scanning);
  return { frame: next, side: by === 1 ? start : other(start) };
}

function other(side: Side): Side {
  return side === 't' ? 'b' : 't';
}
