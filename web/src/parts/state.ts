/** Going to another state of the case, on the screen that is open. */

import { pageAt } from '../api/as-of.ts';

/** Shows the case as it stood after `entry`, or at what else is named; for `null`, as it stands now. */
export function openState(state: string | number | null): void {
  location.assign(pageAt(state, location.hash));
}
