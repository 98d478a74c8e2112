/** Words of masks: what must not be seen or heard in whatever leaves. */

import type { MaskMethod, SoundMethod, WorkDone } from './api/masking.ts';
import type { Tool } from './parts/masks.ts';

const number = new Intl.NumberFormat('en');
const count = (n: number, one: string, other: string) => `${number.format(n)} ${n === 1 ? one : other}`;

const method: Record<MaskMethod, string> = { solid: 'solid', pixelate: 'pixelated', blur: 'blurred' };
const sound: Record<SoundMethod, string> = { mute: 'silence', voice: 'noise as loud as the voice' };
const tools: Record<Tool, string> = { box: 'box', ellipse: 'ellipse', polygon: 'polygon', whole: 'whole picture' };
const doing: Record<WorkDone['doing'], string> = {
  following: 'Following the box',
  coding: 'Rendering',
  comparing: 'Looking for leaks',
};

export const maskMessages = {
  title: 'Masks',
  intro: 'What must not be seen or heard in whatever leaves the case. The item itself is never changed.',
  empty: 'No mask lies on this item.',
  words: { method, sound },
  state: { proposed: 'proposed', confirmed: 'confirmed', superseded: 'revised', withdrawn: 'withdrawn' },
  cover: 'Cover what the masks lie on',
  owed: {
    title: 'What is owed',
    settled: 'Nothing is owed: everybody who is protected is masked, by masks that somebody confirmed.',
    unmasked: (person: string, grounds: string) => `${person} (${grounds}) is not masked`,
    open: (person: string) => `A mask leaves some of ${person} open`,
    unconfirmed: (mask: string) => `Nobody has confirmed ${mask}`,
    undone: (mask: string) => `${mask} can be undone: what is pixelated or blurred can be made out`,
    draw: 'Mask it',
    uninspected: 'The item has not been inspected: nobody knows on which frames.',
  },
  form: {
    open: '+ Mask',
    title: 'A new mask',
    revise: (mask: string) => `Revise ${mask}`,
    what: 'What is masked',
    picture: 'The picture',
    sound: 'The sound',
    shape: 'Shape',
    tools,
    draw: (tool: string) => `Draw ${/^[aeiou]/.test(tool) ? 'an' : 'a'} ${tool}`,
    drawing: 'Draw on the picture. Escape ends drawing.',
    corners: 'Corners: x,y of each, at least three',
    cornersHint: 'Click on the picture, or type: 120,80 184,80 150,128',
    badCorners: 'Give at least three corners, such as 120,80 184,80 150,128.',
    clear: 'Draw anew',
    frames: 'On',
    all: 'all frames',
    method: 'What is put there',
    undone: 'Blur and pixelation can be undone, in part or whole, and more easily the more frames there are. Only a solid mask hides for good.',
    protects: 'Whom it protects',
    reason: 'Reason',
    from: 'From',
    to: 'Up to',
    places: 'A frame (37), seconds (12.5s) or a sample (sample:48000)',
    marked: 'Take the marked span',
    draft: 'new',
    follow: 'Follow this box, forward and back',
    followHint: 'Proposes where it lies on the frames around, as far as it is found. Look at every frame before you confirm it.',
    place: 'Draw it first, or cover the whole picture.',
  },
  card: {
    by: (protects: string) => `protects ${protects}`,
    proposedBy: (what: string) => `proposed by ${what}`,
    confirmedBy: (names: string) => `confirmed by ${names}`,
    supersededBy: (mask: string) => `revised by ${mask}`,
    samples: (from: string, to: string) => `sound from ${from} to ${to}`,
    keyframes: (frames: readonly number[]) => `drawn on frames ${frames.join(', ')}, in proportion between`,
    confirm: (mask: string) => `Confirm ${mask}…`,
    looked: 'I looked at it on every frame, or listened, and it covers what it must.',
    note: 'Note',
    confirmAct: 'Confirm',
    revise: 'Revise',
    withdraw: (mask: string) => `Withdraw ${mask}…`,
    why: 'Why',
    withdrawAct: 'Withdraw',
    former: (n: number) => count(n, 'former mask', 'former masks'),
  },
  render: {
    title: 'Masked copies',
    intro: 'Rendered from the original with every mask that stands, and looked at for leaks frame by frame.',
    form: 'As',
    forms: { mp4: 'MP4 (H.264, AAC): plays everywhere', lossless: 'Matroska (FFV1): loses nothing' },
    act: 'Render a copy',
    cancel: 'Cancel',
    doing,
    frames: (frames: number, all: number) => `${number.format(frames)} of ${number.format(all)} frames`,
    beginning: 'Beginning…',
    cancelled: 'Cancelled: nothing is left of it.',
    none: 'No copy was rendered yet.',
    current: 'with the masks that stand',
    stale: 'with other masks than stand now',
    clean: 'nothing leaks',
    leaks: (n: number) => count(n, 'leak', 'leaks'),
    compared: (frames: number, masked: number) => `${count(frames, 'frame', 'frames')} compared, ${number.format(masked)} of them masked`,
    save: 'Save the copy',
    more: (n: number) => `and ${count(n, 'more', 'more')}`,
    noMasks: 'Draw a mask first.',
  },
} as const;
