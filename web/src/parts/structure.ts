/** Lengths, key frames and bits of an item as groups of named values, and its coder's notes. */

import type { CoderNote, Coding, ExiftoolField, ItemDetail } from '../api/types.ts';
import { m } from '../messages.ts';
import { clock } from '../player/format.ts';
import type { Group } from './facts.ts';
import { plain } from './format.ts';

const words = m.structure;

/** Distances that are told of key frames. */
const DISTANCES = 8;

/** Every length that something states, beside the one of what is presented. */
export function lengthsOf({ facts, summary, sound }: ItemDetail): Group {
  const streams = (facts?.streams ?? []).flatMap((stream): [string, string][] => {
    if (stream.duration === null) return [];
    const seconds = (ticks: number) => (ticks * stream.time_base.num) / stream.time_base.den;
    const start = stream.start ?? 0;
    const text = words.lengths.from(stamp(seconds(start)), stamp(seconds(start + stream.duration)));
    return [[words.lengths.stream(stream.index, stream.kind), text]];
  });
  const container = facts?.duration_us ?? null;
  return {
    title: words.lengths.title,
    rows: [
      ...rows(words.lengths.presented, summary.frame_count && summary.duration_s ? clock(summary.duration_s) : null),
      ...rows(words.lengths.container, container === null ? null : clock(container / 1e6)),
      ...streams,
      ...rows(words.lengths.sound, sound && words.lengths.from(stamp(sound.start_s), stamp(sound.end_s))),
    ],
  };
}

/** Key frames, their distances, and sizes by coding type. */
export function codingOf({ facts }: ItemDetail): Group {
  const coding = facts?.coding;
  if (!coding) return { title: words.coding.title, rows: [] };
  const often = coding.key_distances.toSorted(([, a = 0], [, b = 0]) => b - a);
  const told = often.slice(0, DISTANCES).map(([frames = 0, times = 0]) => words.coding.distance(frames, times));
  const rest = often.length - told.length;
  if (rest > 0) told.push(words.coding.more(rest));
  return {
    title: words.coding.title,
    rows: [
      [words.coding.keys, plain(coding.keys)],
      ...rows(words.coding.distances, told.join(', ')),
      ...rows(words.coding.open, coding.open_groups > 0 ? plain(coding.open_groups) : null),
      ...coding.sizes.map(({ picture, least, median, most }): [string, string] => [
        words.coding.size(picture === '?' ? words.coding.other : picture),
        words.coding.sizes(plain(least), plain(median), plain(most)),
      ]),
      ...quantisersOf(coding),
    ],
  };
}

/** Quantisers by coding type, or why there are none. */
function quantisersOf({ quantisers }: Coding): [string, string][] {
  if (!quantisers) return [];
  if (quantisers.state === 'unsupported') return [[words.coding.quantisers, words.coding.unread(quantisers.codec)]];
  const { scale, by_type, missing } = quantisers;
  return [
    ...by_type.map(({ picture, least, median, most }): [string, string] => [
      words.coding.quantiser(scale.name, picture === '?' ? words.coding.other : picture),
      words.coding.sizes(plain(least), plain(median), plain(most)),
    ]),
    ...rows(words.coding.untold(scale.name), missing > 0 ? plain(missing) : null),
  ];
}

/** The fields that exiftool tells, by its groups. */
export function exiftoolGroups(fields: readonly ExiftoolField[]): Group[] {
  const groups = new Map<string, [string, string][]>();
  for (const { group, name, value, cut } of fields) {
    const found = groups.get(group) ?? [];
    found.push([name, cut ? words.exiftool.cut(value) : value]);
    groups.set(group, found);
  }
  return [...groups].map(([title, rows]) => ({ title, rows }));
}

/** A note, the first frame that carries it, and how many do. */
export interface Note {
  readonly text: string;
  readonly frame: number;
  readonly times: number;
}

/** The notes, each once: some coders write the same at every key frame. */
export function notesOf(notes: readonly CoderNote[]): Note[] {
  const found = new Map<string, Note>();
  for (const { text, frame } of notes) {
    const before = found.get(text);
    found.set(text, before ? { ...before, times: before.times + 1 } : { text, frame, times: 1 });
  }
  return [...found.values()];
}

/** A time that may lie before the beginning: sound often starts with a few samples that are not heard. */
function stamp(seconds: number): string {
  return seconds < 0 ? `−${clock(-seconds)}` : clock(seconds);
}

function rows(name: string, value: string | null): [string, string][] {
  return value ? [[name, value]] : [];
}
