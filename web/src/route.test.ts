import { expect, test } from 'vitest';
import { itemAddress, parseRoute } from './route.ts';

const nowhere = { frame: null, start: null, end: null };

test.each([
  ['', { screen: 'library' }],
  ['#/', { screen: 'library' }],
  ['#token=ab-c_1', { screen: 'arrival', token: 'ab-c_1' }],
  ['#/items/7', { screen: 'item', item: 7, at: nowhere }],
  ['#/items/7?frame=0', { screen: 'item', item: 7, at: { ...nowhere, frame: 0 } }],
  ['#/items/7?t=12.5,18', { screen: 'item', item: 7, at: { frame: null, start: 12.5, end: 18 } }],
  ['#/items/7?t=,18', { screen: 'item', item: 7, at: { frame: null, start: 0, end: 18 } }],
  ['#/items/7?t=npt:3', { screen: 'item', item: 7, at: { ...nowhere, start: 3 } }],
  ['#/items/seven', { screen: 'lost' }],
  ['#/matches?item=2', { screen: 'matches', item: 2 }],
  ['#/matches/M3', { screen: 'compare', match: 'M3' }],
  ['#/journal?entry=4', { screen: 'journal', entry: 4 }],
  ['#/elsewhere', { screen: 'lost' }],
])('reads %s', (fragment, route) => expect(parseRoute(fragment)).toEqual(route));

test('an address leads back to its frame', () => {
  expect(parseRoute(itemAddress(3, 37))).toMatchObject({ item: 3, at: { frame: 37 } });
});
