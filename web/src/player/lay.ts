/**
 * How one picture is laid over another: where it lies, and by how much the two differ. Plain
 * numbers: pictures come as RGBA bytes, places as parts of a picture in thousandths.
 */

/** The ways to see two pictures: beside each other, or one laid over the other. */
export const MODES = ['side', 'wipe', 'blink', 'blend', 'difference'] as const;
export type Mode = (typeof MODES)[number];

/** Left, top, width and height in thousandths of a picture. */
export type Part = readonly [number, number, number, number];
/** The whole of a picture. */
export const WHOLE: Part = [0, 0, 1000, 1000];
/** Corners do not tell closer: from here on a part counts as the whole picture. */
const NEARLY_WHOLE = 960;

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A box in pixels, perhaps beyond the picture. */
export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** What two pictures share: where in the one the other's picture lies, and which part of the other that is. */
export interface Shared {
  readonly inOne: Part;
  readonly inOther: Part;
}

/** Whether `part` is the whole picture as far as can be told. */
export function isWhole([, , width, height]: Part): boolean {
  return Math.min(width, height) >= NEARLY_WHOLE;
}

/** A part of the picture as it is stored, after display has turned it clockwise by `rotation` degrees. */
export function turned([x, y, width, height]: Part, rotation: number): Part {
  switch (((rotation % 360) + 360) % 360) {
    case 90:
      return [1000 - y - height, x, height, width];
    case 180:
      return [1000 - x - width, 1000 - y - height, width, height];
    case 270:
      return [y, 1000 - x - width, height, width];
    default:
      return [x, y, width, height];
  }
}

/**
 * Where the whole of the other picture, mirrored or not, is to be drawn on one of size `one`. By what they
 * share; without that as large as fits, in its own shape, in the middle.
 */
export function laid(one: Size, other: Size, shared: Shared | null, mirrored: boolean): Box {
  if (!shared || (isWhole(shared.inOne) && isWhole(shared.inOther))) return fitted(one, other, shared !== null);
  const [inX, inY, inWidth, inHeight] = shared.inOne;
  const [ofX, ofY, ofWidth, ofHeight] = shared.inOther;
  const from = mirrored ? 1000 - ofX - ofWidth : ofX;
  const [wide, high] = [inWidth / Math.max(ofWidth, 1), inHeight / Math.max(ofHeight, 1)];
  return {
    x: (inX / 1000 - (from / 1000) * wide) * one.width,
    y: (inY / 1000 - (ofY / 1000) * high) * one.height,
    width: wide * one.width,
    height: high * one.height,
  };
}

/** The same picture is stretched onto the whole; another keeps its shape. */
function fitted(one: Size, other: Size, same: boolean): Box {
  const scale = Math.min(one.width / other.width, one.height / other.height);
  const [width, height] = same ? [one.width, one.height] : [other.width * scale, other.height * scale];
  return { x: (one.width - width) / 2, y: (one.height - height) / 2, width, height };
}

/** The whole pixels of a picture of size `one` that `box` covers; of no size where it covers none. */
export function covered(one: Size, box: Box): Box {
  const [left, top] = [Math.max(Math.ceil(box.x - SLACK), 0), Math.max(Math.ceil(box.y - SLACK), 0)];
  const right = Math.min(Math.floor(box.x + box.width + SLACK), one.width);
  const bottom = Math.min(Math.floor(box.y + box.height + SLACK), one.height);
  return { x: left, y: top, width: Math.max(right - left, 0), height: Math.max(bottom - top, 0) };
}

/** Part of a pixel that arithmetic may be off by. */
const SLACK = 1e-6;

/** By how much two pictures differ, in 8-bit steps of a channel. */
export interface Difference {
  readonly mean: number;
  readonly most: number;
  /** Share of the pixels of which any channel differs. */
  readonly share: number;
}

/**
 * Writes the absolute difference of each channel, `gain` times, over the RGBA bytes of `one`, and tells
 * it without the gain. Both are of one size; the result is opaque.
 */
export function differ(one: Uint8ClampedArray, other: Uint8ClampedArray, gain: number): Difference {
  let [sum, most, pixels] = [0, 0, 0];
  for (let at = 0; at < one.length; at += 4) {
    let largest = 0;
    for (let channel = at; channel < at + 3; channel += 1) {
      const apart = Math.abs((one[channel] ?? 0) - (other[channel] ?? 0));
      one[channel] = apart * gain;
      sum += apart;
      if (apart > largest) largest = apart;
    }
    one[at + 3] = 255;
    if (largest > 0) pixels += 1;
    if (largest > most) most = largest;
  }
  const count = one.length / 4;
  return count === 0 ? { mean: 0, most: 0, share: 0 } : { mean: sum / (3 * count), most, share: pixels / count };
}
