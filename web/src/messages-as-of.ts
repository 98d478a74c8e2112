/** Words of the case as it stood. */

export const asOfMessages = {
  title: 'Earlier state',
  stood: (when: string) => `The case as it stood on ${when}`,
  after: (entry: number, of: number) => `after entry ${entry}; the journal now has ${of}.`,
  readOnly: 'Nothing can be recorded here.',
  clocks: (count: number) => `${count} earlier ${count === 1 ? 'entry states' : 'entries state'} a later time`,
  clocksHint: 'Clocks differed. Order is that of the journal, not of the times that entries state.',
  now: 'Show it as it stands now',
  show: 'Show the case as of',
  showHint: 'A day or month (to its end, in UTC), a time such as 2026-05-03T18:20:00Z, or the number of an entry',
  go: 'Show',
  slider: {
    title: 'Earlier states',
    ofItem: 'History of this item',
    ofCase: 'History of the case',
    now: 'as it stands now',
    after: (entry: number) => `after entry ${entry}`,
    entry: (when: string, who: string, what: string) => `${when}, ${who}: ${what}`,
    before: 'The entry before',
    next: 'The entry after',
    hint: 'Arrows go from entry to entry, Enter shows the case as it stood then.',
  },
  ofEntry: 'as of here',
  ofEntryHint: (entry: number) => `Show the case as it stood after entry ${entry}`,
};
