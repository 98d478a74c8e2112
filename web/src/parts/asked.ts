/** What a search asks for, as the parameters of `/api/search`, in the address of the page. */

export type Asked = Readonly<Record<string, string>>;

/** Parameters, in the order in which an address has them. */
export const ASKED = [
  'words',
  'view',
  'kind',
  'status',
  'item',
  'cites',
  'tag',
  'by',
  'with',
  'without',
  'recorded',
  'uploaded',
  'acquired',
  'asserted',
  'order',
] as const;

const LISTS = { kind: 'kinds', status: 'status', item: 'items', cites: 'cites', tag: 'tags', by: 'by', with: 'with', without: 'without' } as const;

/** What is said in `asked`, without blanks and without what holds anyway. */
export function said(asked: Asked): [string, string][] {
  return ASKED.flatMap((name): [string, string][] => {
    const value = (asked[name] ?? '').trim();
    return value === '' || (name === 'order' && value === 'newest') ? [] : [[name, value]];
  });
}

export const asksSomething = (asked: Asked) => said(asked).some(([name]) => name !== 'order');

export function searchAddress(asked: Asked): string {
  const query = new URLSearchParams(said(asked)).toString();
  return query === '' ? '#/search' : `#/search?${query}`;
}

/** The same as the server keeps it under a name. */
export function queryOf(asked: Asked): Record<string, string | string[]> {
  return Object.fromEntries(
    said(asked).flatMap(([name, value]): [string, string | string[]][] => {
      if (name === 'view') return [];
      if (!(name in LISTS)) return [[name, value]];
      const parts = value.split(',').map((part) => part.trim()).filter(Boolean);
      const numbered = name === 'item' ? parts.map((part) => `#${part.replace(/^#/, '')}`) : parts;
      return [[LISTS[name as keyof typeof LISTS], numbered]];
    }),
  );
}
