/** Words for two items beside each other. */

import type { Mode } from './player/lay.ts';

const mode: Record<Mode, string> = {
  side: 'Side by side',
  wipe: 'Wipe',
  blink: 'Blink',
  blend: 'Blend',
  difference: 'Difference',
};

/** What a laid picture shows, by the numbers of the two frames. */
const laid: Record<Mode, (one: number, other: number) => string> = {
  side: (one, other) => `Frames ${one} and ${other}`,
  wipe: (one, other) => `Frame ${one} left of the divider, frame ${other} right of it`,
  blink: (one, other) => `Frames ${one} and ${other}, one after the other`,
  blend: (one, other) => `Frame ${other} shining through frame ${one}`,
  difference: (one, other) => `Difference of frames ${one} and ${other}`,
};

export const compareMessages = {
  title: (match: string) => `Compare ${match}`,
  follows: 'One playhead moves both pictures by the alignment that the match found.',
  offset: (n: number) => `offset ${n > 0 ? '+' : ''}${n}`,
  moved: 'aligned by hand',
  nudgeBack: (name: string) => `${name}: one frame back`,
  nudgeOn: (name: string) => `${name}: one frame on`,
  align: 'Align here',
  alignHint: 'Take the two frames on show for the same moment',
  reset: 'Align again',
  flip: (title: string) => `Mirror the ${title.toLowerCase()}`,
  flipped: (title: string) => `The ${title.toLowerCase()} is shown mirrored.`,
  open: 'Open this frame',
  span: (first: number, last: number) => `matched frames ${first}–${last}`,
  outside: 'outside the matched span',
  modes: 'How the two are shown',
  mode,
  laid,
  divider: 'Divider between the two pictures',
  blinkGo: 'Blink',
  blinkStop: 'Stop blinking',
  rate: 'Changes',
  rates: (rate: string) => `${rate} a second`,
  opacity: 'Opacity',
  gain: 'Gain',
  differs: (mean: string, most: number, share: string) =>
    `mean ${mean}, at most ${most} of 255; ${share} % of the pixels differ`,
  whole: 'Whole on whole',
  wholeHint: 'Lay the whole pictures on each other, not the parts that they are said to share',
  figure: 'Save figure',
  figureHint: 'Both exact frames side by side in one PNG, with item, number, timestamp and hash of each: in colour, sharp and unmasked',
  figureName: (a: number, frame: number, b: number, beside: number) => `compare-${a}-frame-${frame}-and-${b}-frame-${beside}.png`,
  peek: 'The other picture, while held:',
  hand: {
    first: 'First',
    second: 'Second',
    title: (a: string, b: string) => (a === b ? `Compare two places of ${a}` : `Compare ${a} with ${b}`),
    follows: 'Bound by hand: one playhead moves both, each in its own time.',
    swap: 'Swap',
    place: (item: string) => `Place in ${item}`,
    item: 'Item',
    go: 'Bring beside',
    noFrames: (item: string) => `${item} has no frames to compare.`,
    noFramesHint: 'Inspect it first; sound alone cannot be compared here.',
    outside: (item: string, place: string) => `${item} has no frame at ${place}.`,
  },
  with: {
    title: (frame: number) => `Compare frame ${frame} with …`,
    matches: 'Matches of this item',
    noMatches: 'No match of this item is on record.',
    all: 'All of them',
    place: 'Any frame of any item',
    item: 'Item',
    at: 'Frame, time or timestamp',
    go: 'Compare',
    badItem: 'Give the number of an item, such as 2.',
    pin: 'Pin this frame',
    pinHint: 'Then go anywhere, in this item or in another, and compare what is there with the pinned frame.',
    pinned: (name: string, frame: number) => `Pinned: ${name}, frame ${frame}`,
    withPinned: 'Compare with it',
    unpin: 'Unpin',
  },
} as const;
