/** What the timeline shows: marks in lanes, in seconds of the item. */

import type { Mask } from '../api/masking.ts';
import type { ItemDetail, ItemRecord, Match, Pin } from '../api/types.ts';
import { m } from '../messages.ts';
import type { FrameTable } from '../player/frames.ts';
import type { Marked } from '../player/marked.ts';
import { marksIn } from './marks.ts';
import { framesOf, maskState, stands } from './masks.ts';

/** A stretch of the timeline. */
export interface Mark {
  readonly frame: number;
  /** The last frame of it. */
  readonly last: number;
  /** Seconds. */
  readonly start: number;
  readonly end: number;
  /** What it is, for a person. */
  readonly label: string;
  /** What it is, for the style sheet. */
  readonly tone: string;
}

/** One row of marks. */
export interface Lane {
  readonly name: string;
  readonly marks: readonly Mark[];
}

/** The lanes that have something in them, in the order of the page. */
export function lanesOf(table: FrameTable, detail: ItemDetail, record: ItemRecord | null, matches: Match[], masks: readonly Mask[] = []): Lane[] {
  const between = (first: number, last: number, label: string, tone: string): Mark => ({
    frame: first,
    last,
    start: table.at(first),
    end: table.endOf(last),
    label,
    tone,
  });
  const pinned = (pin: Pin, label: string, tone: string) =>
    pin.span ? [between(pin.span.first.no, pin.span.last.no, label, tone)] : [];
  const names = m.timeline.lanes;
  const named = record ? marksIn(record) : new Set<string>();
  const seen = (marks: boolean) => (record?.observations ?? []).filter((one) => named.has(one.number) === marks);
  const lanes: Lane[] = [
    { name: names.shots, marks: detail.shots.map((shot, no) => between(shot.first, shot.last, `${no + 1}`, 'shot')) },
    {
      name: names.findings,
      marks: detail.findings.flatMap((finding) =>
        finding.span ? [between(finding.span.first, finding.span.last, finding.summary, finding.kind)] : [],
      ),
    },
    { name: names.marks, marks: seen(true).flatMap((one) => pinned(one.pin, `${one.number} ${one.text}`, 'named')) },
    { name: names.claims, marks: (record?.claims ?? []).flatMap((claim) => pinned(claim.pin, `${claim.number} ${claim.text}`, 'claim')) },
    {
      name: names.observations,
      marks: seen(false).flatMap((one) => pinned(one.pin, `${one.number} ${one.text}`, 'observation')),
    },
    {
      name: names.masks,
      marks: masks.filter(stands).map((mask) => {
        const { first, last } = framesOf(mask, table);
        return between(first, last, `${mask.number} ${mask.reason}`, `mask ${maskState(mask)}`);
      }),
    },
    { name: names.matches, marks: matches.map((match) => matchMark(match, detail.item.id, between)) },
  ];
  return lanes.filter((lane) => lane.marks.length > 0);
}

function matchMark(match: Match, item: string, between: (first: number, last: number, label: string, tone: string) => Mark): Mark {
  const own = match.query === item ? match.query_span : match.reference_span;
  const other = match.query === item ? match.reference_name : match.query_name;
  return between(own.first.no, own.last.no, `${match.number} ${other}`, 'match');
}

/** What `lanes` show, and the marks of a span: whatever keys go to. */
export function markedIn(lanes: readonly Lane[], markIn: number | null, markOut: number | null): Marked[] {
  const own = [markIn, markOut].flatMap((frame) => (frame === null ? [] : { first: frame, last: frame }));
  return [...lanes.flatMap(({ marks }) => marks.map(({ frame, last }) => ({ first: frame, last }))), ...own];
}

/** Round times for the ruler, at most `most` of them. */
export function ticks(end: number, most = 8): number[] {
  const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200];
  const step = steps.find((seconds) => end / seconds <= most) ?? Math.ceil(end / most);
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
}
