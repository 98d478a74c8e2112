/** Lists that are narrowed by words. */

import type { Source } from '../api/types.ts';

/** Those in whose texts every word of `words` is seen, without regard to case and accents. */
export function having<T>(all: readonly T[], words: string, textsOf: (one: T) => readonly (string | null | undefined)[]): readonly T[] {
  const sought = plain(words).split(/\s+/).filter(Boolean);
  if (sought.length === 0) return all;
  return all.filter((one) => {
    const seen = plain(textsOf(one).join('\n'));
    return sought.every((word) => seen.includes(word));
  });
}

/** The same of records; the one whose number alone is written, as `S3` or `s3`. */
export function recordsHaving<T extends { number: string }>(
  all: readonly T[],
  words: string,
  textsOf: (one: T) => readonly (string | null | undefined)[],
): readonly T[] {
  const number = words.trim().toUpperCase();
  if (/^[A-Z]\d+$/.test(number)) return all.filter((one) => one.number === number);
  return having(all, words, textsOf);
}

/** Sources that have these words in name, former name, address or note. */
export function sourcesWith(sources: readonly Source[], words: string): readonly Source[] {
  return recordsHaving(sources, words, ({ name, url, note, aliases = [] }) => [name, url, note, ...aliases.flatMap((alias) => [alias.name, alias.url])]);
}

/** Without case and accents. */
function plain(words: string): string {
  return words.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}
