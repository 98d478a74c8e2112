/** One item under examination: its frames, the player, and what the screen shares about it. */

import { untrack } from 'svelte';
import type { Mask } from '../api/masking.ts';
import type { FrameRow, ItemDetail, Region, StoredRow } from '../api/types.ts';
import type { FieldNo } from '../player/fields.ts';
import { FrameTable } from '../player/frames.ts';
import { Player } from '../player/player.ts';
import { Scrub } from '../player/scrub.ts';
import { Sound } from '../player/sound.ts';
import { type Command, destination, type State } from '../player/state.ts';
import { type Step, written } from '../player/view.ts';
import { FrameCanvas } from './canvas.ts';
import { Fields } from './fields.svelte.ts';
import { Hidden } from './hidden.svelte.ts';
import { Lens } from './lens.svelte.ts';
import { troubleOf } from './loaded.svelte.ts';
import { type Laid, masksAt, type Tool } from './masks.ts';
import { Protection } from './protection.svelte.ts';
import { Loudspeaker } from './speaker.ts';
import { stood } from './stood.svelte.ts';
import { Work } from './work.svelte.ts';

/** The forms that can be open beside the picture. */
export type Form = 'observation' | 'claim' | 'assessment' | 'review' | 'source';
/** The panels beside the picture. */
export type Panel = 'record' | 'findings' | 'facts' | 'matches' | 'masks' | 'structure' | 'view';

/** Milliseconds that somebody stays with a number they type before it is taken for where they go. */
const EXPECTING = 120;

export class Viewing {
  readonly table: FrameTable;
  readonly canvas: FrameCanvas;
  readonly player: Player;
  readonly protection: Protection;
  /** What is stored and not presented, and the picture of it that is looked at. */
  readonly hidden: Hidden;
  /** A field of a frame, looked at by itself. */
  readonly fields: Fields;
  /** Why there is no sound although it was asked for. */
  mute = $state<string | null>(null);
  /** Why exact frames are played as they come, instead of a stream of reduced pictures. */
  unsmooth = $state<string | null>(null);
  /** The lens over the picture. */
  readonly lens = new Lens();
  readonly #speaker: Loudspeaker | null = null;
  readonly #sound: Sound | null = null;
  readonly #scrub: Scrub;
  /** The frame under a pointer that drags along the timeline. */
  aim = $state<number | null>(null);
  #expecting: ReturnType<typeof setTimeout> | undefined;
  state: State = $state.raw() as State;
  /** Size of the picture in display pixels, once a frame is drawn. */
  size = $state.raw<{ width: number; height: number } | null>(null);
  /** How often a picture was drawn: whatever is made of the picture is made again. */
  painted = $state(0);
  panel = $state<Panel>('record');
  form = $state<Form | null>(null);
  /** The box drawn for the record being written. */
  region = $state.raw<Region | null>(null);
  drawing = $state(false);
  /** What is drawn with. */
  tool = $state<Tool>('box');
  /** Corners of the polygon being drawn. */
  corners = $state.raw<readonly [number, number][]>([]);
  /** Masks of the item. */
  masks = $state.raw<readonly Mask[]>([]);
  /** The mask being drawn, as it will lie on the frame on the screen. */
  sketch = $state.raw<Laid | null>(null);
  /** A masked copy that is being rendered. */
  readonly rendering: Work;
  /** A box that is being followed. */
  readonly following: Work;
  /** Whether the picture is covered where masks lie. */
  covered = $state(false);
  /** View filters as chosen. */
  steps = $state.raw<readonly Step[]>([]);
  /** Whether the exact pixels are shown whatever view is chosen. */
  exact = $state(false);

  constructor(
    readonly item: number,
    readonly detail: ItemDetail,
    readonly rows: readonly FrameRow[],
    first: number,
    /** The video track, where it is another than the examined one. */
    readonly track: number | null = null,
  ) {
    this.table = new FrameTable(rows);
    this.#scrub = new Scrub(rows.filter((row) => row.key).map((row) => row.no));
    this.protection = new Protection(detail.item.id);
    this.canvas = new FrameCanvas(
      item,
      (width, height) => {
        if (this.size?.width !== width || this.size.height !== height) this.size = { width, height };
      },
      track,
      (problem) => (this.unsmooth = problem),
      () => !this.protection.sharp,
    );
    this.rendering = new Work(item);
    this.following = new Work(item);
    this.canvas.onpaint = () => untrack(() => (this.painted += 1));
    this.hidden = new Hidden(item, track, this.canvas);
    const scanning = detail.facts?.presentation?.scanning ?? [];
    this.fields = new Fields(item, track, this.canvas, rows.length, track === null ? scanning : [], (frame) =>
      this.player.dispatch({ do: 'go', frame }),
    );
    this.player = new Player(this.table, this.canvas, (state) => (this.state = state), first);
    this.state = this.player.state;
    this.canvas.listener = this.player;
    if (detail.sound) {
      this.#speaker = new Loudspeaker(item, detail.sound.rate, (cause) => (this.mute = troubleOf(cause).error));
      this.#sound = new Sound(this.#speaker, this.table, detail.sound.end_s);
    }
  }

  /** The frame on the screen, or the one about to be. */
  get frame(): number {
    return this.state.shown ?? destination(this.state);
  }

