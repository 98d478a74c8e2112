import { describe, expect, it } from 'vitest';
import { Scrub } from './scrub.ts';
import { initial, type State } from './state.ts';

const keys = [0, 250, 500];
const at = (shown: number): State => ({ ...initial(0), shown, wanted: [] });
const going = (shown: number, to: number): State => ({ ...at(shown), wanted: [to] });

describe('a pointer along the timeline', () => {
  it('passes key frames, and comes to the frame under it where it rests', () => {
    const scrub = new Scrub(keys);
    scrub.over(300, 1);
    expect(scrub.due(at(0), 1)).toBe(250);
    scrub.over(620, 1.02);
    expect(scrub.due(going(0, 250), 1.02), 'the one on its way is to be seen').toBeNull();
    expect(scrub.due(at(250), 1.05)).toBe(500);
    expect(scrub.due(at(500), 1.1)).toBeNull();
    expect(scrub.due(at(500), 1.15)).toBe(620);
    expect(scrub.due(going(500, 620), 1.2)).toBeNull();
    expect(scrub.due(at(620), 1.9)).toBeNull();
  });

  it('gives up the frame it rested at when it goes on', () => {
    const scrub = new Scrub(keys);
    scrub.over(620, 1);
    expect(scrub.due(at(0), 1.2)).toBe(620);
    scrub.over(300, 1.3);
    expect(scrub.due(going(0, 620), 1.3)).toBe(250);
  });

  it('moves frame by frame where it moves little', () => {
    const scrub = new Scrub(keys);
    scrub.over(303, 1);
    expect(scrub.due(at(300), 1)).toBe(303);
    scrub.over(306, 1.01);
    expect(scrub.due(going(300, 303), 1.01)).toBeNull();
    expect(scrub.due(at(303), 1.03)).toBe(306);
  });

  it('asks once for what cannot be had', () => {
    const scrub = new Scrub(keys);
    scrub.over(620, 1);
    expect(scrub.due(at(0), 1)).toBe(500);
    expect(scrub.due(at(0), 1.02)).toBeNull();
    expect(scrub.due(at(0), 1.2)).toBe(620);
    expect(scrub.due(at(0), 1.3)).toBeNull();
  });

  it('shows nothing on the way where no key frame is before, and nothing after it let go', () => {
    const scrub = new Scrub([250]);
    scrub.over(100, 1);
    expect(scrub.due(at(0), 1)).toBeNull();
    expect(scrub.due(at(0), 1.2)).toBe(100);
    scrub.end();
    expect(scrub.due(at(0), 1.4)).toBeNull();
  });
});
