import { describe, expect, it } from 'vitest';
import { soften, veilSize } from './veil.ts';

/** `count` pixels of one row after the other, each of the colour that `of` gives. */
function image(width: number, height: number, of: (x: number, y: number) => [number, number, number]): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) pixels.set(of(x, y), (y * width + x) * 4);
  return pixels;
}

const pixel = (pixels: Uint8ClampedArray, width: number, x: number, y: number) => [...pixels.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];

describe('the veil', () => {
  it('has as little of a tall picture as of a wide one', () => {
    expect(veilSize(1920, 1080)).toEqual({ width: 64, height: 36 });
    expect(veilSize(1080, 1920)).toEqual({ width: 36, height: 64 });
  });

  it('is no more than a strip of what is very long, and has a pixel of what is very small', () => {
    expect(veilSize(4000, 10)).toEqual({ width: 160, height: 36 });
    expect(veilSize(1, 1)).toEqual({ width: 36, height: 36 });
  });

  it('leaves an even picture as it is, to its edges', () => {
    const pixels = image(8, 6, () => [200, 100, 50]);
    soften(pixels, 8, 6, true);
    for (const [x, y] of [[0, 0], [7, 5], [3, 3]] as const) expect(pixel(pixels, 8, x, y)).toEqual([200, 100, 50, 255]);
  });

  it('is grey by luminance until colour is asked for', () => {
    const pixels = image(4, 4, () => [255, 0, 0]);
    soften(pixels, 4, 4, false);
    expect(pixel(pixels, 4, 1, 1)).toEqual([54, 54, 54, 255]);
  });

  it('spreads a point of light evenly on both sides, and loses little of it', () => {
    const pixels = image(64, 36, (x, y) => (x >= 30 && x <= 32 && y >= 16 && y <= 18 ? [255, 255, 255] : [0, 0, 0]));
    soften(pixels, 64, 36, true);
    const at = (x: number, y: number) => pixel(pixels, 64, x, y)[0] ?? 0;
    expect(at(31, 17)).toBeLessThan(130);
    expect(at(27, 17)).toBe(at(35, 17));
    expect(at(31, 13)).toBe(at(31, 21));
    let sum = 0;
    for (let place = 0; place < pixels.length; place += 4) sum += pixels[place] ?? 0;
    expect(sum / (9 * 255)).toBeGreaterThan(0.9);
  });
});
