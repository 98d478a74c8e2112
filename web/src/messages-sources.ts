/** Words of sources: names, ties, grades, states, and series of releases. */

import type { Reliability, SourceTie } from './api/types.ts';

const tie: Record<SourceTie, string> = {
  'belongs-to': 'belongs to',
  'publishes-for': 'publishes for',
  'run-by': 'is run by',
  succeeds: 'succeeds',
  'same-as': 'is the same as',
};
const reliability: Record<Reliability, string> = {
  A: 'A reliable',
  B: 'B usually reliable',
  C: 'C fairly reliable',
  D: 'D not usually reliable',
  E: 'E unreliable',
  F: 'F cannot be judged',
};

export const sourceMessages = {
  words: { tie, reliability },
  note: 'Note',
  from: 'From',
  until: 'Until',
  time: 'Year, month, day or RFC 3339 time',
  since: (from: string) => `from ${from}`,
  to: (until: string) => `until ${until}`,
  recorded: (at: string) => `recorded ${at}`,
  states: {
    as: (name: string) => `as ${name}`,
    name: 'Called then (if renamed)',
    items: 'Items that show it',
    itemsHint: 'Numbers such as #2 #5',
    urls: 'Addresses that show it',
    proof: 'shown by',
  },
  aliases: {
    title: 'Other names',
    add: 'Add another name',
    name: 'Other name',
    url: 'Found at (URL)',
    save: 'Record the name',
  },
  ties: {
    title: 'In relation to others',
    add: 'Tie it to another source',
    tie: 'It',
    to: 'which source',
    choose: 'choose…',
    save: 'Record the tie',
  },
  grades: {
    title: 'How reliable',
    add: 'Grade it',
    grade: 'Reliability',
    assessor: 'Whose judgement (yours if empty)',
    reason: 'Why',
    save: 'Record the grade',
    entered: 'when it was entered',
    superseded: (entry: number) => `superseded by entry ${entry}`,
    standing: (grade: string, who: string) => `${grade} (${who})`,
  },
  series: {
    title: 'Series of releases',
    intro: 'Which items came out one after the other, and which part the case does not have.',
    empty: 'No series has been entered.',
    add: 'Add a series',
    name: 'Title of the series',
    source: 'Released by',
    nobody: 'not known',
    save: 'Add series',
    place: 'Give an item its place',
    item: 'Item',
    position: 'Which release, from 1',
    label: 'What it calls itself',
    released: 'Released on',
    savePlace: 'Record the place',
    gaps: (numbers: string) => `Not in the case: ${numbers}`,
    by: (source: string) => `by ${source}`,
  },
} as const;
