/** Whether the page shows the case as it stood, and where. Nothing is recorded there. */

import type { StoodAt } from '../api/types.ts';

class Stood {
  /** The state on show; nothing for the case as it stands now. */
  at = $state.raw<StoodAt | null>(null);

  get past(): boolean {
    return this.at !== null;
  }
}

export const stood = new Stood();
