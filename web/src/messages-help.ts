/** Words for keys and what they do. */

import type { ActName, GroupName } from './player/keys.ts';

const groups: Record<GroupName, string> = {
  moving: 'Moving and playing',
  looking: 'Looking',
  recording: 'Recording',
  comparing: 'Comparing',
  other: 'Here',
};

const acts: Record<ActName, string> = {
  toggle: 'play reduced pictures, and pause at the exact frame',
  pause: 'pause at the exact frame',
  faster: 'play; again: faster',
  slower: 'slower, then backwards; again: faster back',
  back: 'one frame back',
  on: 'one frame on',
  secondBack: 'one second back; with Shift a tenth',
  secondOn: 'one second on; with Shift a tenth',
  first: 'first frame',
  last: 'last frame',
  speedDown: 'lower speed, down to 1/16',
  speedUp: 'higher speed, up to 4',
  markIn: 'mark the first frame of a span',
  markOut: 'mark the last frame of a span',
  goto: 'go to a frame, time or timestamp',
  colour: 'colour on or off',
  blur: 'blur off or on',
  sound: 'sound, or mute',
  field: 'the first field of this frame, its second, and back',
  view: 'exact pixels, and back to the view',
  still: 'save this frame as a still',
  note: 'note what you see here',
  compare: 'compare with matches',
  confirmed: 'the same footage',
  rejected: 'not the same',
  unreviewed: 'take your word back',
  next: 'on to the next match without review',
  help: 'this list',
};

export const helpMessages = {
  title: 'Keys',
  intro: 'Keys rest while you type. Letters can be pressed with or without Shift.',
  off: 'Single-key shortcuts',
  offHint: 'Switch off if you use speech input or keys by accident.',
  groups,
  acts,
  change: (what: string) => `Change the key: ${what}`,
  changeShort: 'Change',
  press: 'Press a key. Escape leaves it as it is.',
  notGivable: (key: string) => `${key} must go on doing what it does everywhere.`,
  taken: (key: string, what: string) => `${key} stands for “${what}”.`,
  take: 'Take it from there',
  leave: 'Leave it',
  none: 'none',
  given: (key: string, what: string) => `${key}: ${what}`,
  reset: 'Back to the usual keys',
  isReset: 'The usual keys are back.',
} as const;
