/**
 * Pictures that a file stores and does not present, looked at in place of a frame. They have no frame
 * number, so that no record can be pinned to them.
 */

import { readNotPresented, readStoredPicture } from '../api/case.ts';
import type { StoredRow } from '../api/types.ts';
import type { FrameCanvas } from './canvas.ts';
import { type Trouble, troubleOf } from './loaded.svelte.ts';

/** A stored picture on the screen. */
export interface StoredPicture {
  readonly row: StoredRow;
  /** SHA-256 of its decoded planes. */
  readonly hash: string;
}

export class Hidden {
  /** Samples that no frame comes of, in the order of their timestamps as stored; `null` until they are read. */
  rows = $state.raw<readonly StoredRow[] | null>(null);
  /** The picture on the screen; `null` while a frame is. */
  shown = $state.raw<StoredPicture | null>(null);
  /** The sample whose picture is being decoded. */
  awaited = $state<number | null>(null);
  /** Why the list, or the picture asked for, cannot be had. */
  trouble = $state.raw<Trouble | null>(null);
  #turn = 0;

  constructor(
    private readonly item: number,
    private readonly track: number | null,
    private readonly canvas: FrameCanvas,
  ) {}

  /** Reads the list, once. */
  async list(): Promise<readonly StoredRow[]> {
    if (this.rows) return this.rows;
    try {
      this.rows = (await readNotPresented(this.item, this.track)).toSorted(byTime);
      this.trouble = null;
    } catch (cause) {
      this.trouble = troubleOf(cause);
    }
    return this.rows ?? [];
  }

  /** Puts the picture of a sample in the place of the frame; a later wish, or leaving, overtakes it. */
  async look(row: StoredRow): Promise<void> {
    const turn = ++this.#turn;
    this.awaited = row.sample;
    this.trouble = null;
    try {
      const { png, hash } = await readStoredPicture(this.item, this.track, row.sample);
      const bitmap = await createImageBitmap(png, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
      if (turn === this.#turn) {
        this.canvas.cover('sample', String(row.sample), bitmap);
        this.shown = { row, hash };
      }
      bitmap.close();
    } catch (cause) {
      if (turn === this.#turn) this.trouble = troubleOf(cause);
    }
    if (turn === this.#turn) this.awaited = null;
  }

  /** The picture before or after the one on the screen. */
  step(by: 1 | -1): void {
    const rows = this.rows ?? [];
    const here = this.awaited ?? this.shown?.row.sample;
    const next = rows[rows.findIndex((row) => row.sample === here) + by];
    if (next) void this.look(next);
  }

  /** Gives the screen back to the frame. */
  leave(): void {
    this.#turn += 1;
    this.awaited = null;
    if (this.shown) this.canvas.uncover();
    this.shown = null;
  }
}

/** In order of presentation, as far as there are timestamps. */
function byTime(a: StoredRow, b: StoredRow): number {
  return (a.pts ?? a.dts ?? 0) - (b.pts ?? b.dts ?? 0) || a.sample - b.sample;
}
