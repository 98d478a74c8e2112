/** What cites the records on a screen, known to every part of it. */

import { getContext, setContext } from 'svelte';

const KEY = Symbol('cited');

/** Addresses, each with the numbers of what stands and cites it. */
export type Cited = Readonly<Record<string, string[]>>;

/** Tells the parts below what is cited. Must be called while a component is being set up. */
export const tellCited = (cited: () => Cited): unknown => setContext(KEY, cited);

/** What cites `address`, as told above; asked while a component is being set up. */
export function citedBy(): (address: string) => readonly string[] {
  const told = getContext<(() => Cited) | undefined>(KEY);
  return (address) => told?.()[address] ?? [];
}
