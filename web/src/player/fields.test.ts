import { expect, test } from 'vitest';
import { fieldText, firstSide, neighbour, parseField } from './fields.ts';

const SCANNING = [
  { first: 0, interlaced: true, top_first: true },
  { first: 10, interlaced: true, top_first: false },
  { first: 20, interlaced: false, top_first: false },
];

test('a field is written as its frame and one letter', () => {
  expect(parseField(' 37t ')).toEqual({ frame: 37, side: 't' });
  expect(parseField('#37B')).toEqual({ frame: 37, side: 'b' });
  for (const none of ['37', 't', '37tb', '-1t', '3.7t']) expect(parseField(none)).toBeNull();
  expect(fieldText({ frame: 37, side: 'b' })).toBe('37b');
});

test('the stream says which field comes first', () => {
  expect([0, 9, 10, 19, 20].map((frame) => firstSide(frame, SCANNING))).toEqual(['t', 't', 'b', 'b', 't']);
  expect(firstSide(5, [])).toBe('t');
});

test('steps go from field to field in time, over a change of order too', () => {
  const walk = (from: string, by: 1 | -1, count: number) => {
    const found = [from];
    for (let at = parseField(from); at && found.length < count; ) {
      at = neighbour(at, by, 12, SCANNING);
      if (at) found.push(fieldText(at));
      else break;
    }
    return found.join(' ');
  };
  expect(walk('8b', 1, 9)).toBe('8b 9t 9b 10b 10t 11b 11t');
  expect(walk('10t', -1, 4)).toBe('10t 10b 9b 9t');
  expect(walk('0t', -1, 4)).toBe('0t');
});
