/** Positions as people write them. */

import type { Ground, Position } from '../api/types.ts';
import { m } from '../messages.ts';

/** Decimal digits that are kept of a degree. */
const DECIMALS = 7;
const DEGREES = /^(-?)(\d{1,3})(?:\.(\d{1,7}))?$/;

/** `latitude, longitude` in decimal degrees, read to the digit; nothing where it is no position. */
export function positionOf(text: string, radius: string): Position | null {
  const [north, east, ...more] = text.split(',').map((part) => degrees(part.trim()));
  if (north === undefined || east === undefined || north === null || east === null || more.length > 0) return null;
  return { latitude_e7: north, longitude_e7: east, radius_m: radius.trim() === '' ? null : Number(radius) };
}

function degrees(text: string): number | null {
  const read = DEGREES.exec(text);
  if (!read) return null;
  const e7 = Number(`${read[2]}${(read[3] ?? '').padEnd(DECIMALS, '0')}`);
  return read[1] === '-' && e7 !== 0 ? -e7 : e7;
}

/** `50.6412, 29.9231`. */
export function positionText(position: Position): string {
  const one = (e7: number) => String(e7 / 10 ** DECIMALS);
  return `${one(position.latitude_e7)}, ${one(position.longitude_e7)}`;
}

/** What it rests on, in a line. */
export function groundsText(grounds: readonly Ground[]): string {
  return grounds.map(({ kind, cites }) => [m.whereabouts.words.ground[kind], cites].filter(Boolean).join(' ')).join(', ');
}
