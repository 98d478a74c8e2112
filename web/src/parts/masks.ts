/** Masks, as the page shows and draws them. */

import type { Mask } from '../api/masking.ts';
import type { Region, Shape, TrackedRegion } from '../api/types.ts';
import type { FrameTable } from '../player/frames.ts';
import { shapeAt } from './tracked.ts';

/** What a mask is drawn with. */
export type Tool = 'box' | 'ellipse' | 'polygon' | 'whole';
export const TOOLS: readonly Tool[] = ['box', 'ellipse', 'polygon', 'whole'];

/** How a mask stands. */
export type MaskState = 'proposed' | 'confirmed' | 'superseded' | 'withdrawn';

export function maskState(mask: Mask): MaskState {
  if (mask.withdrawn) return 'withdrawn';
  if (mask.superseded_by) return 'superseded';
  return mask.confirmations.some((one) => !one.withdrawn) ? 'confirmed' : 'proposed';
}

/** Whether it lies on what leaves. */
export const stands = (mask: Mask): boolean => ['proposed', 'confirmed'].includes(maskState(mask));

/** A mask as it lies on a frame. */
export interface Laid {
  readonly label: string;
  readonly shape: Shape;
  readonly ellipse: boolean;
  /** Whether what it covers cannot be made out. */
  readonly solid: boolean;
}

/** The masks that stand and lie on frame `no`. */
export function masksAt(no: number, masks: readonly Mask[]): Laid[] {
  return masks.filter(stands).flatMap(({ number, cover }) => {
    if (cover.of !== 'picture') return [];
    const shape = shapeAt(cover.tracked as TrackedRegion, no);
    return shape ? [{ label: number, shape, ellipse: cover.shape === 'ellipse', solid: cover.method === 'solid' }] : [];
  });
}

/** The frames that a mask lies on, both included; those during which its sound is masked. */
export function framesOf(mask: Mask, table: FrameTable): { first: number; last: number } {
  const { cover } = mask;
  if (cover.of === 'picture') return { first: cover.span.first.no, last: cover.span.last.no };
  return { first: table.atTime(cover.span.from / cover.span.rate), last: table.atTime(Math.max(cover.span.to - 1, 0) / cover.span.rate) };
}

/** The corners of a polygon that somebody types as `120,80 184,80 150,128`; `null` where it is something else. */
export function cornersIn(text: string, size: { width: number; height: number }): [number, number][] | null {
  const words = text.split(/[\s;]+/).filter(Boolean);
  const corners = words.flatMap((word): [number, number][] => {
    const [, x, y] = /^(\d{1,6}),(\d{1,6})$/.exec(word) ?? [];
    return x !== undefined && y !== undefined && Number(x) <= size.width && Number(y) <= size.height ? [[Number(x), Number(y)]] : [];
  });
  return corners.length >= 3 && corners.length === words.length ? corners : null;
}

export const cornersText = (corners: readonly (readonly [number, number])[]): string => corners.map(([x, y]) => `${x},${y}`).join(' ');

/** A polygon with one corner more, in whole pixels within the picture. */
export function withCorner(
  corners: readonly [number, number][],
  at: { x: number; y: number },
  size: { width: number; height: number },
): [number, number][] {
  const within = (value: number, length: number) => Math.min(Math.max(Math.round(value), 0), length);
  return [...corners, [within(at.x, size.width), within(at.y, size.height)]];
}

/** What is drawn for a mask, as a region of a frame: nothing while it is not whole. */
export function drawnShape(tool: Tool, box: Region | null, corners: readonly [number, number][]): Shape | null {
  if (tool === 'polygon') return corners.length >= 3 ? { polygon: [...corners] } : null;
  return tool !== 'whole' && box ? { box } : null;
}
