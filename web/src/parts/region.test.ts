import { expect, test } from 'vitest';
import { adjusted, boxBetween, pixelAt } from './region.ts';

const size = { width: 640, height: 360 };

test('a box is the same from whichever corner it is drawn', () => {
  const box = { x: 10, y: 20, width: 31, height: 41 };
  expect(boxBetween({ x: 10.2, y: 20.9 }, { x: 40.1, y: 60.5 }, size)).toEqual(box);
  expect(boxBetween({ x: 40.1, y: 60.5 }, { x: 10.2, y: 20.9 }, size)).toEqual(box);
});

test('a box stays within the picture and is never empty', () => {
  expect(boxBetween({ x: -50, y: -50 }, { x: 900, y: 900 }, size)).toEqual({ x: 0, y: 0, width: 640, height: 360 });
  expect(boxBetween({ x: 5, y: 5 }, { x: 5, y: 5 }, size)).toEqual({ x: 5, y: 5, width: 1, height: 1 });
  expect(boxBetween({ x: 700, y: 5 }, { x: 900, y: 6 }, size)).toEqual({ x: 639, y: 5, width: 1, height: 1 });
});

test('a typed field moves the box, within the picture', () => {
  const box = { x: 10, y: 10, width: 20, height: 20 };
  expect(adjusted(box, { x: 630 }, size)).toEqual({ x: 630, y: 10, width: 10, height: 20 });
});

test('a point lies in one pixel of the picture, and beyond it in the nearest', () => {
  expect(pixelAt({ x: 12.99, y: 0 }, size)).toEqual({ x: 12, y: 0 });
  expect(pixelAt({ x: 640, y: 360 }, size)).toEqual({ x: 639, y: 359 });
  expect(pixelAt({ x: -3, y: 359.2 }, size)).toEqual({ x: 0, y: 359 });
});
