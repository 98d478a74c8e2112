/** How two pictures are laid over each other on the screen, as chosen by a person. */

import type { Mode } from '../player/lay.ts';

/** Changes of the picture in a second; three flashes a second are the most that nobody is harmed by (WCAG 2.3.1). */
export const RATES = [0.5, 1, 2, 3] as const;
/** How many times larger a difference is shown. */
export const GAINS = [1, 2, 4, 8, 16, 32] as const;
/** Part of the picture by which an arrow key moves the divider. */
const STEP = 0.01;

export class Laying {
  mode = $state<Mode>('side');
  /** Where the other picture begins, as a share of the width. */
  divider = $state(0.5);
  /** How much of the other shows through. */
  opacity = $state(0.5);
  gain = $state<number>(4);
  rate = $state<number>(1);
  /** Whether the pictures change by themselves: not, where a person has asked for little motion. */
  blinking = $state(!matchMedia('(prefers-reduced-motion: reduce)').matches);
  /** Whether whole pictures are laid on each other, whatever part of it they are said to share. */
  whole = $state(false);
  /** Whether a key is held that shows the other picture. */
  peeking = $state(false);
  /** Which of the two the clock of the blinking shows. */
  #turn = $state(false);

  /** The picture that is on show alone; `null` while both are. */
  get alone(): 'one' | 'other' | null {
    if (this.mode === 'blink') return this.#turn === this.peeking ? 'one' : 'other';
    return this.peeking ? 'other' : null;
  }

  /** Moves the divider by whole steps, or to a share. */
  move(to: number | { by: number }): void {
    const share = typeof to === 'number' ? to : this.divider + to.by * STEP;
    this.divider = Math.min(Math.max(share, 0), 1);
  }

  /** Lets the pictures take turns until the returned function is called. */
  blink(): () => void {
    const turns = setInterval(() => (this.#turn = !this.#turn), 1000 / this.rate);
    return () => {
      clearInterval(turns);
      this.#turn = false;
    };
  }
}
