import { expect, test } from 'vitest';
import type { Mask } from '../api/masking.ts';
import { cornersIn, cornersText, drawnShape, maskState, masksAt, stands, withCorner } from './masks.ts';

const frame = (no: number) => ({ no, pts: no, hash: '' });
const box = (x: number) => ({ box: { x, y: 0, width: 10, height: 10 } });
const mask = (more: object = {}) =>
  ({
    number: 'X1',
    confirmations: [],
    cover: {
      of: 'picture',
      shape: 'ellipse',
      method: 'blur',
      span: { first: frame(2), last: frame(6) },
      tracked: { between: 'linear-frames', keyframes: [{ frame: frame(2), shape: box(0) }, { frame: frame(6), shape: box(40) }] },
    },
    ...more,
  }) as unknown as Mask;
const size = { width: 200, height: 100 };

test('a mask is proposed until somebody confirms it, and stands until it is revised or withdrawn', () => {
  expect(maskState(mask())).toBe('proposed');
  expect(maskState(mask({ confirmations: [{ withdrawn: {} }] }))).toBe('proposed');
  expect(maskState(mask({ confirmations: [{ withdrawn: {} }, {}] }))).toBe('confirmed');
  expect([mask({ superseded_by: 'X2' }), mask({ withdrawn: {} })].map(stands)).toEqual([false, false]);
});

test('the overlay follows the frame, in proportion between keyframes', () => {
  expect(masksAt(1, [mask()])).toEqual([]);
  expect(masksAt(4, [mask()])).toEqual([{ label: 'X1', shape: box(20), ellipse: true, solid: false }]);
  expect(masksAt(7, [mask()])).toEqual([]);
  expect(masksAt(4, [mask({ withdrawn: {} })])).toEqual([]);
  expect(masksAt(4, [mask({ cover: { of: 'sound' } })])).toEqual([]);
});

test('corners are typed as they are written, and lie within the picture', () => {
  const corners = cornersIn('120,80 184,80; 150,100', size);
  expect(corners).toEqual([[120, 80], [184, 80], [150, 100]]);
  expect(cornersText(corners ?? [])).toBe('120,80 184,80 150,100');
  for (const text of ['', '1,2 3,4', '1,2 3,4 x', '1,2 3,4 5', '1,2 3,4 201,5', '1,2 3,4 -1,5']) expect(cornersIn(text, size), text).toBeNull();
  expect(withCorner([[1, 2]], { x: -3.4, y: 100.7 }, size)).toEqual([[1, 2], [0, 100]]);
});

test('a polygon of two corners is not one yet', () => {
  expect(drawnShape('polygon', null, [[0, 0], [1, 1]])).toBeNull();
  expect(drawnShape('polygon', null, [[0, 0], [9, 1], [3, 8]])).toEqual({ polygon: [[0, 0], [9, 1], [3, 8]] });
  expect(drawnShape('whole', { x: 0, y: 0, width: 1, height: 1 }, [])).toBeNull();
  expect(drawnShape('ellipse', { x: 0, y: 0, width: 1, height: 1 }, [])).toEqual({ box: { x: 0, y: 0, width: 1, height: 1 } });
});
