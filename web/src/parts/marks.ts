/** Places with a name: observations of a frame that are tagged as such. */

import type { ItemRecord } from '../api/types.ts';

/** The tag that makes a mark of an observation. */
export const MARK = 'mark';

/** Numbers of the observations that are marks. */
export function marksIn(record: Pick<ItemRecord, 'tags'>): ReadonlySet<string> {
  return new Set(record.tags.filter((tag) => tag.tag === MARK && !tag.withdrawn).map((tag) => tag.on));
}
