/** The address bar as state: which screen it names, and how to write it. */

import { parseRoute, type Route } from './route.ts';

class Address {
  #fragment = $state(location.hash);
  readonly route: Route = $derived(parseRoute(this.#fragment));

  constructor() {
    addEventListener('hashchange', () => {
      this.#fragment = location.hash;
    });
  }

  /** Opens `fragment` as a new page of the history. */
  open(fragment: string): void {
    location.hash = fragment;
  }

  /** Writes `fragment` over the present entry, without opening anything. */
  note(fragment: string): void {
    history.replaceState(null, '', fragment);
  }

  /** Writes `fragment` over the present entry and opens it. */
  replace(fragment: string): void {
    this.note(fragment);
    this.#fragment = fragment;
  }
}

export const address = new Address();
