/** How the library is laid out: which items, in which order. */

import type { ItemSummary } from '../api/types.ts';
import { having } from './sought.ts';

export const SORTS = ['number', 'name', 'length', 'size', 'date', 'frames', 'findings', 'matches'] as const;
export type Sort = (typeof SORTS)[number];
export interface Shelf {
  readonly view: 'grid' | 'table';
  readonly sort: Sort;
  readonly down: boolean;
}

const KEY = 'framewitness.library';
const PLAIN: Shelf = { view: 'grid', sort: 'number', down: false };

const text = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** What an item is sorted by; nothing where it is not known. */
function keyOf(item: ItemSummary, sort: Exclude<Sort, 'name'>): number | string | null {
  switch (sort) {
    case 'number':
      return Number(item.number.slice(1));
    case 'length':
      return item.duration_s;
    case 'size':
      return item.size;
    case 'date':
      return item.acquired_at;
    case 'frames':
      return item.frame_count;
    default:
      return item[sort];
  }
}

/** Items in another order; those of which it is not known come last, either way. */
export function sorted(items: readonly ItemSummary[], { sort, down }: Shelf): readonly ItemSummary[] {
  const way = down ? -1 : 1;
  const number = (item: ItemSummary) => Number(item.number.slice(1));
  if (sort === 'number') return down ? items.toReversed() : items;
  if (sort === 'name') return items.toSorted((one, other) => way * text.compare(one.name, other.name) || number(one) - number(other));
  return items.toSorted((one, other) => {
    const [a, b] = [keyOf(one, sort), keyOf(other, sort)];
    if (a === null || b === null) return Number(a === null) - Number(b === null) || number(one) - number(other);
    return way * (a < b ? -1 : a > b ? 1 : 0) || number(one) - number(other);
  });
}

/** Items in which every word of `words` is seen: in number, name, content id, codec, or what to know before. */
export function filtered(items: readonly ItemSummary[], words: string): readonly ItemSummary[] {
  return having(items, words, (item) => [item.number, item.name, item.id, item.codec, item.content_note, ...item.flags]);
}

/** The numbers from one item to another, as they stand. */
export function between(items: readonly ItemSummary[], one: string, other: string): string[] {
  const [a, b] = [items.findIndex((item) => item.number === one), items.findIndex((item) => item.number === other)];
  if (a < 0 || b < 0) return [other];
  return items.slice(Math.min(a, b), Math.max(a, b) + 1).map((item) => item.number);
}

/** How the library was laid out last in this browser. */
export function storedShelf(): Shelf {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Shelf>;
    const sort = SORTS.find((one) => one === found.sort) ?? PLAIN.sort;
    return { view: found.view === 'table' ? 'table' : 'grid', sort, down: found.down === true };
  } catch {
    return PLAIN;
  }
}

export function storeShelf(shelf: Shelf): void {
  localStorage.setItem(KEY, JSON.stringify(shelf));
}