  /** Whether the picture on the screen is a reduced one, for watching. */
  get watching(): boolean {
    return this.state.shown !== null && !this.state.exact;
  }

  /** What is known of the frame on the screen. */
  get row(): FrameRow | null {
    return this.rows[this.frame] ?? null;
  }

  /** The view as chosen, in words. */
  get chosen(): string {
    return written(this.steps);
  }

  /** The view that the picture is seen through; none for the exact pixels. */
  get view(): string {
    return this.exact ? '' : this.chosen;
  }

  /** Masks as they lie on the frame on the screen. */
  get laid(): Laid[] {
    return [...masksAt(this.frame, this.masks), ...(this.sketch ? [this.sketch] : [])];
  }

  /** Looks through these view filters. */
  look(steps: readonly Step[]): void {
    this.steps = steps;
    this.exact = false;
    this.canvas.through(this.view);
  }

  /** Goes to the exact pixels, and back to the view. */
  toggleExact(): void {
    this.exact = !this.exact && this.steps.length > 0;
    this.canvas.through(this.view);
  }

  /**
   * Carries out a command. While a stored picture or a field is looked at, steps go to its neighbours and all
   * else leaves it.
   */
  dispatch(command: Command): void {
    if (this.fields.here) {
      if (command.do === 'step') {
        this.fields.step(command.by);
        return;
      }
      this.fields.leave();
    }
    if (this.hidden.shown || this.hidden.awaited !== null) {
      if (command.do === 'step') {
        this.hidden.step(command.by);
        return;
      }
      this.hidden.leave();
    }
    this.player.dispatch(command);
  }

  /** Somebody is about to ask for a frame: once they stay with it for a moment, it is decoded. */
  expect(frame: number | null): void {
    clearTimeout(this.#expecting);
    if (frame === null) this.player.expect(null);
    else this.#expecting = setTimeout(() => this.player.expect(frame), EXPECTING);
  }

  /** Follows a pointer that drags along the timeline and came to `frame`. */
  scrub(frame: number): void {
    if (this.state.playing) {
      this.dispatch({ do: 'go', frame });
      return;
    }
    this.aim = frame;
    this.#scrub.over(frame, this.canvas.now());
  }

  /** The pointer let go of the timeline. */
  settle(): void {
    if (this.aim !== null) this.dispatch({ do: 'go', frame: this.aim });
    this.aim = null;
    this.#scrub.end();
  }

  /** Looks at a field of a frame in place of it; without one at the next field of the frame on the screen. */
  lookAtField(no: FieldNo | null = null): void {
    this.player.dispatch({ do: 'pause' });
    this.drawing = false;
    this.hidden.leave();
    if (no) void this.fields.look(no);
    else this.fields.cycle(this.frame);
  }

  /** Looks at the picture of a stored sample in place of the frame. */
  lookAt(row: StoredRow): void {
    this.player.dispatch({ do: 'pause' });
    this.drawing = false;
    this.fields.leave();
    void this.hidden.look(row);
  }

  /** Looks at the picture of the stored sample of this number, if it is one of those that are not presented. */
  async open(sample: number): Promise<void> {
    this.panel = 'structure';
    const row = (await this.hidden.list()).find((one) => one.sample === sample);
    if (row) this.lookAt(row);
  }

  /** Whether what is on the screen has a frame number that records can be pinned to. */
  get pinnable(): boolean {
    return this.track === null && this.hidden.shown === null;
  }

  /** Plays on in pictures as sharp as they are now to be seen. */
  resharpen(): void {
    const { playing } = this.state;
    if (!playing || !this.watching) return;
    this.canvas.reel?.close();
    // The clock waits for them. A player that is led has no clock to wait.
    if (playing.led === null) this.dispatch({ do: 'go', frame: this.frame });
  }

  /** Plays sound, or stops it: a person's own act, and the only way to it. */
  toggleSound(): void {
    if (!this.#speaker || !this.#sound) return;
    this.mute = null;
    this.protection.sound = !this.protection.sound;
    if (this.protection.sound) this.#speaker.open();
    this.#sound.on = this.protection.sound;
  }

  /** Opens a form at the frame on the screen. */
  compose(form: Form): void {
    if (stood.past) return;
    this.player.dispatch({ do: 'pause' });
    this.panel = 'record';
    // The panel says why, and how to come back.
    this.form = this.pinnable ? form : null;
  }

  /** Closes the form; what was typed stays in its draft. */
  dismiss(): void {
    this.form = null;
  }

  /** Runs the player with the screen until the returned function is called. */
  run(): () => void {
    let request = 0;
    const refresh = () => {
      const due = this.#scrub.due(this.player.state, this.canvas.now());
      if (due !== null) this.dispatch({ do: 'go', frame: due });
      this.player.tick();
      this.#sound?.follow(this.player.state, this.canvas.now());
      request = requestAnimationFrame(refresh);
    };
    request = requestAnimationFrame(refresh);
    const second = setInterval(() => {
      if (document.visibilityState === 'visible') this.protection.seen(1);
    }, 1000);
    return () => {
      cancelAnimationFrame(request);
      clearInterval(second);
      this.rendering.cancel();
      this.following.cancel();
      this.canvas.close();
      this.#speaker?.close();
    };
  }
}
