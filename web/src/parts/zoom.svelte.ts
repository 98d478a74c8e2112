/**
 * The part of a timeline that is on show: the track grows within a window that scrolls, so that
 * everything on it, drawn in shares of its width, grows with it.
 */

/** The track is at most so many times as wide as its window. */
const MOST = 64;

export class Zoom {
  /** Width of the track over that of its window: 1, 2, 4, … */
  factor = $state(1);
  /** Shares of the track at the edges of the window. */
  from = $state(0);
  to = $state(1);
  /** Width of the window in pixels. */
  width = $state(0);
  #window: HTMLElement | null = null;

  get in(): boolean {
    return this.factor > 1;
  }

  get canGrow(): boolean {
    return this.factor < MOST;
  }

  /** Takes over the element that scrolls. */
  attach(element: HTMLElement): () => void {
    this.#window = element;
    const look = () => this.#look();
    const resized = new ResizeObserver(look);
    resized.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', look);
      this.#window = null;
    };
  }

  /** Grows or shrinks by a factor and brings the share `at` of the track to the middle. */
  by(factor: number, at: number): void {
    this.factor = Math.min(Math.max(this.factor * factor, 1), MOST);
    // The track has its new width once the page is laid out again.
    requestAnimationFrame(() => this.#centre(at));
  }

  /** Scrolls where the share `at` is out of sight. */
  follow(at: number): void {
    if (this.factor > 1 && (at < this.from || at > this.to)) this.#centre(at);
  }

  #centre(at: number): void {
    const element = this.#window;
    if (!element) return;
    element.scrollLeft = at * element.scrollWidth - element.clientWidth / 2;
    this.#look();
  }

  #look(): void {
    const element = this.#window;
    if (!element || element.scrollWidth === 0) return;
    this.width = element.clientWidth;
    this.from = element.scrollLeft / element.scrollWidth;
    this.to = Math.min((element.scrollLeft + element.clientWidth) / element.scrollWidth, 1);
  }
}
