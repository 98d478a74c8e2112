/** Words for footage that items share, and for what reviewers say of it. */

import type { Basis, TimeKind, Verdict } from './api/types.ts';

const verdict: Record<Verdict, string> = {
  unreviewed: 'not reviewed',
  confirmed: 'confirmed',
  rejected: 'rejected',
};

const times: Record<TimeKind, string> = {
  uploaded: 'uploaded',
  asserted: 'asserted',
  recorded: 'recorded, by the file,',
  acquired: 'known here since',
};

const basis: Record<Basis, string> = {
  time: 'by time',
  extent: 'by extent alone',
  unknown: 'unknown',
};

export const reuseMessages = {
  verdict,
  clusters: {
    title: 'Reuse',
    ofItem: (item: string) => `Reuse around ${item}`,
    all: 'All reuse',
    intro:
      'Items that share footage by matches that nobody rejected: the earliest known on top, as far as times are known. Blocks with one number show the same footage. Arrows lead to what may have come later; dashed links were not confirmed by a reviewer.',
    empty: 'No items share footage.',
    heading: (n: number) => `${n} items share footage`,
    map: 'Items as lanes, earliest known on top, with links between the spans that they share',
    ribbon: (match: string, from: string, a: string, to: string, b: string, verdict: string) =>
      `${match}: ${from} ${a} is ${to} ${b}, ${verdict}. Compare`,
    block: (piece: number, item: string, span: string) => `Footage ${piece} in ${item}, ${span}. Open`,
    earliest: 'Earliest known appearance',
    piece: (n: number) => `Footage ${n}`,
    undecided: 'not known',
    links: 'What may come from what',
    link: (from: string, to: string, basis: Basis) => (basis === 'unknown' ? `${from} and ${to}` : `${from} may come from ${to}`),
    basis,
    times,
    noTime: 'no time known',
    allTimes: 'Every time that is known, and whose word it is',
  },
  review: {
    title: 'Review',
    showRejected: 'Show rejected ones',
    history: 'What reviewers said',
    takenBack: 'taken back',
    note: 'Note',
    noteHint: 'why, if you like',
    confirm: 'Same footage',
    reject: 'Not the same',
    withdraw: 'Take back',
    next: 'Next to review',
    noNext: 'No other match waits for a review.',
    said: (verdict: Verdict) => `Recorded: ${reuseMessages.verdict[verdict]}.`,
  },
} as const;
