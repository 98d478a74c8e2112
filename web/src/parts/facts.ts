/** The facts of an item as a table: groups of named values. */

import type { Acquisition, ItemDetail, Rational, Stream } from '../api/types.ts';
import { m } from '../messages.ts';
import { clock } from '../player/format.ts';
import { bytes, moment, plain } from './format.ts';

/** A titled group of rows. Hashes and paths are set in the fixed-width face. */
export interface Group {
  readonly title: string;
  readonly rows: readonly (readonly [name: string, value: string, fixed?: boolean])[];
}

const words = m.record.facts;
const names = words.names;

/** How the item came here and was examined; what is unknown is left out. */
export function groupsOf(detail: ItemDetail, frames: number): Group[] {
  const groups = [fileGroup(detail, frames), ...detail.item.acquisitions.map(acquisitionGroup), inspectionGroup(detail)];
  return groups.filter((group) => group.rows.length > 0);
}

/** What the file says of itself as a whole and of each of its streams. */
export function statedGroups(detail: ItemDetail): Group[] {
  return [containerGroup(detail), ...(detail.facts?.streams ?? []).map(streamGroup)].filter((group) => group.rows.length > 0);
}

function group(title: string, rows: [string, string | number | null | undefined, boolean?][]): Group {
  return {
    title,
    rows: rows.flatMap(([name, value, fixed]) =>
      value === null || value === undefined || value === '' ? [] : [[name, String(value), fixed ?? false] as const],
    ),
  };
}

function fileGroup({ summary }: ItemDetail, frames: number): Group {
  return group(words.file, [
    [names.number, summary.number],
    [names.name, summary.name],
    [names.sha256, summary.id.replace('sha256:', ''), true],
    [names.size, `${bytes(summary.size)} (${plain(summary.size)} byte)`],
    [names.presented, plain(frames)],
  ]);
}

function containerGroup({ facts }: ItemDetail): Group {
  if (!facts) return group(words.container, []);
  return group(words.container, [
    [names.format, facts.format_name],
    [names.duration, facts.duration_us === null ? null : clock(facts.duration_us / 1e6)],
    [names.bitRate, rate(facts.bit_rate)],
    ...tags(facts.tags),
  ]);
}

function streamGroup(stream: Stream): Group {
  const { video, audio, essence } = stream;
  return group(words.stream(stream.index, stream.kind), [
    [names.attached, stream.attached_picture ? words.yes : null],
    [names.codec, [stream.codec, stream.profile, stream.codec_tag].filter(Boolean).join(' · ')],
    [names.timeBase, ratio(stream.time_base)],
    [names.headerFrames, stream.header_frames],
    [names.bitRate, rate(stream.bit_rate)],
    [names.pixels, video && `${video.width}×${video.height}`],
    [names.aspect, video && ratio(video.sample_aspect)],
    [names.rotation, video && `${video.rotation}°${video.mirrored ? ` ${m.matches.mirrored}` : ''}`],
    [names.pixelFormat, video?.pixel_format],
    [names.rate, video && ratio(video.average_rate)],
    [
      names.colour,
      video && [video.color_range, video.color_space, video.color_primaries, video.color_transfer].join(' · '),
    ],
    [names.field, video?.field_order],
    [names.sampleRate, audio && `${plain(audio.sample_rate)} Hz`],
    [names.channels, audio?.channels],
    [names.packets, essence && `${plain(essence.packets)} (${plain(essence.bytes)} byte)`],
    [names.streamHash, essence?.hash, true],
    ...tags(stream.tags),
  ]);
}

function acquisitionGroup(acquisition: Acquisition): Group {
  return group(words.acquired, [
    [names.at, moment(acquisition.at)],
    [names.actor, acquisition.actor],
    [names.method, acquisition.method],
    [names.from, acquisition.origin, true],
    [names.modified, acquisition.modified && moment(acquisition.modified)],
    [names.uploaded, acquisition.uploaded],
    [names.acquired, acquisition.acquired],
    [names.blake3, acquisition.blake3, true],
  ]);
}

function inspectionGroup({ item }: ItemDetail): Group {
  const inspection = item.inspection;
  if (!inspection) return group(words.inspection, []);
  return group(words.inspection, [
    [names.at, moment(inspection.at)],
    [names.actor, inspection.actor],
    [names.tool, inspection.tool],
    [names.complete, inspection.complete ? words.yes : words.no],
    ...Object.entries(inspection.versions).map(([name, version]): [string, string] => [name, version]),
  ]);
}

function tags(found: Record<string, string>): [string, string][] {
  return Object.entries(found);
}

function ratio(value: Rational): string {
  return `${value.num}/${value.den}`;
}

function rate(bits: number | null): string | null {
  return bits === null ? null : `${plain(bits / 1000, 0)} kbit/s`;
}
