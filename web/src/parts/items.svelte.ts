/** Every item of the case at a glance: read page by page, and then only what entries have to do with. */

import { readCase, readItems, readItemsChanged } from '../api/case.ts';
import type { ItemSummary } from '../api/types.ts';
import { type Trouble, troubleOf } from './loaded.svelte.ts';
import { merged } from './merged.ts';
import { news, whenRecorded } from './news.svelte.ts';

/** Items asked for at once: as many as the server gives. */
const PAGE = 500;

export class Items {
  /** Those that are here, in order of number. */
  all = $state.raw<readonly ItemSummary[]>([]);
  /** How many there are; nothing before that is known. */
  total = $state<number | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  /** Entries that what is here holds; nothing before all of it was read once. */
  #known: number | null = null;
  #reading = false;
  #stale = false;

  /** Must be made while a component is being set up. */
  constructor() {
    void this.read();
    whenRecorded(() => void this.read());
  }

  async read(): Promise<void> {
    this.#stale = this.#reading;
    if (this.#reading) return;
    this.#reading = true;
    try {
      if (this.#known === null || !(await this.#changed(this.#known))) await this.#pages();
      this.trouble = null;
    } catch (cause) {
      this.trouble = troubleOf(cause);
    } finally {
      this.#reading = false;
    }
    if (this.#stale) await this.read();
  }

  /** Reads what entries from `since` on have to do with. Whether that was told. */
  async #changed(since: number): Promise<boolean> {
    const { items, total, entries, read_again } = await readItemsChanged(since);
    if (read_again) return false;
    this.all = merged(this.all, items);
    [this.total, this.#known] = [total, entries];
    return true;
  }

  async #pages(): Promise<void> {
    // What is recorded while pages are read may be in them or not: it is read again.
    const entries = news.entries || (await readCase()).entries;
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
    this.#known = entries;
  }
}
