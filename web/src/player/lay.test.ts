import { describe, expect, test } from 'vitest';
import { covered, differ, laid, type Part, turned, WHOLE } from './lay.ts';

const hd = { width: 1920, height: 1080 };
const small = { width: 640, height: 360 };

describe('where the other picture lies', () => {
  test('the same picture covers the whole, whatever its size', () => {
    const shared = { inOne: WHOLE, inOther: WHOLE };
    expect(laid(hd, small, shared, false)).toEqual({ x: 0, y: 0, ...hd });
    // Stretched by whoever encoded it anew.
    expect(laid(hd, { width: 640, height: 480 }, shared, true)).toEqual({ x: 0, y: 0, ...hd });
    // Corners that are off by a little do not move it.
    expect(laid(hd, small, { inOne: [3, 0, 990, 998], inOther: [0, 8, 1000, 970] }, false)).toEqual({ x: 0, y: 0, ...hd });
  });

  test('pictures of which nothing is known keep their shape', () => {
    expect(laid(hd, { width: 480, height: 480 }, null, false)).toEqual({ x: 420, y: 0, width: 1080, height: 1080 });
    expect(laid(small, hd, null, false)).toEqual({ x: 0, y: 0, ...small });
  });

  test('one that is cropped reaches beyond, so that what both show meets', () => {
    // The one shows the right half of the other.
    const shared = { inOne: WHOLE, inOther: [500, 0, 500, 1000] as Part };
    expect(laid(hd, small, shared, false)).toEqual({ x: -1920, y: 0, width: 3840, height: 1080 });
    // Mirrored, the right half lies on the left.
    expect(laid(hd, small, shared, true)).toEqual({ x: 0, y: 0, width: 3840, height: 1080 });
  });

  test('one that is a window in the other is laid on it', () => {
    const box = laid(hd, small, { inOne: [250, 250, 500, 500], inOther: WHOLE }, false);
    expect(box).toEqual({ x: 480, y: 270, width: 960, height: 540 });
    expect(covered(hd, box)).toEqual(box);
    expect(covered(hd, { x: -10.5, y: 1079.2, width: 30, height: 9 })).toEqual({ x: 0, y: 1080, width: 19, height: 0 });
  });

  test('a part turns with its picture, and four quarters bring it back', () => {
    const part: Part = [100, 200, 300, 50];
    expect(turned(part, 90)).toEqual([750, 100, 50, 300]);
    expect(turned(turned(part, 90), 90)).toEqual(turned(part, 180));
    expect(turned(turned(part, 90), 270)).toEqual(part);
    expect(turned(part, -90)).toEqual(turned(part, 270));
    expect(turned(part, 0)).toEqual(part);
  });
});

test('the difference is absolute, of each channel, and told without its gain', () => {
  const one = new Uint8ClampedArray([10, 200, 30, 255, 7, 7, 7, 255]);
  const other = new Uint8ClampedArray([30, 180, 30, 255, 7, 7, 7, 0]);
  expect(differ(one, other, 8)).toEqual({ mean: 40 / 6, most: 20, share: 0.5 });
  expect([...one]).toEqual([160, 160, 0, 255, 0, 0, 0, 255]);
  const bright = new Uint8ClampedArray([0, 0, 0, 255]);
  differ(bright, new Uint8ClampedArray([100, 0, 0, 255]), 4);
  expect([...bright]).toEqual([255, 0, 0, 255]);
  expect(differ(new Uint8ClampedArray(), new Uint8ClampedArray(), 1)).toEqual({ mean: 0, most: 0, share: 0 });
});
