import { describe, expect, it } from 'vitest';
import { laid } from './lay.ts';
import { over, under } from './lens.ts';

const one = { width: 640, height: 360 };
const other = { width: 320, height: 180 };

describe('a lens on two pictures', () => {
  it('stands on the same place of a smaller one, and of one that is mirrored', () => {
    const box = laid(one, other, { inOne: [0, 0, 1000, 1000], inOther: [0, 0, 1000, 1000] }, false);
    expect(under({ x: 100, y: 50 }, box, other, false)).toEqual({ x: 50, y: 25 });
    expect(under({ x: 0, y: 359 }, box, other, true)).toEqual({ x: 319, y: 179 });
    expect(over({ x: 50, y: 25 }, box, one, other, false)).toEqual({ x: 101, y: 51 });
    expect(over({ x: 319, y: 0 }, box, one, other, true)).toEqual({ x: 1, y: 1 });
  });

  it('is nowhere where the other picture does not reach', () => {
    // The other shows the middle half of the one.
    const box = laid(one, other, { inOne: [250, 250, 500, 500], inOther: [0, 0, 1000, 1000] }, false);
    expect(under({ x: 320, y: 180 }, box, other, false)).toEqual({ x: 160, y: 90 });
    expect(under({ x: 100, y: 180 }, box, other, false)).toBeNull();
    const wider = laid(one, other, { inOne: [0, 0, 1000, 1000], inOther: [250, 250, 500, 500] }, false);
    expect(over({ x: 10, y: 90 }, wider, one, other, false)).toBeNull();
    expect(over({ x: 160, y: 90 }, wider, one, other, false)).toEqual({ x: 322, y: 182 });
  });

  it('comes back to where it was', () => {
    for (const mirrored of [false, true]) {
      const box = laid(one, one, { inOne: [100, 0, 900, 1000], inOther: [0, 0, 900, 1000] }, mirrored);
      const there = under({ x: 333, y: 222 }, box, one, mirrored);
      if (!there) throw new Error('it is within');
      const back = over(there, box, one, one, mirrored);
      expect(Math.abs((back?.x ?? 0) - 333)).toBeLessThanOrEqual(1);
      expect(back?.y).toBe(222);
    }
  });
});
