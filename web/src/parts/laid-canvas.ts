/** Draws two pictures over each other on one canvas, from the canvases that hold them. */

import { type Box, covered, differ, type Difference, type Mode, type Size } from '../player/lay.ts';

/** What is to be drawn. */
export interface Layers {
  /** Size of what is drawn: that of the one picture as displayed. */
  readonly size: Size;
  readonly one: HTMLCanvasElement;
  readonly other: HTMLCanvasElement;
  /** Where the other lies on the one. */
  readonly box: Box;
  readonly mirrored: boolean;
}

/** What a mode needs to know. */
export interface How {
  readonly mode: Mode;
  readonly divider: number;
  readonly opacity: number;
  readonly gain: number;
  /** The picture that is shown alone, whatever the mode. */
  readonly alone: 'one' | 'other' | null;
}

/** Draws; tells by how much the two differ, where that is what is shown. What neither covers stays transparent. */
export function draw(canvas: HTMLCanvasElement, layers: Layers, how: How): Difference | null {
  const { width, height } = layers.size;
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d', { colorSpace: 'srgb', willReadFrequently: true });
  if (!context || layers.one.width === 0 || layers.other.width === 0) return null;
  context.imageSmoothingQuality = 'high';
  context.clearRect(0, 0, width, height);
  if (how.alone === 'one') drawOne(context, layers);
  else if (how.alone === 'other') drawOther(context, layers);
  else if (how.mode === 'difference') return drawDifference(context, layers, how.gain);
  else if (how.mode === 'blend') drawBlend(context, layers, how.opacity);
  else drawWipe(context, layers, Math.round(how.divider * width));
  return null;
}

function drawOne(context: CanvasRenderingContext2D, { one, size }: Layers): void {
  context.drawImage(one, 0, 0, size.width, size.height);
}

function drawOther(context: CanvasRenderingContext2D, { other, box, mirrored }: Layers): void {
  context.save();
  context.translate(mirrored ? box.x + box.width : box.x, box.y);
  if (mirrored) context.scale(-1, 1);
  context.drawImage(other, 0, 0, box.width, box.height);
  context.restore();
}

function drawBlend(context: CanvasRenderingContext2D, layers: Layers, opacity: number): void {
  drawOne(context, layers);
  context.globalAlpha = opacity;
  drawOther(context, layers);
  context.globalAlpha = 1;
}

/** The one up to column `from`, the other from there on. */
function drawWipe(context: CanvasRenderingContext2D, layers: Layers, from: number): void {
  const { width, height } = layers.size;
  drawOne(context, layers);
  context.clearRect(from, 0, width - from, height);
  context.save();
  context.beginPath();
  context.rect(from, 0, width - from, height);
  context.clip();
  drawOther(context, layers);
  context.restore();
}

/** Only what both show is compared: elsewhere there is nothing to tell. */
function drawDifference(context: CanvasRenderingContext2D, layers: Layers, gain: number): Difference | null {
  const { width, height } = layers.size;
  const area = covered(layers.size, layers.box);
  if (area.width === 0 || area.height === 0) return null;
  const pixels = () => context.getImageData(area.x, area.y, area.width, area.height);
  drawOne(context, layers);
  const one = pixels();
  context.clearRect(0, 0, width, height);
  drawOther(context, layers);
  const other = pixels();
  const told = differ(one.data, other.data, gain);
  context.clearRect(0, 0, width, height);
  context.putImageData(one, area.x, area.y);
  return told;
}
