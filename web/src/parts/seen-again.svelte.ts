/** How many matches the watch list found that nobody reviewed, asked now and then while the page is looked at. */

import { readCase } from '../api/case.ts';

/** Milliseconds between two questions. */
const EVERY = 20_000;

export class SeenAgain {
  count = $state(0);

  /** Asks until the returned function is called. A question that fails is asked again later: screens tell of it. */
  run(): () => void {
    const ask = async () => {
      if (document.visibilityState !== 'visible') return;
      const found = await readCase().catch(() => null);
      if (found) this.count = found.seen_again;
    };
    const timer = setInterval(() => void ask(), EVERY);
    // A review changes the number; moving on shows it.
    const moved = () => void ask();
    addEventListener('hashchange', moved);
    return () => {
      clearInterval(timer);
      removeEventListener('hashchange', moved);
    };
  }
}
