import { expect, test } from 'vitest';
import type { FrameRow } from '../api/types.ts';
import { FrameTable } from '../player/frames.ts';
import { marksOf, rangeOf, toldOf } from './quantisers.ts';

/** Frames of a tenth of a second each, by coding type and quantiser. */
function film(...frames: readonly (readonly [FrameRow['type'], FrameRow['quantiser']])[]): { rows: FrameRow[]; table: FrameTable } {
  const rows = frames.map(([type, quantiser], no): FrameRow => ({
    no,
    pts: no,
    at_s: no / 10,
    duration_s: 0.1,
    type,
    key: false,
    damaged: false,
    sample: no,
    position: 0,
    size: 1,
    quantiser,
    hash: '',
  }));
  return { rows, table: new FrameTable(rows) };
}

test('the lane spans what is in use, and a few steps at least', () => {
  expect(rangeOf(film(['I', [20, 20]], ['P', null], ['P', [24, 40]]).rows, 0)).toEqual({ from: 20, to: 40 });
  expect(rangeOf(film(['I', [20, 20]], ['P', [21, 21]]).rows, 0)).toEqual({ from: 17, to: 25 });
  expect(rangeOf(film(['I', [1, 1]]).rows, 0)).toEqual({ from: 0, to: 8 });
  expect(rangeOf(film(['I', null]).rows, 0)).toBeNull();
});

test('each frame has a mark from its lowest to its highest, coarse at the top', () => {
  const { rows, table } = film(['I', [20, 20]], ['P', null], ['P', [24, 30]]);
  const marks = marksOf(rows, table, { from: 20, to: 30 }, 30, 12);
  expect(marks.I).toBe('M0.0 10.0h10.0v2.0h-10.0z');
  expect(marks.P).toBe('M20.0 0.0h10.0v8.0h-10.0z');
});

test('frames that share a pixel share a mark of their type', () => {
  const { rows, table } = film(['P', [20, 20]], ['B', [25, 25]], ['P', [30, 30]], ['P', [22, 22]]);
  const marks = marksOf(rows, table, { from: 20, to: 30 }, 1, 12);
  expect(marks.P).toBe('M0.0 0.0h1.0v12.0h-1.0z');
  expect(marks.B).toBe('M0.0 5.0h1.0v2.0h-1.0z');
});

test('a stream whose headers are not read is told by its codec', () => {
  expect(toldOf({ state: 'unsupported', codec: 'theora' })).toEqual({ what: 'unsupported', codec: 'theora' });
});
