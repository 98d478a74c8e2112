/** Long work on an item that somebody waits for: how far it is, and a way to cancel it. */

import { readWork, type WorkDone } from '../api/masking.ts';
import { type Trouble, troubleOf } from './loaded.svelte.ts';

/** Milliseconds between two looks at how far it is. */
const LOOK = 500;

export class Work {
  running = $state(false);
  /** How far it is; nothing before that is known. */
  done = $state.raw<WorkDone | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  /** Whether somebody cancelled the last one. */
  cancelled = $state(false);
  #stop: AbortController | null = null;

  constructor(private readonly item: number) {}

  /** Does `task`; nothing is given where it fails or is cancelled. */
  async run<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    const stop = new AbortController();
    this.#stop = stop;
    [this.running, this.done, this.trouble, this.cancelled] = [true, null, null, false];
    const looking = setInterval(() => void this.#look(), LOOK);
    try {
      return await task(stop.signal);
    } catch (cause) {
      if (stop.signal.aborted) this.cancelled = true;
      else this.trouble = troubleOf(cause);
      return null;
    } finally {
      clearInterval(looking);
      this.running = false;
      this.#stop = null;
    }
  }

  cancel(): void {
    this.#stop?.abort();
  }

  async #look(): Promise<void> {
    // Whoever does not hear how far it is waits all the same.
    this.done = (await readWork(this.item).catch(() => null)) ?? this.done;
  }
}
