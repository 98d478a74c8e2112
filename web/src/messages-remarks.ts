/** Words of tags, notes and what to know before an item is opened. */

import type { ContentFlag } from './api/types.ts';

const flag: Record<ContentFlag, string> = {
  graphic: 'graphic',
  death: 'death',
  violence: 'violence',
  torture: 'torture',
  'sexual-violence': 'sexual violence',
  nudity: 'nudity',
  children: 'children harmed',
  'self-harm': 'self-harm',
  animals: 'animals harmed',
  'distressing-sound': 'distressing sound',
  hatred: 'hatred',
};

export const remarkMessages = {
  words: { flag },
  title: 'Tags and notes',
  empty: 'No tag and no note.',
  add: 'Add a tag or a note',
  on: 'On',
  tag: 'Tag',
  note: 'Note',
  save: 'Add',
  remove: (what: string) => `Remove ${what}`,
  removed: 'removed on the page',
  content: {
    title: 'Before it is opened',
    before: 'Before you look:',
    none: 'nothing that could harm',
    change: 'Say what to know before it is opened',
    flags: 'It shows or lets hear',
    note: 'In words',
    save: 'Save',
    by: (actor: string) => `by the word of ${actor}`,
  },
} as const;
