/** Numbers in sentences, as the language writes them. */

export const number = new Intl.NumberFormat('en');
const plurals = new Intl.PluralRules('en');

/** `3 frames`, `1 frame`. */
export function count(n: number, one: string, other: string): string {
  return `${number.format(n)} ${plurals.select(n) === 'one' ? one : other}`;
}
