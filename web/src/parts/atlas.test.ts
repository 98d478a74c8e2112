import { describe, expect, it } from 'vitest';
import { degreesOf, fitted, gathered, metresAcross, moved, onScreen, projected, scaleBar, zoomed } from './atlas.ts';

const size = { width: 800, height: 400 };

describe('the map', () => {
  it('projects as EPSG:3857 does', () => {
    expect(projected(0, 0)).toEqual([0.5, 0.5]);
    // The worked example of IOGP's guidance note 7-2, method 1024: 24° 22′ 54.433″ N, 100° 20′ W.
    const [north, east] = [24 + 22 / 60 + 54.433 / 3600, -(100 + 20 / 60)];
    const [x, y] = projected(north, east);
    expect((x - 0.5) * 40_075_016.686).toBeCloseTo(-11_169_055.58, 1);
    expect((0.5 - y) * 40_075_016.686).toBeCloseTo(2_800_000, 1);
    expect(degreesOf([x, y])[0]).toBeCloseTo(north, 9);
    expect(degreesOf([x, y])[1]).toBeCloseTo(east, 9);
    expect(projected(90, 0)[1]).toBeCloseTo(0, 9);
  });

  it('is narrower in metres away from the equator', () => {
    expect(metresAcross(projected(60, 0)) / metresAcross([0.5, 0.5])).toBeCloseTo(0.5, 9);
  });

  it('shows all places, and a single one with what is around it', () => {
    const places = [projected(50, 30), projected(48, 38), projected(-33, 151)];
    const view = fitted(places, size);
    for (const place of places) {
      const [x, y] = onScreen(place, view, size);
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(size.width);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(size.height);
    }
    const [alone] = places;
    if (!alone) throw new Error('no place');
    expect(onScreen(alone, fitted([alone], size), size)).toEqual([400, 200]);
    expect(fitted([alone], size).scale).toBeLessThan(20_000);
  });

  it('zooms about the pointer and moves within the world', () => {
    const before = fitted([projected(50, 30)], size);
    const under = projected(51, 31);
    const at = onScreen(under, before, size);
    const near = zoomed(before, 4, at, size);
    expect(near.scale).toBe(before.scale * 4);
    onScreen(under, near, size).forEach((pixel, axis) => expect(pixel).toBeCloseTo(at[axis] ?? 0, 6));
    expect(moved(before, -1e9, 1e9).middle).toEqual([0, 1]);
  });

  it('has a scale bar of a round length that fits', () => {
    const { metres, pixels } = scaleBar(fitted([projected(0, 0)], size), 120);
    expect(pixels).toBeLessThanOrEqual(120);
    expect(pixels).toBeGreaterThan(40);
    expect(String(metres)).toMatch(/^[125]0*$/);
  });

  it('gathers what would lie on one another', () => {
    const places = [[10, 10], [14, 12], [300, 10]] as const;
    expect(gathered(places, (one) => one, 20).map(({ ones }) => ones.length)).toEqual([2, 1]);
  });
});
