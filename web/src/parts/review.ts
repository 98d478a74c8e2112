/** Which match is to be reviewed next. */

import type { Match } from '../api/types.ts';

/** Number of the first match without review after `match`, from the start again after the last. */
export function nextUnreviewed(matches: readonly Match[], match: Match): string | null {
  const at = matches.findIndex(({ number }) => number === match.number);
  const others = [...matches.slice(at + 1), ...matches.slice(0, Math.max(at, 0))];
  return others.find(({ verdict }) => verdict === 'unreviewed')?.number ?? null;
}
