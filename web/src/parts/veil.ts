/** What is seen of a picture while it is blurred: a few of its pixels, softened, so that there is no detail to see. */

/** Pixels of the veil's shorter side, and of its longer one at most. */
const SHORT = 36;
const LONG = 160;
/** Standard deviation of the blur, as a share of the shorter side: of whatever size a picture is shown. */
const SIGMA = 0.05;
/** What luminance is made of, by ITU-R BT.709, as CSS's `grayscale` has it. */
const LUMINANCE = [0.2126, 0.7152, 0.0722] as const;

/** Size of the veil over a picture of `width` × `height` pixels. */
export function veilSize(width: number, height: number): { width: number; height: number } {
  const scale = SHORT / Math.min(width, height);
  const side = (pixels: number) => Math.min(Math.max(Math.round(pixels * scale), 1), LONG);
  return { width: side(width), height: side(height) };
}

/** Blurs RGBA bytes in place, row by row and column by column, in grey unless `colour`; edges go on outwards. */
export function soften(pixels: Uint8ClampedArray, width: number, height: number, colour: boolean): void {
  if (!colour) grey(pixels);
  const taps = gaussian(SIGMA * Math.min(width, height));
  for (let row = 0; row < height; row += 1) line(pixels, row * width * 4, 4, width, taps);
  for (let column = 0; column < width; column += 1) line(pixels, column * 4, width * 4, height, taps);
}

function grey(pixels: Uint8ClampedArray): void {
  for (let at = 0; at < pixels.length; at += 4) {
    const luminance = LUMINANCE.reduce((sum, share, channel) => sum + share * (pixels[at + channel] ?? 0), 0);
    pixels.fill(luminance, at, at + 3);
  }
}

/** Weights of the middle and of those beside it, to three standard deviations; all of them on both sides sum to 1. */
function gaussian(sigma: number): number[] {
  const weights = Array.from({ length: Math.ceil(3 * sigma) + 1 }, (_, away) => Math.exp(-(away * away) / (2 * sigma * sigma)));
  const sum = weights.reduce((all, weight, away) => all + (away === 0 ? weight : 2 * weight), 0);
  return weights.map((weight) => weight / sum);
}

/** Blurs the three colours of `count` pixels that lie `stride` bytes apart from `start` on. */
function line(pixels: Uint8ClampedArray, start: number, stride: number, count: number, taps: readonly number[]): void {
  const before = new Float32Array(count);
  for (let channel = 0; channel < 3; channel += 1) {
    for (let at = 0; at < count; at += 1) before[at] = pixels[start + at * stride + channel] ?? 0;
    for (let at = 0; at < count; at += 1) {
      let sum = 0;
      for (const [away, weight] of taps.entries()) {
        const left = before[Math.max(at - away, 0)] ?? 0;
        sum += weight * (away === 0 ? left : left + (before[Math.min(at + away, count - 1)] ?? 0));
      }
      pixels[start + at * stride + channel] = sum;
    }
  }
}

let scratch: CanvasRenderingContext2D | null = null;

/** The few pixels of `picture` that its veil is made of. */
export function reduced(picture: HTMLCanvasElement | ImageBitmap): ImageData | null {
  scratch ??= document.createElement('canvas').getContext('2d', { alpha: false, willReadFrequently: true });
  if (!scratch || picture.width === 0) return null;
  const { width, height } = veilSize(picture.width, picture.height);
  Object.assign(scratch.canvas, { width, height });
  scratch.imageSmoothingQuality = 'high';
  scratch.drawImage(picture, 0, 0, width, height);
  return scratch.getImageData(0, 0, width, height);
}

/** Draws on `veil` what is to be seen of a picture of which `few` pixels are given. */
export function drawVeil(veil: HTMLCanvasElement, few: ImageData, colour: boolean): void {
  const { width, height } = few;
  if (veil.width !== width || veil.height !== height) Object.assign(veil, { width, height });
  const soft = new ImageData(new Uint8ClampedArray(few.data), width, height);
  soften(soft.data, width, height, colour);
  veil.getContext('2d', { alpha: false, willReadFrequently: true })?.putImageData(soft, 0, 0);
}
