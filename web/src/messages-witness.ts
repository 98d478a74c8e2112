/** Words for who vouches for the journal, and for what that proves. */

export const witnessMessages = {
  title: 'Witnesses',
  none: 'Not yet anchored: nobody outside of this case has seen its journal. Whoever holds the keys could write it anew, and its times are those of this machine.',
  how: 'framewitness witness request',
  head: (number: string, entries: string) => `${number}, over the first ${entries}`,
  nobody: 'Not yet anchored: nobody was asked.',
  waiting: (witness: string) => `Not yet anchored by ${witness}: no answer yet.`,
  since: (entries: string) => `${entries} came after the newest signed head.`,
  proven: 'Proven',
  unproven: 'Not proven',
} as const;
