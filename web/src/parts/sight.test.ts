import { expect, test } from 'vitest';
import { columnsIn, drawn, inSight } from './sight.ts';

test('as many columns as fit, and at least one', () => {
  expect([100, 217, 450, 451, 1200].map((width) => columnsIn(width, 217, 16))).toEqual([1, 1, 2, 2, 5]);
});

test('rows in sight and a few beyond are drawn, and never more than there are', () => {
  expect(inSight(10_000, 4, 100, 200, 800)).toEqual({ first: 0, end: 36 });
  expect(inSight(10_000, 4, 100, -5000, 800)).toEqual({ first: 188, end: 244 });
  expect(inSight(10_000, 4, 100, -249_500, 800)).toEqual({ first: 9968, end: 10_000 });
  expect(inSight(3, 4, 100, 0, 800)).toEqual({ first: 0, end: 3 });
  expect(inSight(0, 4, 100, 0, 800)).toEqual({ first: 0, end: 0 });
  // Scrolled past: nothing, and nothing negative.
  expect(inSight(3, 4, 100, -9000, 800)).toEqual({ first: 3, end: 3 });
});

test('between two leaps only what is in sight is drawn', () => {
  expect(inSight(10_000, 4, 100, -5000, 800, 'leaps')).toEqual({ first: 200, end: 232 });
  expect(inSight(10_000, 4, 100, -5050, 800, 'leaps')).toEqual({ first: 200, end: 236 });
});

test('what has the focus stays, in its order', () => {
  expect(drawn({ first: 4, end: 6 }, null, 10)).toEqual([4, 5]);
  expect(drawn({ first: 4, end: 6 }, 5, 10)).toEqual([4, 5]);
  expect(drawn({ first: 4, end: 6 }, 1, 10)).toEqual([1, 4, 5]);
  expect(drawn({ first: 4, end: 6 }, 9, 10)).toEqual([4, 5, 9]);
  expect(drawn({ first: 4, end: 6 }, 9, 8)).toEqual([4, 5]);
});
