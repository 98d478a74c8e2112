import { expect, test } from 'vitest';
import type { FrameRow } from '../api/types.ts';
import { FrameTable } from '../player/frames.ts';
import { keyFrames, readingAt, shapesOf } from './bits.ts';

/** Frames of a tenth of a second each, by coding type and bytes; I frames are key frames. */
function film(...frames: readonly (readonly [FrameRow['type'], number])[]): { rows: FrameRow[]; table: FrameTable } {
  const rows = frames.map(([type, size], no): FrameRow => ({
    no,
    pts: no,
    at_s: no / 10,
    duration_s: 0.1,
    type,
    key: type === 'I',
    damaged: false,
    sample: no,
    position: 0,
    size,
    quantiser: null,
    hash: '',
  }));
  return { rows, table: new FrameTable(rows) };
}

test('with room each frame has a bar, as high as the root of its bytes', () => {
  const { rows, table } = film(['I', 400], ['P', 100], ['B', 0], ['I', 400]);
  const { bars, keys } = shapesOf(rows, table, [], 40, 20);
  expect(bars.I).toBe('M0.0 0.0h9.0V20.0h-9.0zM30.0 0.0h9.0V20.0h-9.0z');
  expect(bars.P).toBe('M10.0 10.0h9.0V20.0h-9.0z');
  expect(keys).toBe('M0.5 0V20M30.5 0V20');
});

test('without room the largest of each type stands in its pixel, none behind another', () => {
  const { rows, table } = film(['P', 100], ['I', 400], ['P', 25], ['P', 1]);
  const { bars } = shapesOf(rows, table, [], 1, 20);
  expect(bars.P).toBe('M0.0 10.0h1.0V20.0h-1.0z');
  expect(bars.I).toBe('M0.0 0.0h1.0V10.0h-1.0z');
});

test('bits of a second are a step of the line', () => {
  const { rows, table } = film(...Array.from({ length: 20 }, () => ['P', 1] as const));
  expect(shapesOf(rows, table, [10, 5], 20, 12).rate).toBe('M0.0 1.0H10.0L10.0 6.0H20.0');
  expect(shapesOf(rows, table, [], 20, 12).rate).toBe('');
});

test('a reading tells the frame, its second and the key frames around it', () => {
  const { rows } = film(['I', 9], ['P', 8], ['P', 7], ['I', 6], ['B', 5]);
  const keys = keyFrames(rows);
  expect(keys).toEqual([0, 3]);
  expect(readingAt(2, rows, keys, [280])).toEqual({ frame: 2, type: 'P', bytes: 7, second: 0, bits: 280, key: 0, next: 3 });
  expect(readingAt(3, rows, keys, [])).toEqual({ frame: 3, type: 'I', bytes: 6, second: 0, bits: null, key: 3, next: null });
  expect(readingAt(5, rows, keys, [])).toBeNull();
});
