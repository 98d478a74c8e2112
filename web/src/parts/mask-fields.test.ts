import { expect, test } from 'vitest';
import type { Audible, Mask, Unmasked } from '../api/masking.ts';
import type { Shape } from '../api/types.ts';
import { beganWith, type MaskFields, placed } from './mask-fields.ts';

const on = { frame: 7, span: { first: 3, last: 9 }, count: 20 };
const fields = (more: Partial<MaskFields> = {}): MaskFields => ({ ...beganWith(null, null, false), ...more });
const box: Shape = { box: { x: 1, y: 2, width: 3, height: 4 } };
const triangle: Shape = { polygon: [[0, 0], [9, 0], [0, 9]] };

test('a box lies on the frame, the marked span, or all frames', () => {
  expect(placed(fields(), box, on)).toEqual({ first: 7, last: 7, region: { x: 1, y: 2, width: 3, height: 4 } });
  expect(placed(fields({ where: 'span' }), box, on)).toMatchObject({ first: 3, last: 9 });
  expect(placed(fields({ where: 'item' }), box, on)).toMatchObject({ first: 0, last: 19 });
  expect(placed(fields(), null, on)).toBeNull();
  expect(placed(fields({ tool: 'whole' }), null, on)).toEqual({ first: 7, last: 7 });
});

test('a polygon is drawn on the first frame and on the last', () => {
  expect(placed(fields({ tool: 'polygon', where: 'span' }), triangle, on)).toEqual({ keyframes: [{ frame: 3, shape: triangle }, { frame: 9, shape: triangle }] });
  expect(placed(fields({ tool: 'polygon' }), triangle, on)).toEqual({ keyframes: [{ frame: 7, shape: triangle }] });
});

test('keyframes say where it lies, those of its shape alone', () => {
  const drawn = [{ frame: 2, shape: box }, { frame: 5, shape: triangle }];
  expect(placed(fields({ drawn }), null, on)).toEqual({ keyframes: [{ frame: 2, shape: box }] });
  expect(placed(fields({ drawn, tool: 'polygon' }), null, on)).toEqual({ keyframes: [{ frame: 5, shape: triangle }] });
});

test('sound needs both ends', () => {
  expect(placed(fields({ kind: 'sound', from: ' 1s', to: '2s ' }), null, on)).toEqual({ sound: { from: '1s', to: '2s' } });
  expect(placed(fields({ kind: 'sound', from: '1s' }), null, on)).toBeNull();
});

test('a form begins as the earlier mask lies, or where somebody must be masked', () => {
  const frame = (no: number) => ({ no, pts: no, hash: '' });
  const cover = { of: 'picture', shape: 'ellipse', method: 'blur', tracked: { keyframes: [{ frame: frame(3), shape: box }] } };
  expect(beganWith({ cover, protects: ['P2'] } as unknown as Mask, null, true)).toMatchObject({
    kind: 'picture',
    tool: 'ellipse',
    method: 'blur',
    protects: ['P2'],
    drawn: [{ frame: 3, shape: box }],
  });
  const sound = { of: 'sound', method: 'voice', span: { from: 480, to: 960, rate: 48000 } };
  expect(beganWith({ cover: sound, protects: [] } as unknown as Mask, null, false)).toMatchObject({ kind: 'sound', from: 'sample:480', to: 'sample:960' });
  const owed = { person: 'P1', open: { x: 0, y: 0, width: 5, height: 5 } } as Unmasked;
  expect(beganWith(null, owed, false)).toMatchObject({ protects: ['P1'], region: { width: 5 } });
  const voice = { person: 'P2', entry: 7, from: 480, to: 960, first: 3, protection: ['witness'] } as Audible;
  expect(beganWith(null, voice, true)).toMatchObject({ kind: 'sound', protects: ['P2'], region: null, from: 'sample:480', to: 'sample:960' });
});
