/** Two items side by side: the query leads, the reference follows by the match's alignment. */

import type { Match } from '../api/types.ts';
import { alignedFrame, type Alignment } from '../player/alignment.ts';
import type { Command } from '../player/state.ts';
import type { Viewing } from './viewing.svelte.ts';

export class Comparing {
  /** Frames by which a person has shifted the reference against the alignment. */
  offset = $state(0);
  /** Whether the reference is drawn mirrored. */
  flipped = $state(false);
  /** The match as it stands. */
  match = $state.raw() as Match;
  readonly #alignment: Alignment;

  constructor(
    match: Match,
    readonly query: Viewing,
    readonly reference: Viewing,
    /** Number of the match to review after this one. */
    readonly next: string | null,
  ) {
    this.match = match;
    this.flipped = match.mirrored;
    // The spans begin at the same picture; their lengths follow from the speed.
    this.#alignment = {
      query: query.table.at(match.query_span.first.no),
      reference: reference.table.at(match.reference_span.first.no),
      speed: match.speed_permille / 1000 || 1,
    };
  }

  /** The reference's frame that belongs beside the query's frame `no`. */
  beside(no: number): number {
    return alignedFrame(no, this.query.table, this.reference.table, this.#alignment, this.offset);
  }

  /** Moves both, through the query. */
  dispatch(command: Command): void {
    this.query.dispatch(command);
  }

  /** Moves the reference to `frame`: by a stream of its own while the query plays, else exactly. */
  follow(frame: number, direction: 1 | -1 | null, speed: number): void {
    if (direction === null) this.reference.dispatch({ do: 'go', frame });
    else this.reference.dispatch({ do: 'lead', frame, direction, speed });
  }

  /** Moves one pane alone by a frame: the offset changes, the other pane stays. */
  nudge(pane: 'query' | 'reference', by: 1 | -1): void {
    if (pane === 'reference') {
      this.offset += by;
      return;
    }
    const reference = this.reference.frame;
    const next = this.query.table.clamp(this.query.frame + by);
    this.query.dispatch({ do: 'go', frame: next });
    this.offset = 0;
    this.offset = reference - this.beside(next);
  }
}
