import { expect, it } from 'vitest';
import { merged } from './merged.ts';

const item = (number: string, name = 'old') => ({ number, name });

it('has what changed in its place, and what is new at the end', () => {
  const all = [item('#1'), item('#2'), item('#10')];
  expect(merged(all, [item('#11', 'new'), item('#2', 'new')])).toEqual([item('#1'), item('#2', 'new'), item('#10'), item('#11', 'new')]);
  expect(merged(all, [])).toBe(all);
  expect(merged([], [item('#2'), item('#1')])).toEqual([item('#1'), item('#2')]);
  // Two that came at once, of which the page that was read held one.
  expect(merged([item('#1'), item('#3')], [item('#2', 'new')]).map(({ number }) => number)).toEqual(['#1', '#2', '#3']);
});
