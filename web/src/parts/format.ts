/** Sizes, dates and places as people write them, by the language of the page. */

import type { Pin, Span } from '../api/types.ts';
import { m } from '../messages.ts';

const language = () => document.documentElement.lang || 'en';

/** `1.4 MB`, in powers of 1000. */
export function bytes(size: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  const step = Math.min(Math.floor(Math.log10(Math.max(size, 1)) / 3), units.length - 1);
  return new Intl.NumberFormat(language(), {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(size / 1000 ** step);
}

/** Seconds as `0:08`, `1:02:03`. */
export function length(seconds: number): string {
  const total = Math.round(seconds);
  const pad = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor(total / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(total % 60)}` : `${minutes}:${pad(total % 60)}`;
}

/** A recorded time (RFC 3339), in UTC so that two readers see the same. */
export function moment(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  return new Intl.DateTimeFormat(language(), {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: 'UTC',
  }).format(date) + ' UTC';
}

/** A plain number as the language writes it. */
export function plain(value: number, digits = 3): string {
  return new Intl.NumberFormat(language(), { maximumFractionDigits: digits }).format(value);
}

/** First and last digits of a hash. */
export function shortHash(hash: string): string {
  const hex = hash.replace(/^sha256:/, '');
  return hex.length > 16 ? `${hex.slice(0, 8)}…${hex.slice(-6)}` : hex;
}

/** Where a record is pinned, in words. */
export function placeOf(pin: Pin): string {
  const where = pin.span ? spanText(pin.span) : m.record.wholeItem;
  const box = pin.region;
  return box ? `${where}, ${m.record.region(box.width, box.height, box.x, box.y)}` : where;
}

function spanText(span: Span): string {
  return span.first.no === span.last.no
    ? m.record.frame(span.first.no)
    : m.record.span(span.first.no, span.last.no);
}
