import { describe, expect, test } from 'vitest';
import { added, changed, fresh, KINDS, type Kind, written } from './view.ts';

const of = (name: string): Kind => {
  const found = KINDS.find((kind) => kind.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
};

describe('a view', () => {
  test('is written as the server reads it', () => {
    const steps = [fresh(of('difference')), fresh(of('levels')), fresh(of('show')), fresh(of('edges'))];
    expect(written(steps)).toBe('difference=previous:4,levels=16:235,show=luma,edges');
    expect(written([])).toBe('');
  });

  test('begins with the one step over time that it may have', () => {
    let steps = added([], of('gamma'));
    steps = added(steps, of('difference'));
    steps = added(steps, of('sharpen'));
    expect(written(steps)).toBe('difference=previous:4,gamma=1.8,sharpen=1:1.5');
    expect(written(added(steps, of('denoise')))).toBe('denoise=3:12,gamma=1.8,sharpen=1:1.5');
  });

  test('keeps its numbers in range', () => {
    const gamma = fresh(of('gamma'));
    expect(written([changed(gamma, 0, 99)])).toBe('gamma=10');
    expect(written([changed(gamma, 0, 0.30000000000000004)])).toBe('gamma=0.3');
    expect(changed(gamma, 0, Number.NaN)).toBe(gamma);
    expect(changed(gamma, 1, 5)).toBe(gamma);
  });

  test('keeps black below white, whichever moves', () => {
    const levels = fresh(of('levels'));
    expect(written([changed(levels, 0, 250)])).toBe('levels=234:235');
    expect(written([changed(levels, 1, 3)])).toBe('levels=16:17');
  });
});
