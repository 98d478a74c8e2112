import { expect, test } from 'vitest';
import { widened, windowAt } from './portion.ts';

test('a window stays where what is wanted is drawn, and moves around what is not', () => {
  expect(windowAt([0, 40], 39, 40, 1600)).toEqual([0, 40]);
  expect(windowAt([0, 40], 1400, 40, 1600)).toEqual([1380, 1420]);
  expect(windowAt([1380, 1420], 3, 40, 1600)).toEqual([0, 40]);
  expect(windowAt([0, 40], 1598, 40, 1600)).toEqual([1560, 1600]);
  expect(windowAt([0, 40], 41, 40, 42)).toEqual([2, 42]);
});

test('a window does not hide what a list has left once it is narrowed', () => {
  expect(windowAt([2, 62], 8, 60, 9)).toEqual([0, 60]);
});

test('a window that nobody wants begins at the beginning, and keeps what was asked for there', () => {
  expect(windowAt([1380, 1420], -1, 40, 1600)).toEqual([0, 40]);
  expect(windowAt([0, 120], -1, 40, 1600)).toEqual([0, 120]);
});

test('a window grows on either side', () => {
  expect(widened([20, 60], true, 40)).toEqual([20, 100]);
  expect(widened([20, 60], false, 40)).toEqual([0, 60]);
});
