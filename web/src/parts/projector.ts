/** Brings pictures for watching from the server and decodes them off the main thread. */

import { readPictures } from '../api/case.ts';
import { Records } from '../player/records.ts';
import type { Projector, Reel, Run } from '../player/reel.ts';
import { troubleOf } from './loaded.svelte.ts';

/** A picture as it came: JPEG. */
type Coded = Uint8Array<ArrayBuffer>;

export class StreamProjector implements Projector<Coded, ImageBitmap> {
  /** Who is told; set right after both are made. */
  reel: Reel<Coded, ImageBitmap> | null = null;
  #under: AbortController | null = null;

  constructor(
    private readonly item: number,
    /** Pixels that a row of the picture is to have. */
    private readonly width: () => number,
  ) {}

  start(run: Run): void {
    this.stop();
    this.#under = new AbortController();
    void this.#read(run, this.#under.signal);
  }

  stop(): void {
    this.#under?.abort();
    this.#under = null;
  }

  decode(no: number, coded: Coded): void {
    const jpeg = new Blob([coded], { type: 'image/jpeg' });
    createImageBitmap(jpeg, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' }).then(
      (picture) => (this.reel ? this.reel.decoded(no, picture) : picture.close()),
      () => this.reel?.decoded(no, null),
    );
  }

  free(picture: ImageBitmap): void {
    picture.close();
  }

  async #read(run: Run, signal: AbortSignal): Promise<void> {
    try {
      const body = await readPictures(this.item, run, this.width(), signal);
      const pieces = body.getReader();
      const records = new Records();
      for (;;) {
        // What is not read here is not sent there, and what is not sent is not decoded.
        while (this.reel?.room === false && !signal.aborted) await refresh();
        const { done, value } = await pieces.read();
        if (done) return this.reel?.ended(run, false);
        for (const record of records.push(value)) {
          if (record.kind === 'picture') this.reel?.came(run, record.no, record.jpeg);
          else if (record.kind === 'end') return this.reel?.ended(run, true);
          else return this.reel?.failed(run, [record.error, record.hint].filter(Boolean).join('. '));
        }
      }
    } catch (cause) {
      if (signal.aborted) return;
      const { error, hint } = troubleOf(cause);
      this.reel?.failed(run, [error, hint].filter(Boolean).join('. '));
    }
  }
}

/** The next time the screen is drawn: never while the tab is hidden. */
function refresh(): Promise<void> {
  return new Promise((drawn) => requestAnimationFrame(() => drawn()));
}
