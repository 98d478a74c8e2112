/** What is recorded of an item, narrowed to what has these words, or lies at a frame. */

import type { ItemRecord, Pin } from '../api/types.ts';
import { covers } from './pins.ts';
import { recordsHaving } from './sought.ts';

type Texts = readonly (string | null | undefined)[];

/** How many records of an item are listed, which is what a filter narrows. */
export function listedIn({ observations, claims, people, dates, places, hypotheses, assessments, notes }: ItemRecord): number {
  return [observations, claims, people, dates, places, hypotheses, assessments, notes].reduce((sum, { length }) => sum + length, 0);
}

/** Those that have every one of `words` in what was written, or whose number it is, and that lie at `frame`, where one is given. */
export function narrowed(record: ItemRecord, words: string, frame: number | null): ItemRecord {
  const sought = <T extends { number: string }>(all: readonly T[], textsOf: (one: T) => Texts): T[] => [...recordsHaving(all, words, textsOf)];
  const lies = (pin: Pin) => frame === null || (pin.span !== null && covers(pin, frame));
  const pinned = <T extends { pin: Pin }>(all: readonly T[]) => all.filter(({ pin }) => lies(pin));
  // What is judged or said of a record lies nowhere itself.
  const placeless = <T>(all: readonly T[]) => (frame === null ? all : []);

  const assessments = sought(placeless(record.assessments), ({ assessor, reasons }) => [assessor, reasons]);
  const judged = new Set(assessments.map(({ hypothesis }) => hypothesis));
  const stated = new Set(sought(placeless(record.hypotheses), ({ text }) => [text]).map((one) => one.number));
  return {
    ...record,
    observations: sought(pinned(record.observations), ({ text }) => [text]),
    claims: sought(pinned(record.claims), ({ text, claimant, source, url }) => [text, claimant, source, url]),
    people: sought(
      record.people.filter(({ appearances }) => frame === null || appearances.some(({ pin }) => lies(pin))),
      ({ description, note }) => [description, note],
    ),
    dates: sought(pinned(record.dates), ({ from, until, reason, assessor }) => [from, until, reason, assessor]),
    places: sought(pinned(record.places), ({ name, reason, assessor }) => [name, reason, assessor]),
    hypotheses: placeless(record.hypotheses).filter((one) => stated.has(one.number) || judged.has(one.number)),
    // Who agrees and who does not stands together.
    assessments: record.assessments.filter(({ hypothesis }) => stated.has(hypothesis) || judged.has(hypothesis)),
    notes: sought(placeless(record.notes), ({ text, on }) => [text, on]),
  };
}
