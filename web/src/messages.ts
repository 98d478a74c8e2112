/** Every word on the page. Another language is another file of this shape. */

import type { Bearing, ClaimStatus, Confidence, Likelihood, SourceKind, SourceState } from './api/types.ts';
import type { Reading } from './parts/bits.ts';
import type { Range, Told } from './parts/quantisers.ts';
import { addingMessages, workMessages } from './messages-adding.ts';
import { asOfMessages } from './messages-as-of.ts';
import { atlasMessages } from './messages-atlas.ts';
import { compareMessages } from './messages-compare.ts';
import { credentialsMessages } from './messages-credentials.ts';
import { helpMessages } from './messages-help.ts';
import { libraryMessages } from './messages-library.ts';
import { maskMessages } from './messages-masks.ts';
import { matrixMessages } from './messages-matrix.ts';
import { publishMessages } from './messages-publish.ts';
import { receivedMessages } from './messages-received.ts';
import { recordMessages } from './messages-record.ts';
import { removalMessages } from './messages-removal.ts';
import { peopleMessages } from './messages-people.ts';
import { remarkMessages } from './messages-remarks.ts';
import { reuseMessages } from './messages-reuse.ts';
import { reviewedMessages } from './messages-reviewed.ts';
import { searchMessages } from './messages-search.ts';
import { structureMessages } from './messages-structure.ts';
import { sourceMessages } from './messages-sources.ts';
import { whereaboutsMessages } from './messages-whereabouts.ts';
import { witnessMessages } from './messages-witness.ts';

const number = new Intl.NumberFormat('en');
const plurals = new Intl.PluralRules('en');

/** `3 frames`, `1 frame`, with the number as the language writes it. */
function count(n: number, one: string, other: string): string {
  return `${number.format(n)} ${plurals.select(n) === 'one' ? one : other}`;
}

const status: Record<ClaimStatus, string> = {
  unverified: 'unverified',
  corroborated: 'corroborated',
  contradicted: 'contradicted',
  verified: 'verified',
  refuted: 'refuted',
  unverifiable: 'unverifiable',
};
const likelihood: Record<Likelihood, string> = {
  'almost-no-chance': 'almost no chance (1–5 %)',
  'very-unlikely': 'very unlikely (5–20 %)',
  unlikely: 'unlikely (20–45 %)',
  'even-chance': 'even chance (45–55 %)',
  likely: 'likely (55–80 %)',
  'very-likely': 'very likely (80–95 %)',
  'almost-certain': 'almost certain (95–99 %)',
};
const confidence: Record<Confidence, string> = { low: 'low', moderate: 'moderate', high: 'high' };
const bearing: Record<Bearing, string> = {
  CC: 'strongly consistent',
  C: 'consistent',
  N: 'neutral',
  I: 'inconsistent',
  II: 'strongly inconsistent',
  NA: 'not applicable',
};
const sourceKind: Record<SourceKind, string> = {
  person: 'person',
  account: 'account',
  outlet: 'outlet',
  organisation: 'organisation',
};
const sourceState: Record<SourceState, string> = {
  live: 'live',
  renamed: 'renamed',
  suspended: 'suspended',
  deleted: 'deleted',
  unknown: 'unknown',
};

