import { expect, test } from 'vitest';
import type { Shape, TrackedRegion } from '../api/types.ts';
import { shapeAt, withShape } from './tracked.ts';

const tracked = (...shapes: [number, Shape][]): TrackedRegion => ({
  between: 'linear-frames',
  keyframes: shapes.map(([no, shape]) => ({ frame: { no, pts: null, hash: '' }, shape })),
});
const box = (x: number, y: number, width: number, height: number): Shape => ({ box: { x, y, width, height } });

// The same figures are in crates/store/src/event/tracked.rs.
test('edges move in proportion to the frame', () => {
  const moving = tracked([10, box(0, 100, 10, 10)], [14, box(10, 90, 20, 11)], [15, box(0, 0, 1, 1)]);
  const at = (no: number) => shapeAt(moving, no);
  expect(at(9)).toBeNull();
  expect([10, 11, 12, 13, 15].map(at)).toEqual([box(0, 100, 10, 10), box(3, 98, 12, 10), box(5, 95, 15, 11), box(8, 93, 17, 10), box(0, 0, 1, 1)]);
  expect(at(16)).toBeNull();
});

test('so do corners', () => {
  const moving = tracked([0, { polygon: [[0, 0], [9, 0], [0, 9]] }], [2, { polygon: [[3, 1], [0, 0], [1, 8]] }]);
  expect(shapeAt(moving, 1)).toEqual({ polygon: [[2, 1], [5, 0], [1, 9]] });
});

test('a frame has one region', () => {
  const first = { box: { x: 1, y: 1, width: 1, height: 1 } };
  const second = { box: { ...first.box, x: 2 } };
  expect(withShape([{ frame: 5, shape: first }], 3, second)).toEqual([{ frame: 3, shape: second }, { frame: 5, shape: first }]);
  expect(withShape([{ frame: 5, shape: first }], 5, second)).toEqual([{ frame: 5, shape: second }]);
});
