import { expect, test } from 'vitest';
import { filled, itemsIn, listed } from './filled.ts';

test('what is left empty is left out', () => {
  expect(filled({ name: ' The Square ', url: '  ', note: '' })).toEqual({ name: 'The Square' });
});

test('lists are read however they are parted', () => {
  expect(listed(' O2, M1;#3\n')).toEqual(['O2', 'M1', '#3']);
  expect(itemsIn('#2, 5 x #0 #1.5')).toEqual([2, 5]);
});
