/** Every item of the case at a glance, read page by page and again when something is recorded. */

import { readItems } from '../api/case.ts';
import type { ItemSummary } from '../api/types.ts';
import { type Trouble, troubleOf } from './loaded.svelte.ts';
import { whenRecorded } from './news.svelte.ts';

/** Items asked for at once: as many as the server gives. */
const PAGE = 500;
/** Items above which reading them again is put off for a while: others may go on recording. */
const MANY = 1000;
/** Milliseconds for which it is put off. */
const PAUSE = 3000;

export class Items {
  /** Those that are here, in order of number. */
  all = $state.raw<readonly ItemSummary[]>([]);
  /** How many there are; nothing before that is known. */
  total = $state<number | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  #reading = false;
  #stale = false;

  /** Must be made while a component is being set up. */
  constructor() {
    let timer: ReturnType<typeof setTimeout> | undefined;
    void this.read();
    whenRecorded(() => {
      clearTimeout(timer);
      timer = setTimeout(() => void this.read(), this.all.length > MANY ? PAUSE : 0);
    });
    $effect(() => () => clearTimeout(timer));
  }

  async read(): Promise<void> {
    this.#stale = this.#reading;
    if (this.#reading) return;
    this.#reading = true;
    try {
      await this.#pages();
      this.trouble = null;
    } catch (cause) {
      this.trouble = troubleOf(cause);
    } finally {
      this.#reading = false;
    }
    if (this.#stale) await this.read();
  }

  async #pages(): Promise<void> {
    const found: ItemSummary[] = [];
    let after: string | null = null;
    do {
      const page = await readItems('oldest', after, PAGE);
      found.push(...page.items);
      this.total = page.total;
      // Those that were here stay until all are read.
      if (found.length > this.all.length) this.all = [...found];
      after = page.next ?? null;
    } while (after !== null);
    this.all = found;
  }
}
