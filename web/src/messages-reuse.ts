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
  watches: {
    title: 'Watch list',
    intro: 'Every item that is inspected is searched for what is on this list, and what is found is recorded as a match.',
    seenAgain: (n: number) => `${n} seen again`,
    seenAgainHint: 'What is on the watch list was found, and nobody has reviewed it yet',
    empty: 'Nothing is watched for.',
    emptyHint: 'Open an item and choose “Tell me when this appears again” beside its matches, or run:',
    emptyCommand: 'framewitness watch add ITEM',
    showEnded: 'Show ended ones',
    whole: 'the whole item',
    nothing: 'Not seen again so far.',
    rejected: 'What was found was rejected.',
    end: 'Take off',
    endOf: (watch: string) => `Take ${watch} off the list`,
    ended: 'ended',
    waiting: 'Some items are still to be searched.',
    search: 'Search them',
    tellMe: 'Tell me when this appears again',
    tellMeHint: 'What is in the case is searched at once, what comes later when it is inspected.',
    ofItem: 'The whole item is watched for; mark a span to watch for that alone.',
    ofSpan: (first: number, last: number) => `Frames ${first} to ${last} are watched for.`,
    note: 'Note',
    begin: 'Watch for it',
    searching: 'Searching what is in the case…',
    begun: (watch: string, n: number) => (n === 0 ? `${watch}: not seen elsewhere so far.` : `${watch}: seen elsewhere ${n === 1 ? 'once' : `${n} times`}.`),
  },
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
  graph: {
    lanes: 'Lanes',
    title: 'Graph',
    as: 'Drawn as',
    label: 'Items and sources by the first time known of them, with the matches between them',
    hint: 'Arrows move the drawing, + and − zoom, 0 shows all of it, Tab goes from match to match and from item to item.',
    legend:
      'Left to right is time, as far as it is known; a line under an item is as long as its time is uncertain. Arrows lead to what may have come later; dashed matches were not confirmed by a reviewer; ⇋ is mirrored. Dotted lines come from sources that released an item or made a claim about it. “Earliest known here” says what this case knows, and nothing of where footage began.',
    find: 'Find',
    confirmed: 'Confirmed alone',
    sources: 'Sources',
    source: 'source',
    zoomIn: 'Nearer',
    zoomOut: 'Farther',
    all: 'All of it',
    undated: 'time not known',
    earliest: 'earliest known here',
    earliestOf: (pieces: readonly string[]) => `of footage ${pieces.join(', ')}`,
    several: (n: number, from: string, to: string) => `${n} matches of ${from} and ${to}`,
    none: 'Nothing here is like that.',
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
