/**
 * Brings the player's frames onto a canvas, unchanged: no colour conversion, no alpha, so that
 * the canvas holds the very RGB bytes that the server made. While somebody watches, it holds the reduced
 * pictures of the stream instead, and says so.
 */

import { readFrame } from '../api/case.ts';
import type { Driver } from '../player/player.ts';
import { Reel } from '../player/reel.ts';
import { troubleOf } from './loaded.svelte.ts';
import { StreamProjector } from './projector.ts';
import { reduced } from './veil.ts';

/** Decoded frames kept, in bytes, and at least this many frames however large they are. */
const KEEP_BYTES = 256 * 1024 * 1024;
const KEEP_FRAMES = 20;
/** Widths of pictures for watching are multiples of this, so that a window may change a little. */
const WIDTHS = 64;
/** Share of them that is enough for a picture that is blurred. */
const BLURRED = 0.5;

/** Who is told about frames: the player. */
export interface Listener {
  arrived(no: number): void;
  failed(no: number, reason: string): void;
}

export class FrameCanvas implements Driver {
  listener: Listener | null = null;
  /** Called whenever the canvas holds another picture. */
  onpaint: () => void = () => {};
  #canvas: HTMLCanvasElement | null = null;
  /** What is looked at, where the canvas itself is not on the page. */
  #seen: HTMLElement | null = null;
  /** View filters that frames are asked for through; none for the exact pixels. */
  #view = '';
  #shown: number | null = null;
  /** Whether another picture lies over the frame. */
  #covered = false;
  #size = 0;
  /** What the canvas holds, and of what was or will be drawn the pixels for its veil. */
  #drawn: ImageBitmap | null = null;
  readonly #few = new WeakMap<ImageBitmap, ImageData>();
  // A Map keeps the order of insertion: the first is the one longest unused.
  readonly #kept = new Map<number, ImageBitmap>();
  readonly #requests = new Map<number, AbortController>();
  readonly #reel: Reel<Uint8Array<ArrayBuffer>, ImageBitmap>;

  constructor(
    private readonly item: number,
    /** Told the size in display pixels of the exact picture that has just been drawn. */
    private readonly drawn: (width: number, height: number) => void = () => {},
    /** The video track; `null` for the examined one. */
    private readonly track: number | null = null,
    /** Told why there is no stream for watching; `null` when there is no such reason. */
    unsmooth: (problem: string | null) => void = () => {},
    /** Whether the picture is seen blurred. */
    private readonly blurred: () => boolean = () => false,
  ) {
    const projector = new StreamProjector(item, () => this.#width());
    this.#reel = new Reel(projector, unsmooth);
    projector.reel = this.#reel;
  }

  /** View filters are applied to exact frames only, and only the examined track is streamed. */
  get reel(): Reel<Uint8Array<ArrayBuffer>, ImageBitmap> | null {
    const streamed = this.#view === '' && this.track === null && !this.#covered;
    return streamed ? this.#reel : null;
  }

  /** Draws on `canvas` from now on, what is on show at once; people look at `seen`. */
  attach(canvas: HTMLCanvasElement, seen: HTMLElement = canvas): void {
    this.#canvas = canvas;
    this.#seen = seen;
    this.#restore();
  }

  /** What the picture is drawn on. */
  get element(): HTMLCanvasElement | null {
    return this.#canvas;
  }

  now(): number {
    return performance.now() / 1000;
  }

  ready(no: number): boolean {
    return this.#canvas !== null && this.#kept.has(no);
  }

  load(no: number): void {
    const request = new AbortController();
    this.#requests.set(no, request);
    void this.#fetch(no, request.signal).finally(() => {
      if (this.#requests.get(no) === request) this.#requests.delete(no);
    });
  }

  drop(no: number): void {
    this.#requests.get(no)?.abort();
  }

