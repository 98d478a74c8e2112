/** Two items side by side: the query leads, the reference follows by what binds them. */

import { alignedAt, alignedFrame, type Alignment } from '../player/alignment.ts';
import { type Box, laid, type Size, WHOLE } from '../player/lay.ts';
import { over, under } from '../player/lens.ts';
import type { Command } from '../player/state.ts';
import type { Binding } from './binding.ts';
import { Laying } from './laying.svelte.ts';
import { Together } from './protection.svelte.ts';
import type { Viewing } from './viewing.svelte.ts';

export class Comparing {
  /** Frames by which a person has shifted the reference against the alignment. */
  offset = $state(0);
  /** Whether the reference is drawn mirrored. */
  flipped = $state(false);
  readonly laying = new Laying();
  readonly protection: Together;
  #alignment = $state.raw() as Alignment;

  constructor(
    readonly query: Viewing,
    readonly reference: Viewing,
    readonly binding: Binding,
  ) {
    this.flipped = binding.mirrored;
    this.#alignment = binding.alignment;
    this.protection = new Together(query.protection, reference.protection);
    query.lens.onmove = (at) => {
      reference.lens.at = under(at, this.boxOn(this.size), sizeOf(reference), this.flipped);
    };
    reference.lens.onmove = (at) => {
      query.lens.at = over(at, this.boxOn(this.size), this.size, sizeOf(reference), this.flipped);
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

  /** Somebody is about to ask for frame `no` of the query, and nobody is for `null`. */
  expect(no: number | null): void {
    this.query.expect(no);
    this.reference.expect(no === null ? null : this.beside(no));
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

  /** Takes the two frames on show, or those named, for the same moment: from there both run as before. */
  align(query = this.query.frame, reference = this.reference.frame): void {
    this.#alignment = alignedAt(query, this.query.table, reference, this.reference.table, this.#alignment.speed);
    this.offset = 0;
  }

  /** Puts a lens on both pictures, at one place of the footage, or takes both off. */
  magnify(): void {
    // They are there only where both pictures are, to which whoever asks for them is brought back.
    const on = !this.query.lens.on || this.laying.mode !== 'side';
    this.query.lens.on = this.reference.lens.on = on;
    if (on) this.laying.mode = 'side';
    const { width, height } = this.size;
    if (on) this.query.lens.to(this.query.lens.at ?? { x: width / 2, y: height / 2 }, this.size);
  }

  /** Moves both lenses by whole pixels of the query's picture. */
  moveLens(x: number, y: number): void {
    this.query.lens.by(x, y, this.size);
  }

  /** Goes back to what binds the two. */
  realign(): void {
    this.#alignment = this.binding.alignment;
    this.offset = 0;
  }

  /** Whether a person has moved the two against what binds them. */
  get moved(): boolean {
    return this.offset !== 0 || this.#alignment !== this.binding.alignment;
  }

  /** Size of the query's picture, in display pixels. */
  get size(): Size {
    return sizeOf(this.query);
  }

  /** Where the reference's picture lies on one of the query's shape and size `size`. */
  boxOn(size: Size): Box {
    const { shared } = this.binding;
    const whole = this.laying.whole ? { inOne: WHOLE, inOther: WHOLE } : shared;
    return laid(size, sizeOf(this.reference), whole, this.flipped);
  }
}

function sizeOf(viewing: Viewing): Size {
  return viewing.size ?? viewing.detail.display ?? { width: 16, height: 9 };
}