export const m = {
  name: 'Framewitness',
  words: { status, likelihood, confidence, bearing, sourceKind, sourceState },
  count: {
    items: (n: number) => count(n, 'item', 'items'),
    frames: (n: number) => count(n, 'frame', 'frames'),
    findings: (n: number) => count(n, 'finding', 'findings'),
    claims: (n: number) => count(n, 'claim', 'claims'),
    assessments: (n: number) => count(n, 'assessment', 'assessments'),
    matches: (n: number) => count(n, 'match', 'matches'),
    entries: (n: number) => count(n, 'entry', 'entries'),
    blobs: (n: number) => count(n, 'preserved file', 'preserved files'),
    skipped: (n: number) => count(n, 'frame left out while playing', 'frames left out while playing'),
  },
  nav: {
    label: 'Screens',
    library: 'Library',
    search: 'Search',
    matches: 'Matches',
    reuse: 'Reuse',
    watches: 'Watch list',
    hypotheses: 'Hypotheses',
    sources: 'Sources',
    atlas: 'Places',
    publish: 'Publish',
    journal: 'Journal',
    theme: 'Light or dark',
    skip: 'Skip to content',
  },
  common: {
    loading: 'Reading…',
    retry: 'Try again',
    close: 'Close',
    cancel: 'Cancel',
    copy: 'Copy',
    copied: 'Copied',
    optional: 'optional',
    unreachable: 'The workbench does not answer.',
    unreachableHint: 'Is `framewitness serve` still running? Start it again in the terminal and try again.',
    lost: 'There is no such page.',
    lostHint: 'Go to the library and open an item from there.',
    unexpected: 'Something went wrong in the page.',
  },
  signIn: {
    title: 'This browser is not signed in',
    body: 'Open the address that `framewitness serve` prints in its terminal. It begins with http://127.0.0.1 and ends with a token that is valid for this run only.',
    stale: 'The token in the address is not, or no longer, valid. Start `framewitness serve` again and open the address that it prints.',
  },
  library: libraryMessages,
  item: {
    report: 'Report',
    reportHint: 'Download the report of this item',
    paper: 'PDF',
    paperHint: 'Download the report of this item on paper: PDF/A',
    frames: (here: number, total: number) => `Reading the list of frames: ${number.format(here)} of ${number.format(total)}`,
    uninspected: 'This item has not been inspected, so there are no frames to look at.',
    noFrames: 'No frame could be decoded from this item. What was found is listed beside.',
    panels: 'About this item',
    tabs: { record: 'Record', findings: 'Findings', facts: 'Facts', matches: 'Matches', masks: 'Masks', structure: 'Structure', view: 'View' },
  },
  picture: {
    label: (no: number) => `Exact frame ${no}`,
    watched: (no: number) => `Reduced picture of frame ${no}`,
    unsmooth: (why: string) => `Exact frames are shown as they come: ${why}`,
    streamCut: 'the stream of pictures for watching broke off',
    waiting: 'Fetching the exact frame…',
    colourOff: 'Show colour',
    colourOn: 'Back to grey',
    sharpOff: 'Lift the blur',
    sharpOn: 'Blur again',
    soundNone: 'There is no sound',
    soundOff: 'Play sound',
    soundOn: 'Mute',
    soundFailed: (why: string) => `The sound cannot be played: ${why}`,
    soundWhen: 'Sound plays forwards at normal speed',
    protection: 'Protection',
    exposure: (text: string) => `Seen for ${text}`,
    exposureHint: 'How long this picture was on your screen unprotected, in colour or sharp, in this session',
    problem: (frame: number) => `Frame ${frame} cannot be shown.`,
    drawHint: 'Draw a box on the picture. Escape ends drawing.',
  },
  badge: {
    exact: 'Exact frame',
    watching: 'Watching: reduced picture of frame',
    inexact: 'not exact pixels',
    watchingHint: 'While playing, pictures are reduced to the size of your screen and compressed. Pause to see the exact frame.',
    seen: 'Seen through a view',
    of: (total: number) => `of ${number.format(total)}`,
    pts: 'PTS',
    time: 'Time',
    type: 'Type',
    key: 'key frame',
    damaged: 'damaged',
    hash: 'SHA-256',
    hashHint: 'SHA-256 of the decoded planes, as in `ffmpeg -f framehash`',
    noPts: 'none',
    copyHash: 'Copy the hash of this frame',
    copyLink: 'Copy a link to this frame',
    link: 'Link',
  },
  timeline: {
    label: 'Position',
    lanes: { shots: 'Shots', findings: 'Findings', marks: 'Marks', claims: 'Claims', observations: 'Seen', masks: 'Masks', matches: 'Matches', sound: 'Sound' },
    value: (frame: number, total: number, time: string) => `frame ${frame} of ${total}, ${time}`,
    bits: {
      name: 'Bits',
      unfold: 'Show the size of every frame',
      fold: 'Show the key frames alone',
      rate: 'bits of each second',
      reading: ({ frame, type, bytes, second, bits, key, next }: Reading) =>
        [
          `frame ${frame}: ${type === '?' ? 'other' : type}, ${number.format(bytes)} byte`,
          bits === null ? '' : `second ${second}: ${number.format(Math.round(bits / 1000))} kbit`,
          key === null ? '' : key === frame ? 'key frame' : `key frame ${key}, ${frame - key} before`,
          next === null ? '' : `next key ${next}${key === null ? '' : `, ${next - key} on`}`,
        ]
          .filter(Boolean)
          .join(' · '),
    },
    quantisers: {
      name: 'Quantiser',
      unsupported: (codec: string) => `Quantisers of ${codec} are not read`,
      none: 'No header tells one',
      scale: ({ name, least, most, missing }: Extract<Told, { what: 'scale' }>, { from, to }: Range) =>
        `${name} ${from} to ${to}, of a scale from ${least} to ${most}; higher is coarser${missing > 0 ? `; ${number.format(missing)} frames untold` : ''}`,
      reading: (frame: number, name: string, quantiser: readonly [number, number] | null) =>
        quantiser === null
          ? `frame ${frame}: ${name} untold`
          : `frame ${frame}: ${name} ${quantiser[0]}${quantiser[1] > quantiser[0] ? ` to ${quantiser[1]}` : ''}`,
    },
    zoom: 'Zoom of the timeline',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    cell: (frame: number, time: string) => `frame ${frame}, ${time}`,
  },
  transport: {
    label: 'Playing',
    play: 'Play',
    pause: 'Pause',
    back: 'One frame back',
    forward: 'One frame on',
    start: 'First frame',
    end: 'Last frame',
    slower: 'Slower',
    faster: 'Faster',
    speed: (text: string) => `Speed ${text}`,
    backwards: 'backwards',
    markIn: 'Mark in',
    markOut: 'Mark out',
    magnify: 'Magnify',
    mark: 'Mark with a name',
    loop: 'Loop',
    clear: 'Clear marks',
    marked: (first: number | null, last: number | null) => `In ${first ?? '–'} · out ${last ?? '–'}`,
    saveSpan: 'Save span',
    goTo: 'Go to',
    note: 'Note here',
    field: 'Fields',
    still: 'Save still',
    compare: 'Compare',
    help: 'Keys',
  },
  fields: {
    kind: { t: 'Top field', b: 'Bottom field' },
    hint: 'Its own rows alone, each shown twice: nothing is made up between them',
    order: 'In time',
    orders: {
      first: 'first',
      second: 'second',
      together: 'both at once, by the stream',
      unsaid: 'not known',
    },
    pts: (pts: number, after: string) => (after.startsWith('0/') ? `${pts}` : `${pts} + ${after}`),
    hashHint: 'SHA-256 of its own rows as decoded, plane by plane, as in `ffmpeg -vf field -f framehash`',
    copyHash: 'Copy the hash of this field',
    copyLink: 'Copy a link to this field',
    back: (frame: number) => `Back to frame ${frame}`,
    label: (field: string) => `Field ${field}`,
    viewless: 'A field is shown as it is; view filters apply to whole frames.',
  },
  mark: {
    title: (frame: number) => `Mark frame ${frame}`,
    name: 'Name',
    usual: (frame: number) => `Mark at frame ${frame}`,
    hint: 'Recorded as an observation of this frame with the tag “mark”, in the lane Marks.',
    save: 'Mark',
    saved: (number: string) => `${number} marked.`,
  },
  lens: {
    reading: (x: number, y: number, [red, green, blue]: readonly number[]) => `x ${x}, y ${y}: RGB ${red} ${green} ${blue}`,
    blurred: 'Lift the blur to look closer:',
    playing: 'Pause to look closer: what plays is reduced.',
  },
  goTo: {
    title: 'Go to',
    label: 'Frame, time or timestamp',
    examples: '37 · 37t (top field) · 37b · 1:02:03.450 · 2:03.5 · 12.5s · pts:12345',
    examplesOfFrames: '37 · 1:02:03.450 · 2:03.5 · 12.5s · pts:12345',
    go: 'Go',
    unread: 'This is no frame number, time or timestamp.',
    outside: (count: number, end: string) => `Outside this item: it has frames 0 to ${count - 1} and ends at ${end}.`,
  },
  span: {
    title: 'Save the marked span',
    frames: (first: number, last: number) =>
      `Frames ${first} to ${last}, ${count(last - first + 1, 'frame', 'frames')}. Each is checked against its recorded hash before it is sent.`,
    form: 'Save as',
    png: 'Stills as PNG',
    pngHint: 'each as it is shown, in an archive with a listing',
    webp: 'Stills as lossless WebP',
    webpHint: 'the same pixels in smaller files',
    clip: 'One clip (FFV1 in Matroska)',
    clipHint: 'planes as decoded, every timestamp, and the sound',
    seen: 'The stills are made through the view that is on, and say so.',
    seenNot: 'A clip holds the exact planes: the view that is on does not change it.',
    save: 'Save',
    asking: 'Preparing…',
    begun: 'The download has begun. Leave this tab open until it is done.',
  },
  view: {
    intro: 'What makes something in this frame easier to see. Nothing that is kept changes, and every still saved through a view states it.',
    add: 'Add a filter …',
    exact: 'Exact pixels',
    clear: 'Remove all',
    which: 'Which',
    copy: 'Copy the view as text',
    remove: (step: string) => `Remove ${step}`,
    limits: 'A view can make structure out of noise. Say in the record which one you used.',
    steps: {
      levels: 'Levels',
      gamma: 'Gamma',
      stretch: 'Stretch contrast',
      clahe: 'Local contrast (CLAHE)',
      show: 'One plane',
      sharpen: 'Sharpen',
      edges: 'Edges',
      difference: 'Difference to the frame before',
      denoise: 'Denoise over time',
      field: 'One field',
      ela: 'Error level',
    } as Readonly<Record<string, string>>,
    parameters: {
      black: 'Black',
      white: 'White',
      gamma: 'Gamma',
      percent: 'Percent',
      clip: 'Limit',
      tiles: 'Tiles',
      amount: 'Amount',
      sigma: 'Radius',
      quality: 'Quality',
      gain: 'Gain',
      reach: 'Frames',
      strength: 'Strength',
    },
  },
  help: helpMessages,
  matches: {
    title: 'Matches',
    ofItem: (item: string) => `Matches of ${item}`,
    all: 'All matches',
    empty: 'No footage of one item was found in another.',
    emptyHint: 'Inspect at least two items, then run:',
    emptyCommand: 'framewitness match',
    query: 'Query',
    reference: 'Reference',
    score: 'Score',
    compare: 'Compare',
    mirrored: 'mirrored',
    speed: (text: string) => `${text} as fast`,
    tool: 'Found by',
    shared: { picture: 'by the picture', sound: 'by the sound alone', both: 'by picture and sound', learned: 'by a learned descriptor alone' },
    learned: (name: string, version: string) => `${name} ${version}`,
    shown: (share: string) => `shows ${share} of the reference's picture`,
    within: (share: string) => `in ${share} of the query's picture`,
    pairs: 'Frames that carry it (query = reference)',
    missing: 'There is no such match.',
    overlays: 'What lies over it?',
    comparing: 'Comparing the frames …',
    differs: (boxes: number, pairs: number) =>
      boxes === 0
        ? `Nothing lies over either throughout (${count(pairs, 'pair', 'pairs')} of frames compared)`
        : `Differs throughout, by ${count(pairs, 'pair', 'pairs')} of frames, in the query's`,
    overlay: (x: number, y: number, width: number, height: number) => `${width} × ${height} px at ${x}, ${y}`,
  },
  findPicture: {
    title: 'Find a picture',
    intro:
      'A still or a screenshot, with whatever is about it: which video of the case holds it, and which frame. The picture is not kept.',
    choose: 'Choose a picture',
    drop: 'or drop it here',
    looking: (name: string) => `Looking for ${name} …`,
    none: (name: string) => `No video of the case holds ${name}.`,
    found: (name: string, n: number) => `${name}: ${count(n, 'video', 'videos')}`,
    frame: (no: number) => `frame ${no}`,
    alike: (first: number, last: number) => `frames ${first}–${last} are as like`,
    byPrints: 'chosen by fingerprints alone: look at its neighbours too',
    place: (x: number, y: number, width: number, height: number) =>
      `in the picture at ${x}, ${y}, ${width} × ${height} pixels`,
  },
  compare: compareMessages,
  sourcing: sourceMessages,
  whereabouts: whereaboutsMessages,
  remarks: remarkMessages,
  people: peopleMessages,
  sources: {
    title: 'Sources',
    empty: 'No source has been entered.',
    emptyHint: 'A source is a person, account, outlet or organisation. Enter the first one here.',
    add: 'Add a source',
    name: 'Name',
    kind: 'Kind',
    url: 'Address (URL)',
    grade: 'Admiralty grade',
    ungraded: 'not graded',
    note: 'Note',
    save: 'Add source',
    states: 'States seen',
    noStates: 'Nobody has looked yet.',
    observe: 'Record its state',
    state: 'State',
    observed: 'Seen on',
    observedHint: 'Date or RFC 3339 time; now when left empty',
    saveState: 'Record state',
    entered: 'Source entered.',
  },
  journal: {
    title: 'Journal',
    intro: 'Every change of the case, in order, signed and chained. Nothing here can be changed or removed.',
    size: 'Size',
    root: 'Root',
    seq: 'Entry',
    time: 'Recorded',
    actor: 'Actor',
    kind: 'Kind',
    summary: 'What',
    hash: 'Hash',
    older: 'Older entries',
    undo: (entry: number) => `Undo entry ${entry}`,
    undoReason: 'Why it is taken back',
    verify: 'Verify',
    verifying: 'Checking every byte and entry…',
    sound: (blobs: string, entries: string) => `Sound: ${blobs} and ${entries} checked, nothing broken.`,
    broken: 'Broken. These do not hold:',
  },
  witness: witnessMessages,
  adding: addingMessages,
  work: workMessages,
  asOf: asOfMessages,
  atlas: atlasMessages,
  masks: maskMessages,
  matrix: matrixMessages,
  publish: publishMessages,
  removal: removalMessages,
  reviewed: reviewedMessages,
  received: receivedMessages,
  record: recordMessages,
  reuse: reuseMessages,
  search: searchMessages,
  structure: structureMessages,
  credentials: credentialsMessages,
} as const;
