/** A place of the picture that is looked at closely: one pixel and those about it. */

import type { Size } from '../player/lay.ts';
import { type Point, pixelAt } from './region.ts';

export class Lens {
  on = $state(false);
  /** The pixel in its middle, in pixels of the picture; `null` until there is a picture. */
  at = $state.raw<Point | null>(null);
  /** Hears where it was put by hand; another lens may go along. */
  onmove: ((at: Point) => void) | null = null;

  /** Puts the lens on, where it was, else in the middle; or takes it off. */
  toggle(size: Size): void {
    this.on = !this.on;
    this.to(this.at ?? { x: size.width / 2, y: size.height / 2 }, size);
  }

  /** Puts it on the pixel at `point`. */
  to(point: Point, size: Size): void {
    this.at = pixelAt(point, size);
    this.onmove?.(this.at);
  }

  /** Moves it by whole pixels. */
  by(x: number, y: number, size: Size): void {
    const from = this.at ?? { x: 0, y: 0 };
    this.to({ x: from.x + x, y: from.y + y }, size);
  }
}

/** Pixels by which an arrow key moves the lens, and with Shift. */
const NEAR = 1;
const FAR = 10;

/** Where a key moves the lens; `null` where it does not. */
export function lensMove(key: string, shift: boolean): Point | null {
  const step = shift ? FAR : NEAR;
  switch (key) {
    case 'ArrowLeft':
      return { x: -step, y: 0 };
    case 'ArrowRight':
      return { x: step, y: 0 };
    case 'ArrowUp':
      return { x: 0, y: -step };
    case 'ArrowDown':
      return { x: 0, y: step };
    default:
      return null;
  }
}
