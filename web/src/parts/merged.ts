/** A list of items of which some were read again. */

interface Numbered {
  readonly number: string;
}

/** `all`, in order of number, with `changed` in the place of what was there, and at the end where nothing was. */
export function merged<T extends Numbered>(all: readonly T[], changed: readonly T[]): readonly T[] {
  if (changed.length === 0) return all;
  const anew = new Map(changed.map((item) => [item.number, item]));
  const kept = all.map((item) => {
    const other = anew.get(item.number);
    anew.delete(item.number);
    return other ?? item;
  });
  const index = ({ number }: Numbered) => Number(number.slice(1));
  return [...kept, ...anew.values()].toSorted((a, b) => index(a) - index(b));
}
