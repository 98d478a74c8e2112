/**
 * What a person may type to go somewhere: `37` (frame), `1:02:03.450` or `2:03.45` (clock),
 * `12.5s` (seconds), `pts:123` (timestamp in ticks).
 */

import type { FrameTable } from './frames.ts';

/** A place somebody asked for. */
export type Place =
  | { readonly kind: 'frame'; readonly no: number }
  | { readonly kind: 'time'; readonly seconds: number }
  | { readonly kind: 'pts'; readonly pts: number };

const FRAME = /^#?(\d{1,9})$/;
const SECONDS = /^(\d{1,7}(?:[.,]\d{1,9})?)\s*s$/i;
const CLOCK = /^(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d{1,9})?)$/;
const PTS = /^pts:\s*(-?\d{1,15})$/i;

/** Reads `text`; `null` when it names no place. Minutes and seconds must be below 60. */
export function parsePlace(text: string): Place | null {
  const typed = text.trim();
  const frame = FRAME.exec(typed);
  if (frame) return { kind: 'frame', no: Number(frame[1]) };
  const seconds = SECONDS.exec(typed);
  if (seconds) return { kind: 'time', seconds: decimal(seconds[1]) };
  const pts = PTS.exec(typed);
  if (pts) return { kind: 'pts', pts: Number(pts[1]) };
  const clock = CLOCK.exec(typed);
  return clock ? fromClock(decimal(clock[1] ?? '0'), decimal(clock[2]), decimal(clock[3])) : null;
}

/** The frame at `place`; `null` when it lies outside the item, so that nobody lands elsewhere unawares. */
export function frameAt(place: Place, table: FrameTable): number | null {
  switch (place.kind) {
    case 'frame':
      return place.no < table.count ? place.no : null;
    case 'time':
      return table.count > 0 && place.seconds <= table.end ? table.atTime(place.seconds) : null;
    case 'pts':
      return withinPts(place.pts, table) ? table.atPts(place.pts) : null;
  }
}

function fromClock(hours: number, minutes: number, seconds: number): Place | null {
  if (minutes >= 60 || seconds >= 60) return null;
  return { kind: 'time', seconds: hours * 3600 + minutes * 60 + seconds };
}

function withinPts(pts: number, table: FrameTable): boolean {
  const stamped = table.frames.filter((frame) => frame.pts !== null);
  const first = stamped[0]?.pts;
  const last = stamped.at(-1);
  if (first == null || last?.pts == null) return false;
  // The last frame is on show for its own length, which is known in seconds only: accept its own tick.
  return pts >= first && pts <= last.pts;
}

function decimal(text: string | undefined): number {
  return Number((text ?? '').replace(',', '.'));
}
