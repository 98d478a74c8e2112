/**
 * What protects a person from picture and sound: grey, blurred and mute until three separate acts
 * lift them. Colour and sharpness are remembered for an item within this browser tab; nothing is
 * ever lifted by hovering.
 */

const PREFIX = 'framewitness.lifted.';
const EXPOSURE = 'framewitness.exposure';

/** What stands between a person and pictures, and how it is lifted. */
export interface Guard {
  readonly colour: boolean;
  readonly sharp: boolean;
  readonly sound: boolean;
  readonly exposure: number;
  toggleColour(): void;
  toggleSharp(): void;
}

export class Protection implements Guard {
  /** Whether colour is shown. */
  colour = $state(false);
  /** Whether the blur is lifted. */
  sharp = $state(false);
  /** Whether sound is played. Never remembered: a page that opens is mute. */
  sound = $state(false);
  /** Seconds that pictures were on the screen unprotected, in this tab. */
  exposure = $state(0);
  readonly #key: string;

  constructor(item: string) {
    this.#key = PREFIX + item;
    const lifted = sessionStorage.getItem(this.#key) ?? '';
    this.colour = lifted.includes('colour');
    this.sharp = lifted.includes('sharp');
    this.exposure = Number(sessionStorage.getItem(EXPOSURE) ?? 0);
  }

  toggleColour(): void {
    this.colour = !this.colour;
    this.#remember();
  }

  toggleSharp(): void {
    this.sharp = !this.sharp;
    this.#remember();
  }

  /** Counts `seconds` during which the picture was on the screen. */
  seen(seconds: number): void {
    if (!this.colour && !this.sharp) return;
    this.exposure += seconds;
    sessionStorage.setItem(EXPOSURE, String(this.exposure));
  }

  #remember(): void {
    const lifted = [this.colour ? 'colour' : '', this.sharp ? 'sharp' : ''];
    sessionStorage.setItem(this.#key, lifted.join(' '));
  }
}

/** The guard of two pictures that are seen as one: lifted only where it is lifted of both, and of both at once. */
export class Together implements Guard {
  /** Two pictures are compared in silence. */
  readonly sound = false;

  constructor(
    private readonly one: Protection,
    private readonly other: Protection,
  ) {}

  get colour(): boolean {
    return this.one.colour && this.other.colour;
  }

  get sharp(): boolean {
    return this.one.sharp && this.other.sharp;
  }

  get exposure(): number {
    return Math.max(this.one.exposure, this.other.exposure);
  }

  toggleColour(): void {
    const lifted = !this.colour;
    for (const guard of [this.one, this.other]) if (guard.colour !== lifted) guard.toggleColour();
  }

  toggleSharp(): void {
    const lifted = !this.sharp;
    for (const guard of [this.one, this.other]) if (guard.sharp !== lifted) guard.toggleSharp();
  }
}
