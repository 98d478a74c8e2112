/** What can be remarked on. */

import type { ItemRecord } from '../api/types.ts';

/** Longest text that a choice shows. */
const LONGEST = 40;

/** The item and everything recorded of it, by number. */
export function subjectsOf(item: string, name: string, record: ItemRecord): (readonly [string, string])[] {
  const one = (number: string, text: string) => {
    const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
    return [number, `${number} ${shown}`] as const;
  };
  const standing = <T extends { withdrawn?: unknown }>(records: readonly T[]) => records.filter((it) => !it.withdrawn);
  return [
    one(item, name),
    ...standing(record.observations).map((it) => one(it.number, it.text)),
    ...standing(record.claims).map((it) => one(it.number, it.text)),
    ...standing(record.dates).map((it) => one(it.number, it.from)),
    ...standing(record.places).map((it) => one(it.number, it.name)),
    ...standing(record.people).map((it) => one(it.number, it.description)),
    ...standing(record.hypotheses).map((it) => one(it.number, it.text)),
    ...record.assessments.map((it) => one(it.number, it.assessor)),
  ];
}
