/** What the form of a mask holds, and the place that it comes to. */

import type { Mask, MaskMethod, MaskToDraw, Owed, SoundMethod } from '../api/masking.ts';
import type { Region, Shape } from '../api/types.ts';
import type { Tool } from './masks.ts';
import type { Where } from './place.ts';
import { type Drawn, drawnWith, heldOn } from './tracked.ts';

export interface MaskFields {
  kind: 'picture' | 'sound';
  tool: Tool;
  where: Where;
  region: Region | null;
  corners: [number, number][];
  drawn: readonly Drawn[];
  method: MaskMethod;
  soundMethod: SoundMethod;
  from: string;
  to: string;
  protects: string[];
  reason: string;
}

/** What a form begins with: blank, where somebody must be masked, or as an earlier mask lies. */
export function beganWith(earlier: Mask | null, owed: Owed | null, marked: boolean): MaskFields {
  const blank: MaskFields = {
    kind: 'picture',
    tool: 'box',
    where: marked ? 'span' : 'frame',
    region: owed && 'open' in owed ? (owed.open ?? null) : null,
    corners: [],
    drawn: [],
    method: 'solid',
    soundMethod: 'mute',
    from: '',
    to: '',
    protects: owed ? [owed.person] : (earlier?.protects ?? []),
    reason: '',
  };
  if (owed && 'from' in owed) {
    const { from, to } = owed;
    return { ...blank, kind: 'sound', ...(typeof from === 'number' ? { from: `sample:${from}`, to: `sample:${to}` } : {}) };
  }
  const cover = earlier?.cover;
  if (!cover) return blank;
  if (cover.of === 'sound') {
    const { from, to } = cover.span;
    return { ...blank, kind: 'sound', soundMethod: cover.method, from: `sample:${from}`, to: `sample:${to}` };
  }
  const drawn = cover.tracked.keyframes.map(({ frame, shape }) => ({ frame: frame.no, shape: shape as Shape }));
  return { ...blank, tool: cover.shape, method: cover.method, drawn };
}

/** What is on the screen: its frame, the marked span, and how many frames there are. */
export interface OnScreen {
  readonly frame: number;
  readonly span: { readonly first: number; readonly last: number } | null;
  readonly count: number;
}

type Placed = Pick<MaskToDraw, 'first' | 'last' | 'region' | 'keyframes' | 'sound'>;

/** The place as the server takes it; `null` while it is not whole. */
export function placed(fields: MaskFields, shape: Shape | null, on: OnScreen): Placed | null {
  const { kind, tool, drawn, from, to } = fields;
  if (kind === 'sound') return from.trim() && to.trim() ? { sound: { from: from.trim(), to: to.trim() } } : null;
  const frames = framesOf(fields, on);
  if (tool === 'whole') return { first: frames.first, last: frames.last };
  const kept = drawnWith(drawn, tool);
  if (kept.length > 0) return { keyframes: kept };
  if (shape === null) return null;
  if ('box' in shape) return { ...frames, region: shape.box };
  return { keyframes: heldOn(shape, frames) };
}

function framesOf({ where }: MaskFields, { frame, span, count }: OnScreen): { first: number; last: number } {
  if (where === 'item') return { first: 0, last: Math.max(count - 1, 0) };
  return where === 'span' && span ? { first: span.first, last: span.last } : { first: frame, last: frame };
}
