/** A field of a frame, looked at by itself in place of the frame. */

import { readFieldPicture } from '../api/case.ts';
import type { FieldTold } from '../api/types.ts';
import { type FieldNo, fieldText, firstSide, neighbour, type ScanningFrom } from '../player/fields.ts';
import type { FrameCanvas } from './canvas.ts';
import { type Trouble, troubleOf } from './loaded.svelte.ts';

export class Fields {
  /** The field on the screen; `null` while a frame is. */
  shown = $state.raw<{ readonly no: FieldNo; readonly told: FieldTold } | null>(null);
  /** The field whose picture is being fetched. */
  awaited = $state.raw<FieldNo | null>(null);
  /** Why the field asked for cannot be had. */
  trouble = $state.raw<Trouble | null>(null);
  #turn = 0;

  constructor(
    private readonly item: number,
    private readonly track: number | null,
    private readonly canvas: FrameCanvas,
    private readonly frames: number,
    private readonly scanning: readonly ScanningFrom[],
    /** Takes the player along to the frame of a field. */
    private readonly follow: (frame: number) => void,
  ) {}

  /** The field that is shown, or about to be. */
  get here(): FieldNo | null {
    return this.awaited ?? this.shown?.no ?? null;
  }

  /** Puts a field in the place of the frame; a later wish, or leaving, overtakes it. */
  async look(no: FieldNo): Promise<void> {
    const turn = ++this.#turn;
    this.awaited = no;
    this.trouble = null;
    this.follow(no.frame);
    try {
      const { png, told } = await readFieldPicture(this.item, this.track, fieldText(no));
      const bitmap = await createImageBitmap(png, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
      if (turn === this.#turn) {
        this.canvas.cover('field', fieldText(no), bitmap);
        this.shown = { no, told };
      }
      bitmap.close();
    } catch (cause) {
      if (turn === this.#turn) this.trouble = troubleOf(cause);
    }
    if (turn === this.#turn) this.awaited = null;
  }

  /** The field before or after this one in time. */
  step(by: 1 | -1): void {
    const next = this.here && neighbour(this.here, by, this.frames, this.scanning);
    if (next) void this.look(next);
  }

  /** From the frame to its first field, on to its second, and back to the frame. */
  cycle(frame: number): void {
    const start = firstSide(frame, this.scanning);
    const { here } = this;
    if (!here) void this.look({ frame, side: start });
    else if (here.side === start) void this.look({ frame: here.frame, side: start === 't' ? 'b' : 't' });
    else this.leave();
  }

  /** Gives the screen back to the frame. */
  leave(): void {
    this.#turn += 1;
    this.awaited = null;
    this.trouble = null;
    if (this.shown) this.canvas.uncover();
    this.shown = null;
  }
}
