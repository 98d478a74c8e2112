/** What can be cited, by its address. */

import type { ItemDetail, ItemRecord, Match } from '../api/types.ts';

/** Something that a form offers to cite. */
export interface Offered {
  readonly address: string;
  readonly text: string;
}

/** The records of an item that stand, its matches, and its findings. */
export function evidenceOf(detail: Pick<ItemDetail, 'item' | 'findings'>, record: ItemRecord, matches: readonly Match[]): Offered[] {
  const standing = <T extends { withdrawn?: unknown }>(records: readonly T[]) => records.filter((it) => !it.withdrawn);
  return [
    ...standing(record.observations).map((it) => ({ address: it.number, text: it.text })),
    ...standing(record.claims).map((it) => ({ address: it.number, text: it.text })),
    ...matches.map((it) => ({ address: it.number, text: `${it.query_name} / ${it.reference_name}` })),
    ...standing(record.resemblances).map((it) => ({ address: it.number, text: it.subject })),
    ...standing(record.dates).map((it) => ({ address: it.number, text: it.from })),
    ...standing(record.places).map((it) => ({ address: it.number, text: it.name })),
    ...standing(record.people).map((it) => ({ address: it.number, text: it.description })),
    ...standing(record.notes).map((it) => ({ address: it.number, text: it.text })),
    ...detail.findings.map((it, index) => ({ address: `F:${detail.item.number}:${index + 1}`, text: it.summary })),
  ];
}

/** The address of frames of an item: `#1#frame=37`, `#1#frame=37-52`. */
export function frameAddressOf(item: string, { first, last }: { first: number; last: number }): string {
  return `${item}#frame=${first === last ? first : `${first}-${last}`}`;
}
