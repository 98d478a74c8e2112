/** Something the server is asked for: there, not yet there, or not to be had. */

import { Problem } from '../api/client.ts';
import { m } from '../messages.ts';

/** What to tell a person when something fails. */
export interface Trouble {
  readonly error: string;
  readonly hint: string;
}

/** Words for anything that was thrown. */
export function troubleOf(cause: unknown): Trouble {
  if (cause instanceof Problem && cause.status === 0) {
    return { error: m.common.unreachable, hint: m.common.unreachableHint };
  }
  if (cause instanceof Problem) return { error: cause.message, hint: cause.hint };
  return { error: m.common.unexpected, hint: cause instanceof Error ? cause.message : '' };
}

/** The answer to `ask`, asked at once and again on {@link Loaded.reload}. */
export class Loaded<T> {
  value = $state.raw<T | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  #turn = 0;

  constructor(private readonly ask: () => Promise<T>) {
    void this.reload();
  }

  /** Asks again; the old answer stays until the new one is here, and a late answer is dropped. */
  async reload(): Promise<void> {
    const turn = ++this.#turn;
    try {
      const value = await this.ask();
      if (turn !== this.#turn) return;
      this.value = value;
      this.trouble = null;
    } catch (cause) {
      if (turn === this.#turn) this.trouble = troubleOf(cause);
    }
  }
}
