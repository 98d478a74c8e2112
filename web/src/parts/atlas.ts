/**
 * The map's geometry: the world in the Mercator projection as services on the web have it (EPSG:3857), as a
 * square of side 1 with its north-western corner at 0, 0. It keeps shapes, not sizes.
 */

import type { Position } from '../api/types.ts';

/** The square ends here, in degrees: the poles lie infinitely far off. */
const END = 85.05112878;
/** The earth's circumference at the equator in metres (WGS 84). */
const AROUND = 40_075_016.686;
const E7 = 1e7;

/** A point of the square. */
export type Point = readonly [x: number, y: number];

/** What part of the world is on the screen: its middle, and how many pixels the square is wide. */
export interface View {
  readonly middle: Point;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** From the whole world in 256 pixels to some centimetres in one. */
const SCALES = [256, 2 ** 30] as const;

/** Where degrees north and east lie. */
export function projected(north: number, east: number): Point {
  const clamped = Math.min(Math.max(north, -END), END) * (Math.PI / 180);
  return [east / 360 + 0.5, 0.5 - Math.log(Math.tan(Math.PI / 4 + clamped / 2)) / (2 * Math.PI)];
}

export const pointOf = (at: Position): Point => projected(at.latitude_e7 / E7, at.longitude_e7 / E7);

/** Degrees north and east of a point. */
export function degreesOf([x, y]: Point): readonly [north: number, east: number] {
  return [(Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI, (x - 0.5) * 360];
}

/** Metres that the whole square is wide, at the latitude of `point`. */
export function metresAcross(point: Point): number {
  return AROUND * Math.cos((degreesOf(point)[0] * Math.PI) / 180);
}

/** Pixels of a window, from its upper left corner. */
export function onScreen([x, y]: Point, { middle, scale }: View, { width, height }: Size): Point {
  return [(x - middle[0]) * scale + width / 2, (y - middle[1]) * scale + height / 2];
}

/** The view of a window in which all `points` lie, with room around; the whole world where there are none. */
export function fitted(points: readonly Point[], { width, height }: Size): View {
  if (points.length === 0) return { middle: [0.5, 0.42], scale: clamped(Math.max(width, 256)) };
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  // One place alone is shown in its country: the base map has nothing nearer to show around it.
  const [across, down] = [Math.max(right - left, 0.03), Math.max(bottom - top, 0.03)];
  return { middle: [(left + right) / 2, (top + bottom) / 2], scale: clamped(0.75 * Math.min(width / across, height / down)) };
}

/** A view `factor` times as near, in which what lies under `at` (pixels) stays there. */
export function zoomed(view: View, factor: number, at: Point, { width, height }: Size): View {
  const scale = clamped(view.scale * factor);
  const [right, down] = [at[0] - width / 2, at[1] - height / 2];
  const shift = (middle: number, off: number) => middle + off / view.scale - off / scale;
  return { middle: [shift(view.middle[0], right), shift(view.middle[1], down)], scale };
}

/** A view moved by so many pixels; its middle stays within the world. */
export function moved(view: View, right: number, down: number): View {
  const within = (value: number) => Math.min(Math.max(value, 0), 1);
  return { ...view, middle: [within(view.middle[0] + right / view.scale), within(view.middle[1] + down / view.scale)] };
}

function clamped(scale: number): number {
  return Math.min(Math.max(scale, SCALES[0]), SCALES[1]);
}

/** A round length for a scale bar of at most `most` pixels: metres, and how many pixels they are. */
export function scaleBar(view: View, most: number): { metres: number; pixels: number } {
  const perPixel = metresAcross(view.middle) / view.scale;
  const power = 10 ** Math.floor(Math.log10(perPixel * most));
  const metres = [5, 2, 1].map((digit) => digit * power).find((length) => length <= perPixel * most) ?? power;
  return { metres, pixels: metres / perPixel };
}

/** What lies within `apart` pixels of another goes together, each under the first that came. */
export function gathered<T>(all: readonly T[], at: (one: T) => Point, apart: number): { at: Point; ones: T[] }[] {
  const groups: { at: Point; ones: T[] }[] = [];
  for (const one of all) {
    const [x, y] = at(one);
    const near = groups.find((group) => Math.hypot(group.at[0] - x, group.at[1] - y) < apart);
    if (near) near.ones.push(one);
    else groups.push({ at: [x, y], ones: [one] });
  }
  return groups;
}
