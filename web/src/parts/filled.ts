/** What a form of texts says: fields with nothing in them are left out, blanks around the others too. */
export function filled<Name extends string>(fields: Record<Name, string>): Partial<Record<Name, string>> {
  const said = Object.entries<string>(fields).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text.trim()]]));
  return Object.fromEntries(said) as Partial<Record<Name, string>>;
}

/** Words apart from each other, as in `O2, M1 #3`. */
export function listed(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}

/** Numbers of items, as in `#2 5`; what is no number is left out. */
export function itemsIn(text: string): number[] {
  return listed(text)
    .map((word) => Number(word.replace('#', '')))
    .filter((number) => Number.isInteger(number) && number > 0);
}
