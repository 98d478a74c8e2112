/** Reads 8-bit RGB and RGBA pictures (PNG, ISO/IEC 15948), not interlaced: a reader of our own, so
 * that no code is shared with what wrote them. */

import { inflateSync } from 'node:zlib';

/** Pixels as RGB bytes, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Buffer;
}

/** The picture in `png`. */
export function readPng(png: Buffer): Picture {
  const data: Buffer[] = [];
  let [width, height, channels] = [0, 0, 0];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const body = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    const kind = png.toString('latin1', at + 4, at + 8);
    if (kind === 'IHDR') {
      [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
      channels = { 2: 3, 6: 4 }[body[9] ?? 0] ?? 0;
      if (body[8] !== 8 || channels === 0 || body[12] !== 0) throw new Error('not an 8-bit RGB picture');
    } else if (kind === 'IDAT') {
      data.push(body);
    }
  }
  return { width, height, rgb: unfilter(inflateSync(Buffer.concat(data)), width, height, channels) };
}

function unfilter(raw: Buffer, width: number, height: number, channels: number): Buffer {
  const row = width * channels;
  const rgb = Buffer.alloc(width * height * 3);
  let above = Buffer.alloc(row);
  for (let y = 0; y < height; y += 1) {
    const start = y * (row + 1);
    const line = Buffer.from(raw.subarray(start + 1, start + 1 + row));
    for (let x = 0; x < row; x += 1) {
      const left = x >= channels ? (line[x - channels] ?? 0) : 0;
      const corner = x >= channels ? (above[x - channels] ?? 0) : 0;
      line[x] = (line[x] ?? 0) + predicted(raw[start] ?? 0, left, above[x] ?? 0, corner);
    }
    for (let x = 0; x < width; x += 1) line.copy(rgb, (y * width + x) * 3, x * channels, x * channels + 3);
    above = line;
  }
  return rgb;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    default: {
      const guess = left + up - corner;
      const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
      return a <= b && a <= c ? left : b <= c ? up : corner;
    }
  }
}
