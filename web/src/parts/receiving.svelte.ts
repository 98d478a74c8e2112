/** A bundle of others on its way into the case; it goes on while another screen is looked at. */

import { type Said, takeIn, type TakenIn } from '../api/receiving.ts';
import { troubleWith } from './adding.svelte.ts';
import { held } from './held.ts';
import type { Trouble } from './loaded.svelte.ts';

class Receiving {
  /** The archive that is on its way, or is looked into by the server. */
  archive = $state.raw<File | null>(null);
  /** Bytes that went out. */
  sent = $state(0);
  /** What came of the last one. */
  came = $state.raw<TakenIn | null>(null);
  cancelled = $state(false);
  trouble = $state.raw<Trouble | null>(null);
  #stop = new AbortController();

  /** Whether all of it went out: what is left is for the server to check. */
  get gone(): boolean {
    return this.archive !== null && this.sent >= this.archive.size;
  }

  /** Sends one, and says whether it was taken in. One goes at a time. */
  async take(archive: File, said: Said): Promise<boolean> {
    if (this.archive) return false;
    this.#stop = new AbortController();
    [this.archive, this.sent, this.came, this.cancelled, this.trouble] = [archive, 0, null, false, null];
    const following = { progress: (bytes: number) => (this.sent = bytes), signal: this.#stop.signal };
    try {
      this.came = await held(() => takeIn(archive, said, following));
    } catch (cause) {
      if (following.signal.aborted) this.cancelled = true;
      else this.trouble = await troubleWith(archive, cause);
    } finally {
      this.archive = null;
    }
    return this.came !== null;
  }

  cancel(): void {
    this.#stop.abort();
  }
}

export const receiving = new Receiving();
