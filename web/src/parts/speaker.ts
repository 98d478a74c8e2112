/**
 * Sound by Web Audio. Until {@link Loudspeaker.open}, which only a person's own act calls, there is
 * no audio context and nothing is fetched.
 */

import { readSound } from '../api/case.ts';
import { PIECE, type Speaker } from '../player/sound.ts';
import { readWav } from '../player/wav.ts';

/** Pieces kept: half a minute. */
const KEEP = 16;
/** Seconds by which two readings of the clocks may differ before the newer counts. */
const APART = 0.02;

export class Loudspeaker implements Speaker {
  #context: AudioContext | null = null;
  readonly #kept = new Map<number, AudioBuffer>();
  readonly #underWay = new Set<number>();
  readonly #sounding = new Set<AudioBufferSourceNode>();
  /** What the clock of what is heard reads when the player's reads 0, while something sounds. */
  #shift: number | null = null;

  constructor(
    private readonly item: number,
    /** Samples a second: the context's own, so that nothing is converted on the way. */
    private readonly rate: number,
    /** Told why a piece could not be had. */
    private readonly failed: (cause: unknown) => void,
  ) {}

  /** Makes sound possible, or possible again. */
  open(): void {
    this.#context ??= contextAt(this.rate);
    void this.#context.resume();
  }

  /** Ends all sound. */
  close(): void {
    this.silence();
    this.#kept.clear();
    void this.#context?.close();
    this.#context = null;
  }

  ready(no: number): boolean {
    return this.#kept.has(no);
  }

  load(no: number): void {
    if (!this.#context || this.#underWay.has(no)) return;
    this.#underWay.add(no);
    void this.#fetch(no);
  }

  play(no: number, offset: number, at: number): void {
    const context = this.#context;
    const buffer = this.#kept.get(no);
    if (!context || !buffer) return;
    // What should have been on its way already is left out, so that the rest is in time.
    const when = at + this.#clock(context);
    const late = Math.max(context.currentTime - when, 0);
    if (offset + late >= buffer.duration) return;
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.onended = () => this.#sounding.delete(source);
    this.#sounding.add(source);
    source.start(when + late, offset + late);
  }

  silence(): void {
    for (const source of this.#sounding) source.stop();
    this.#sounding.clear();
    this.#shift = null;
  }

  /** Seconds from the player's clock to that of what is heard; the same from piece to piece. */
  #clock(context: AudioContext): number {
    const shift = shiftOf(context);
    if (this.#shift === null || Math.abs(shift - this.#shift) > APART) this.#shift = shift;
    return this.#shift;
  }

  async #fetch(no: number): Promise<void> {
    try {
      const pcm = readWav(await readSound(this.item, no * PIECE, (no + 1) * PIECE));
      const first = pcm?.channels[0];
      if (!pcm || !first || !this.#context) return;
      const buffer = this.#context.createBuffer(pcm.channels.length, first.length, pcm.rate);
      pcm.channels.forEach((plane, channel) => buffer.copyToChannel(plane, channel));
      this.#kept.set(no, buffer);
      for (const oldest of this.#kept.keys()) {
        if (this.#kept.size <= KEEP) break;
        this.#kept.delete(oldest);
      }
      this.#underWay.delete(no);
    } catch (cause) {
      // It stays under way: asking again each refresh would help nobody.
      this.failed(cause);
    }
  }
}

/**
 * How far the context's clock is ahead of the player's for what is heard at this moment: sound takes
 * its time from the context to the ear, which the output's own timestamp accounts for.
 */
function shiftOf(context: AudioContext): number {
  const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp();
  if (performanceTime > 0 && contextTime > 0) return contextTime - performanceTime / 1000;
  return context.currentTime - performance.now() / 1000;
}

function contextAt(rate: number): AudioContext {
  try {
    return new AudioContext({ sampleRate: rate });
  } catch {
    // A rate that the browser does not play: it converts.
    return new AudioContext();
  }
}
