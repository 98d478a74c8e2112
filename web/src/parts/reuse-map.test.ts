import { expect, test } from 'vitest';
import type { Cluster } from '../api/types.ts';
import { BAR, LANE, reuseMap } from './reuse-map.ts';

const item = (number: string, duration_s: number) => ({ number, duration_s }) as Cluster['items'][number];
const place = (of: string, start: number, end: number, ...matches: string[]) => ({
  item: of,
  frames: [start * 25, end * 25 - 1] as [number, number],
  seconds: [start, end] as [number, number],
  matches,
});
const cluster = {
  items: [item('#2', 10), item('#1', 5)],
  footage: [
    { appearances: [place('#2', 0, 1, 'M1'), place('#1', 1, 2, 'M1')], earliest: ['#2'], why: '' },
    { appearances: [place('#2', 4, 8, 'M2'), place('#1', 2, 5, 'M2')], earliest: ['#2'], why: '' },
  ],
  links: [
    {
      from: '#1',
      to: '#2',
      basis: 'time',
      reasons: [],
      spans: [{ match: 'M2', from_seconds: [2, 5], to_seconds: [4, 8] } as Cluster['links'][number]['spans'][number]],
    },
  ],
} satisfies Cluster;

test('lanes share one scale, and what is shared lies where it is in each item', () => {
  const map = reuseMap(cluster, 1000);
  expect(map.height).toBe(2 * LANE);
  expect(map.bars.map(({ width }) => width)).toEqual([1000, 500]);
  expect(map.blocks.map(({ item, piece, x, width }) => [item, piece, x, width])).toEqual([
    ['#2', 0, 0, 100],
    ['#1', 0, 100, 100],
    ['#2', 1, 400, 400],
    ['#1', 1, 200, 300],
  ]);
});

test('a ribbon leads from the upper lane to the lower one, whichever is the later item', () => {
  const [ribbon] = reuseMap(cluster, 1000).ribbons;
  const [above, below] = [(LANE - BAR) / 2 + BAR, LANE + (LANE - BAR) / 2];
  expect(ribbon?.points).toBe(`400.0,${above}.0 800.0,${above}.0 500.0,${below}.0 200.0,${below}.0`);
  expect(ribbon?.piece).toBe(1);
  // #1, the lower one, is the later one: the footage may have come down to it.
  expect([ribbon?.thread, ribbon?.way]).toEqual([false, '↓']);
});

test('what is short can be hit, and does not leave the picture', () => {
  const [first, second] = reuseMap(cluster, 100).blocks;
  expect([first?.x, first?.width]).toEqual([0, 24]);
  expect(second?.width).toBe(24);
});

test('what lanes lie between is joined by a thread, and no way is shown where it is unknown', () => {
  const [link] = cluster.links;
  const far = { ...cluster, items: [cluster.items[0], item('#3', 10), cluster.items[1]], links: [{ ...link, basis: 'unknown' }] };
  const [ribbon] = reuseMap(far as Cluster, 1000).ribbons;
  expect([ribbon?.thread, ribbon?.way]).toEqual([true, '?']);
  expect(ribbon?.points.split(' ')).toHaveLength(2);
});
