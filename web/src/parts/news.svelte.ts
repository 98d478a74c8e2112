/** What the server tells without being asked: that the journal moved, and how far its work is. */

import { untrack } from 'svelte';
import type { Job } from '../api/adding.ts';
import { asked } from '../api/as-of.ts';

/** Milliseconds before another attempt at a stream that broke off. */
const AGAIN = 2000;
/** Milliseconds without a stream after which the page says so. */
const PATIENCE = 5000;
/** Milliseconds after which a tab that nobody sees lets go: a browser opens few connections to one server. */
const UNSEEN = 10_000;

type Timer = ReturnType<typeof setTimeout> | undefined;

class News {
  /** Entries of the journal, as far as was heard. */
  entries = $state(0);
  jobs = $state.raw<readonly Job[]>([]);
  /** Whether nothing has been heard for some seconds. */
  lost = $state(false);
  #source: EventSource | null = null;
  #timer: Timer;
  #patience: Timer;

  /** Listens until the returned function is called, from a page that read the case at `entries`. */
  run(entries: number): () => void {
    untrack(() => (this.entries = Math.max(this.entries, entries)));
    // What stood once does not change.
    if (asked !== null) return () => {};
    const seen = () => {
      if (document.visibilityState === 'visible') this.#open();
      else this.#later(UNSEEN, () => this.#close());
    };
    document.addEventListener('visibilitychange', seen);
    seen();
    return () => {
      document.removeEventListener('visibilitychange', seen);
      this.#close();
    };
  }

  #open(): void {
    clearTimeout(this.#timer);
    if (this.#source) return;
    const source = new EventSource('/api/events');
    this.#source = source;
    source.onopen = () => this.#heard();
    source.addEventListener('moved', ({ data }: MessageEvent<string>) => {
      this.entries = (JSON.parse(data) as { entries: number }).entries;
    });
    source.addEventListener('work', ({ data }: MessageEvent<string>) => {
      this.jobs = JSON.parse(data) as Job[];
    });
    source.onerror = () => {
      source.close();
      this.#source = null;
      this.#patience ??= setTimeout(() => (this.lost = true), PATIENCE);
      this.#later(AGAIN, () => this.#open());
    };
  }

  #heard(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
    this.lost = false;
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
    this.#heard();
  }

  #later(wait: number, act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, wait);
  }
}

export const news = new News();

/** Lets a component that is being set up read again what it shows whenever something is recorded, by whomever. */
export function whenRecorded(act: () => void): void {
  let known = news.entries;
  $effect(() => {
    const now = news.entries;
    if (now === known) return;
    known = now;
    untrack(act);
  });
}
