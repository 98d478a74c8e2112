import { expect, test } from 'vitest';
import { draftAddress, itemAddress, linkAddress, pairAddress, parseRoute } from './route.ts';

const nowhere = { track: null, sample: null, field: null, frame: null, start: null, end: null, panel: null };

test.each([
  ['', { screen: 'library' }],
  ['#/', { screen: 'library' }],
  ['#token=ab-c_1', { screen: 'arrival', token: 'ab-c_1' }],
  ['#/items/7', { screen: 'item', item: 7, at: nowhere }],
  ['#/items/7?frame=0', { screen: 'item', item: 7, at: { ...nowhere, frame: 0 } }],
  ['#/items/7?t=12.5,18', { screen: 'item', item: 7, at: { ...nowhere, start: 12.5, end: 18 } }],
  ['#/items/7?t=,18', { screen: 'item', item: 7, at: { ...nowhere, start: 0, end: 18 } }],
  ['#/items/7?t=npt:3', { screen: 'item', item: 7, at: { ...nowhere, start: 3 } }],
  ['#/items/7?track=1&frame=3', { screen: 'item', item: 7, at: { ...nowhere, track: 1, frame: 3 } }],
  ['#/items/7?frame=3&sample=60', { screen: 'item', item: 7, at: { ...nowhere, frame: 3, sample: 60 } }],
  ['#/items/7?panel=masks', { screen: 'item', item: 7, at: { ...nowhere, panel: 'masks' } }],
  ['#/items/seven', { screen: 'lost' }],
  ['#/matches?item=2', { screen: 'matches', item: 2 }],
  ['#/matches/M3', { screen: 'compare', match: 'M3' }],
  ['#/compare?a=1&b=2&frame=37&beside=120', { screen: 'beside', pair: { a: 1, b: 2, frame: '37', beside: '120', mirrored: false } }],
  ['#/compare?a=1&beside=12.5s&mirror=1', { screen: 'beside', pair: { a: 1, b: 1, frame: '0', beside: '12.5s', mirrored: true } }],
  ['#/compare?a=1&b=two', { screen: 'lost' }],
  ['#/compare?b=2', { screen: 'lost' }],
  ['#/reuse', { screen: 'reuse', item: null, graph: false }],
  ['#/reuse?item=2', { screen: 'reuse', item: 2, graph: false }],
  ['#/reuse?item=2&as=graph', { screen: 'reuse', item: 2, graph: true }],
  ['#/search?words=no+impact&kind=claim&odd=1', { screen: 'search', asked: { words: 'no impact', kind: 'claim' } }],
  ['#/hypotheses', { screen: 'hypotheses', of: null }],
  ['#/hypotheses?of=3', { screen: 'hypotheses', of: 3 }],
  ['#/hypotheses?of=case', { screen: 'hypotheses', of: 'case' }],
  ['#/hypotheses?of=all', { screen: 'hypotheses', of: 'all' }],
  ['#/hypotheses?of=0', { screen: 'hypotheses', of: null }],
  ['#/atlas', { screen: 'atlas', at: null }],
  ['#/atlas?at=L1', { screen: 'atlas', at: 'L1' }],
  ['#/watches', { screen: 'watches' }],
  ['#/publish', { screen: 'publications' }],
  ['#/publish/B2', { screen: 'publication', publication: 'B2' }],
  ['#/publish/C2', { screen: 'lost' }],
  ['#/publish/new', { screen: 'draft', begin: { revises: null, select: [], mention: [], without: [] } }],
  ['#/publish/new?revises=C1', { screen: 'draft', begin: { revises: null, select: [], mention: [], without: [] } }],
  ['#/journal?entry=4', { screen: 'journal', entry: 4 }],
  ['#/to/C3', { screen: 'to', to: 'C3' }],
  ['#/to/#1#t=12.5,18', { screen: 'to', to: '#1#t=12.5,18' }],
  ['#/to/%231%23frame=3', { screen: 'to', to: '#1#frame=3' }],
  ['#/to/100%', { screen: 'to', to: '100%' }],
  ['#/elsewhere', { screen: 'lost' }],
])('reads %s', (fragment, route) => expect(parseRoute(fragment)).toEqual(route));

test('the address of a pair reads back as the pair', () => {
  const pair = { a: 3, b: 1, frame: '37', beside: '1:02.5', mirrored: true };
  expect(parseRoute(pairAddress(pair))).toEqual({ screen: 'beside', pair });
  expect(pairAddress({ ...pair, beside: '9', mirrored: false })).toBe('#/compare?a=3&b=1&frame=37&beside=9');
});

test('a link leads to what it names', () => {
  expect(parseRoute(linkAddress('#1#frame=37'))).toEqual({ screen: 'to', to: '#1#frame=37' });
});

test('an address leads back to its frame', () => {
  expect(parseRoute(itemAddress(3, 37))).toMatchObject({ item: 3, at: { frame: 37 } });
  expect(itemAddress(3)).toBe('#/items/3');
  expect(parseRoute(itemAddress(3, 0, { track: 1 }))).toMatchObject({ item: 3, at: { track: 1, frame: 0 } });
  expect(parseRoute(itemAddress(3, 0, { track: null, sample: 9 }))).toMatchObject({ at: { track: null, frame: 0, sample: 9 } });
});

test('a draft begins with what its address says', () => {
  const begin = { revises: 'B1', select: ['#2', 'F:#1:3', '#1#frame=3-4'], mention: ['C2'], without: ['O1'] };
  expect(parseRoute(draftAddress(begin))).toEqual({ screen: 'draft', begin });
  expect(draftAddress()).toBe('#/publish/new');
});
