/**
 * The presented frames of one item, by number and by time. Frame numbers are presentation indices
 * from 0; times are seconds from the first frame, as the server gives them, and never computed
 * from a rate: variable-rate footage has none.
 */

/** What the player must know of one frame. */
export interface Frame {
  /** Presentation index, from 0. */
  readonly no: number;
  /** Timestamp in ticks of the stream's time base, where the stream gives one. */
  readonly pts: number | null;
  /** Seconds from the first frame. */
  readonly at_s: number;
  /** Seconds until the next frame; 0 when unknown. */
  readonly duration_s: number;
}

/** Every presented frame of an item, in order; `frames[n].no === n`. */
export class FrameTable {
  /** Seconds from the first frame to the end of the last. */
  readonly end: number;

  constructor(readonly frames: readonly Frame[]) {
    const last = frames.at(-1);
    this.end = last ? last.at_s + last.duration_s : 0;
  }

  /** Number of frames. */
  get count(): number {
    return this.frames.length;
  }

  /** Seconds from the first frame to frame `no`; 0 where there is no such frame. */
  at(no: number): number {
    return this.frames[no]?.at_s ?? 0;
  }

  /** Seconds from the first frame to the end of frame `no`: the beginning of the next. */
  endOf(no: number): number {
    return this.frames[no + 1]?.at_s ?? this.end;
  }

  /** Nearest existing frame number. */
  clamp(no: number): number {
    return Math.min(Math.max(Math.trunc(no), 0), Math.max(this.count - 1, 0));
  }

  /** The frame on show at `seconds`: the last that has begun. */
  atTime(seconds: number): number {
    return Math.max(this.#begunBy(seconds) - 1, 0);
  }

  /** The frame on show at timestamp `pts`; `null` where no frame has a timestamp. */
  atPts(pts: number): number | null {
    let found: number | null = null;
    let first: number | null = null;
    for (const frame of this.frames) {
      if (frame.pts === null) continue;
      first ??= frame.no;
      if (frame.pts <= pts) found = frame.no;
      else break;
    }
    return found ?? first;
  }

  /** How many frames have begun at `seconds`; times do not decrease. */
  #begunBy(seconds: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) <= seconds) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
