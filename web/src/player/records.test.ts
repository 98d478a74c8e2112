import { describe, expect, test } from 'vitest';
import { type Brought, Records } from './records.ts';

function record(kind: number, body: number[]): number[] {
  const length = 1 + body.length;
  return [length & 255, length >> 8, 0, 0, kind, ...body];
}

const picture = (no: number, pts: number[], jpeg: number[]) => record(1, [no, 0, 0, 0, ...pts, ...jpeg]);
const STAMPED = [1, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
const UNSTAMPED = [0, 0, 0, 0, 0, 0, 0, 0, 0];
const STREAM = [
  ...picture(7, STAMPED, [1, 2, 3]),
  ...picture(9, UNSTAMPED, [4]),
  ...record(2, [...new TextEncoder().encode('{"error":"gone","hint":null}')]),
  ...record(3, []),
];

/** The records of the stream, cut into pieces of `size` bytes. */
function inPieces(size: number): Brought[] {
  const records = new Records();
  const brought = [];
  for (let at = 0; at < STREAM.length; at += size) brought.push(...records.push(new Uint8Array(STREAM.slice(at, at + size))));
  return brought;
}

describe('records', () => {
  test('are the same however they were cut on the way', () => {
    const whole = inPieces(STREAM.length);
    expect(whole).toEqual([
      { kind: 'picture', no: 7, pts: -2n, jpeg: new Uint8Array([1, 2, 3]) },
      { kind: 'picture', no: 9, pts: null, jpeg: new Uint8Array([4]) },
      { kind: 'problem', error: 'gone', hint: '' },
      { kind: 'end' },
    ]);
    for (let size = 1; size < 30; size += 1) expect(inPieces(size), `pieces of ${size}`).toEqual(whole);
  });

  test('what is no record is refused', () => {
    expect(() => new Records().push(new Uint8Array([0, 0, 0, 0]))).toThrow();
    expect(() => new Records().push(new Uint8Array([0, 0, 0, 0xff]))).toThrow();
    expect(() => new Records().push(new Uint8Array(record(9, [])))).toThrow();
  });
});