  show(no: number, exact: boolean): void {
    const bitmap = exact ? this.#used(no) : this.#reel.picture(no);
    const canvas = this.#canvas;
    if (!bitmap || !canvas) return;
    this.#shown = no;
    // A frame that comes late does not draw itself over what lies over it.
    if (this.#covered) return;
    this.#draw(canvas, bitmap);
    canvas.dataset['frame'] = String(no);
    canvas.dataset['exact'] = String(exact);
    canvas.dataset['view'] = this.#view;
    if (exact) this.drawn(bitmap.width, bitmap.height);
  }

  /** Draws the picture of a stored sample, or a field, in the place of the frame. */
  cover(what: 'sample' | 'field', no: string, bitmap: ImageBitmap): void {
    const canvas = this.#canvas;
    if (!canvas) return;
    this.#covered = true;
    this.#draw(canvas, bitmap);
    this.drawn(bitmap.width, bitmap.height);
    for (const told of ['frame', 'exact', 'view', 'sample', 'field']) delete canvas.dataset[told];
    canvas.dataset[what] = no;
  }

  /** Draws the frame again. */
  uncover(): void {
    this.#covered = false;
    for (const told of ['sample', 'field']) delete this.#canvas?.dataset[told];
    this.#restore();
  }

  /** Draws the frame that is on show, fetched anew where it is not kept. */
  #restore(): void {
    const shown = this.#shown;
    if (shown === null) return;
    if (this.#kept.has(shown)) this.show(shown, true);
    else void this.#fetch(shown).then(() => this.#shown === shown && this.show(shown, true));
  }

  #draw(canvas: HTMLCanvasElement, bitmap: ImageBitmap): void {
    if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
    }
    canvas.getContext('2d', { alpha: false, colorSpace: 'srgb' })?.drawImage(bitmap, 0, 0);
    this.#drawn = bitmap;
    this.onpaint();
  }

  /** The pixels that the veil over what is on the canvas is made of. */
  few(): ImageData | null {
    // What was drawn may have been given up since.
    if (this.#drawn?.width) return this.#fewOf(this.#drawn);
    return this.#drawn && this.#canvas ? reduced(this.#canvas) : null;
  }

  #fewOf(bitmap: ImageBitmap): ImageData | null {
    const few = this.#few.get(bitmap) ?? reduced(bitmap);
    if (few) this.#few.set(bitmap, few);
    return few;
  }

  /** Shows every frame through `view` from now on, the one on the canvas as soon as it is here. */
  through(view: string): void {
    if (view === this.#view) return;
    this.#view = view;
    this.#reel.close();
    this.#empty();
    this.#restore();
  }

  /** Frees the decoded frames. */
  close(): void {
    this.#reel.close();
    this.#empty();
    this.#canvas = null;
    this.#seen = null;
    this.#drawn = null;
    this.listener = null;
  }

  /** An exact frame, which counts as used now. */
  #used(no: number): ImageBitmap | undefined {
    const bitmap = this.#kept.get(no);
    if (!bitmap) return undefined;
    this.#kept.delete(no);
    this.#kept.set(no, bitmap);
    return bitmap;
  }

  /** Pixels of a row that can be told apart on this screen. */
  #width(): number {
    const pixels = (this.#seen?.clientWidth ?? 0) * devicePixelRatio * (this.blurred() ? BLURRED : 1);
    return Math.max(Math.ceil(pixels / WIDTHS), 1) * WIDTHS;
  }

  #empty(): void {
    for (const bitmap of this.#kept.values()) bitmap.close();
    this.#kept.clear();
    this.#size = 0;
  }

  async #fetch(no: number, signal?: AbortSignal): Promise<void> {
    const view = this.#view;
    try {
      const picture = await readFrame(this.item, no, view, this.track, signal);
      const bitmap = await createImageBitmap(picture, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
      if (!this.listener) return bitmap.close();
      // The view changed on the way: what was asked for is no longer what is to be shown.
      if (view !== this.#view) {
        bitmap.close();
        return this.#fetch(no, signal);
      }
      this.#keep(no, bitmap);
      // Before it is asked for: a step has no time for it.
      if (this.blurred()) this.#fewOf(bitmap);
      this.listener.arrived(no);
    } catch (cause) {
      if (signal?.aborted) return;
      const { error, hint } = troubleOf(cause);
      this.listener?.failed(no, [error, hint].filter(Boolean).join(' '));
    }
  }

  #keep(no: number, bitmap: ImageBitmap): void {
    const twice = this.#kept.get(no);
    if (twice) this.#size -= weight(twice);
    twice?.close();
    this.#kept.set(no, bitmap);
    this.#size += weight(bitmap);
    for (const [oldest, unused] of this.#kept) {
      if (this.#size <= KEEP_BYTES || this.#kept.size <= KEEP_FRAMES) return;
      this.#kept.delete(oldest);
      this.#size -= weight(unused);
      unused.close();
    }
  }
}

function weight(bitmap: ImageBitmap): number {
  return bitmap.width * bitmap.height * 4;
}
