/** Words of removal: erasing the bytes of an item, and its tombstone. */

export const removalMessages = {
  open: 'Remove…',
  openHint: 'Erase the bytes of this item, for law or safety',
  title: (item: string) => `Remove ${item}`,
  warning: 'The bytes are erased and cannot be brought back. What was recorded stays, with a signed tombstone.',
  goes: (blobs: number, size: string) => `${blobs} files go (${size}): the original, and what was derived of it alone.`,
  inUse: 'It is in use and cannot be removed. Free it first:',
  cites: (number: string) => `${number} cites it:`,
  ground: 'What for',
  grounds: {
    law: 'Law: a law, a court or an authority demands it',
    safety: 'Safety: keeping it endangers somebody',
    other: 'Something else, said below',
  },
  short: { law: 'law', safety: 'safety', other: 'other' },
  reason: 'Why',
  reasonHint: 'These words stay in the journal for ever: name nobody who must not be named.',
  confirm: (item: string) => `Type ${item} to confirm`,
  act: 'Erase the bytes',
  acting: 'Erasing…',
  incomplete: 'Say why, and type the number of the item.',
  removed: 'Removed',
  told: (actor: string, at: string) => `Its bytes were erased by ${actor} on ${at}. What was recorded of it stays.`,
  tombstone: (entry: number) => `Tombstone: entry ${entry}`,
  size: 'Size',
  erased: (count: number) => `${count} derived files were erased with it`,
} as const;
