/** Dates as they are recorded, as precise as they are known, and where they lie on a line of time. */

const WRITTEN = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Milliseconds since 1970, UTC: from the first up to, not including, the second. */
export type Stretch = readonly [from: number, to: number];

/** All the time that a date as written can mean: a year is a year long, a minute a minute. `null` where it is none. */
export function stretchOf(written: string): Stretch | null {
  const read = WRITTEN.exec(written);
  if (!read) return null;
  const [, year, month, day, hour, minute, second, zone] = read;
  const at = (years: number, months: number, days: number) => Date.UTC(years, months, days);
  const [y, mo, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)];
  if (month === undefined) return [at(y, 0, 1), at(y + 1, 0, 1)];
  if (day === undefined) return [at(y, mo, 1), at(y, mo + 1, 1)];
  if (hour === undefined) return [at(y, mo, d), at(y, mo, d) + DAY];
  const from = at(y, mo, d) + (Number(hour) * 60 + Number(minute)) * MINUTE - offset(zone) + Number(second ?? 0) * 1000;
  return [from, from + (second === undefined ? MINUTE : 1000)];
}

/** Milliseconds that a zone is ahead of UTC. */
function offset(zone: string | undefined): number {
  const read = /^([+-])(\d{2}):(\d{2})$/.exec(zone ?? '');
  if (!read) return 0;
  return (read[1] === '-' ? -1 : 1) * (Number(read[2]) * 60 + Number(read[3])) * MINUTE;
}

/** All the time from the beginning of `from` to the end of `until`. */
export function rangeOf(from: string, until: string | null | undefined): Stretch | null {
  const [first, last] = [stretchOf(from), stretchOf(until ?? from)];
  return first && last ? [first[0], Math.max(last[1], first[1])] : null;
}

/** Everything that is dated, with room on both sides. */
export function span(all: readonly Stretch[]): Stretch | null {
  if (all.length === 0) return null;
  const [from, to] = [Math.min(...all.map(([first]) => first)), Math.max(...all.map(([, last]) => last))];
  const room = Math.max((to - from) * 0.06, 30 * MINUTE);
  return [from - room, to + room];
}

const MONTH = 30 * DAY;
const YEAR = 365 * DAY;
const DATE: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric' };
const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
/** [from one mark to the next, how marks are written] */
const STEPS: readonly [number, Intl.DateTimeFormatOptions][] = [
  [100 * YEAR, { year: 'numeric' }],
  [20 * YEAR, { year: 'numeric' }],
  [10 * YEAR, { year: 'numeric' }],
  [5 * YEAR, { year: 'numeric' }],
  [2 * YEAR, { year: 'numeric' }],
  [YEAR, { year: 'numeric' }],
  [3 * MONTH, { year: 'numeric', month: 'short' }],
  [MONTH, { year: 'numeric', month: 'short' }],
  [7 * DAY, DATE],
  [DAY, DATE],
  [6 * 60 * MINUTE, CLOCK],
  [60 * MINUTE, CLOCK],
  [10 * MINUTE, CLOCK],
  [MINUTE, CLOCK],
];

/** Marks of a line of time, at most `most`, at round times in UTC. */
export function marks([from, to]: Stretch, most: number, language: string): { at: number; label: string }[] {
  const fits = STEPS.findLast(([step]) => (to - from) / step <= most) ?? STEPS[0];
  if (!fits) return [];
  const [step, options] = fits;
  const format = (how: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, { ...how, timeZone: 'UTC' });
  const [written, dated, both] = [format(options), format(DATE), format({ ...DATE, ...CLOCK })];
  const found: { at: number; label: string }[] = [];
  for (let at = firstAfter(from, step); at <= to && found.length <= 2 * most; at = following(at, step)) {
    // Hours are of the day that was written last.
    const day = step >= DAY ? written : at % DAY === 0 ? dated : found.length === 0 ? both : written;
    found.push({ at, label: day.format(at) });
  }
  return found;
}

function firstAfter(from: number, step: number): number {
  const date = new Date(from);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (step >= YEAR) {
    const years = step / YEAR;
    return Date.UTC(Math.ceil((year + (from > Date.UTC(year, 0, 1) ? 1 : 0)) / years) * years, 0, 1);
  }
  if (step >= MONTH) {
    const months = step / MONTH;
    return Date.UTC(year, (Math.floor(month / months) + 1) * months, 1);
  }
  return Math.ceil(from / step) * step;
}

function following(at: number, step: number): number {
  const date = new Date(at);
  if (step >= YEAR) return Date.UTC(date.getUTCFullYear() + step / YEAR, 0, 1);
  if (step >= MONTH) return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + step / MONTH, 1);
  return at + step;
}

/** Nothing is drawn nearer than this. */
const NEAREST = MINUTE;

/** `view` so many times as near, in which `at` keeps its place; within `whole`. */
export function nearer(view: Stretch, whole: Stretch, factor: number, at = (view[0] + view[1]) / 2): Stretch {
  const length = Math.max((view[1] - view[0]) / factor, NEAREST);
  const share = (at - view[0]) / (view[1] - view[0]);
  const from = at - share * length;
  return within([from, from + length], whole);
}

/** `view` moved by a share of its own length; within `whole`. */
export function along(view: Stretch, whole: Stretch, share: number): Stretch {
  const by = (view[1] - view[0]) * share;
  return within([view[0] + by, view[1] + by], whole);
}

function within([from, to]: Stretch, whole: Stretch): Stretch {
  if (to - from >= whole[1] - whole[0]) return whole;
  const back = Math.max(whole[0] - from, 0) - Math.max(to - whole[1], 0);
  return [from + back, to + back];
}

/** A date as the language writes it, no more precise than it is; a time in UTC. As it is where it is no date. */
export function written(text: string, language: string): string {
  const stretch = stretchOf(text);
  if (!stretch) return text;
  const parts: Record<number, Intl.DateTimeFormatOptions> = {
    4: { year: 'numeric' },
    7: { year: 'numeric', month: 'long' },
    10: { dateStyle: 'medium' },
  };
  const told = parts[text.length];
  const precise = stretch[1] - stretch[0] === MINUTE ? 'short' : 'medium';
  const format = new Intl.DateTimeFormat(language, { ...(told ?? { dateStyle: 'medium', timeStyle: precise }), timeZone: 'UTC' });
  return told ? format.format(stretch[0]) : `${format.format(stretch[0])} UTC`;
}
