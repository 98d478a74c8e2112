/** Files on their way into the case, one after the other; they go on while another screen is looked at. */

import { type Handed, handOver, inspect, type Told } from '../api/adding.ts';
import { itemIndex } from '../api/case.ts';
import { Problem } from '../api/client.ts';
import { randomKey } from '../api/once.ts';
import { m } from '../messages.ts';
import { held } from './held.ts';
import { type Trouble, troubleOf } from './loaded.svelte.ts';

/** How a file stands. `known`: the case held these bytes before. */
export type Standing = 'waiting' | 'sending' | 'kept' | 'known' | 'failed' | 'cancelled';

/** How files are to be handed over. */
export interface Manner extends Told {
  inspect: boolean;
}

/** A file on its way. */
export class Arrival {
  standing = $state<Standing>('waiting');
  /** Bytes that went out. */
  sent = $state(0);
  /** Number of the item, once there is one. */
  item = $state('');
  trouble = $state.raw<Trouble | null>(null);
  /** Sent again under the same key, it is preserved once. */
  readonly key = randomKey();
  #stop = new AbortController();

  constructor(
    readonly handed: Handed,
    readonly manner: Manner,
  ) {}

  get under(): boolean {
    return this.standing === 'waiting' || this.standing === 'sending';
  }

  async send(): Promise<void> {
    this.#stop = new AbortController();
    [this.standing, this.sent, this.trouble] = ['sending', 0, null];
    try {
      const { uploaded, acquired, note } = this.manner;
      const progress = (bytes: number) => (this.sent = bytes);
      const added = await handOver(this.handed, { uploaded, acquired, note }, this.key, { progress, signal: this.#stop.signal });
      [this.item, this.standing] = [added.item, added.new ? 'kept' : 'known'];
    } catch (cause) {
      if (this.#stop.signal.aborted) this.standing = 'cancelled';
      else [this.standing, this.trouble] = ['failed', await troubleWith(this.handed.file, cause)];
      return;
    }
    if (!this.manner.inspect) return;
    try {
      await inspect(itemIndex(this.item), true);
    } catch (cause) {
      // It is preserved all the same.
      this.trouble = troubleOf(cause);
    }
  }

  cancel(): void {
    if (this.standing === 'waiting') this.standing = 'cancelled';
    else this.#stop.abort();
  }
}

class Adding {
  arrivals = $state.raw<readonly Arrival[]>([]);
  #sending = false;

  /** Files that are not preserved yet and go on. */
  get under(): number {
    return this.arrivals.filter((one) => one.under).length;
  }

  add(handed: readonly Handed[], manner: Manner): void {
    this.arrivals = [...this.arrivals, ...handed.map((one) => new Arrival(one, { ...manner }))];
    void this.#send();
  }

  again(arrival: Arrival): void {
    arrival.standing = 'waiting';
    void this.#send();
  }

  /** Forgets those that are over. */
  tidy(): void {
    this.arrivals = this.arrivals.filter((one) => one.under);
  }

  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    await held(async () => {
      for (;;) {
        const next = this.arrivals.find((one) => one.standing === 'waiting');
        if (!next) break;
        await next.send();
      }
    });
    this.#sending = false;
  }
}

export const adding = new Adding();

/** A request that fails without an answer may be one whose file could not be read. */
export async function troubleWith(file: File, cause: unknown): Promise<Trouble> {
  if (cause instanceof Problem && cause.status === 0) {
    const readable = await file
      .slice(0, 1)
      .arrayBuffer()
      .then(() => true)
      .catch(() => false);
    if (!readable) return { error: m.adding.unreadable, hint: m.adding.unreadableHint };
  }
  return troubleOf(cause);
}
