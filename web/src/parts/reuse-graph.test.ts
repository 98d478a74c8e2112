import { describe, expect, it } from 'vitest';
import type { Cluster, ClusterItem, Link, SourceTimeline } from '../api/types.ts';
import { fittedView, type Graph, graphOf, movedView, nearerView, NODE, type Wanted, withNode } from './reuse-graph.ts';

const ALL: Wanted = { words: '', confirmed: false, sources: true };
const known = (at: string) => ({ at, says: '', rests_on: 'person' as const });
function item(number: string, uploaded: string | null): ClusterItem {
  const times = uploaded ? { uploaded: known(uploaded), used: 'uploaded' as const } : { acquired: known('2026-06-01T00:00:00Z'), used: 'acquired' as const };
  return { number, name: `clip-${number.slice(1)}.mp4`, frames: 100, duration_s: 4, thumbnails: 0, times };
}
/** What `earlier` and `later` share. */
function link(earlier: string, later: string, matches: string[], more: Partial<Link> = {}, verdict: Link['spans'][number]['verdict'] = 'unreviewed'): Link {
  const spans = matches.map((match) => ({ match, from_frames: [0, 9], to_frames: [0, 9], from_seconds: [0, 1], to_seconds: [2, 3], mirrored: false, score: 0.9, speed: 1, verdict }));
  return { from: later, to: earlier, basis: 'time', reasons: [], spans, ...more };
}
const cluster = (items: ClusterItem[], links: Link[], earliest: string[] = []): Cluster => ({ items, links, footage: [{ appearances: [], earliest, why: '' }] });
const node = (graph: Graph, number: string) => graph.nodes.find((one) => one.number === number) ?? { x: NaN, y: NaN, time: '', earliest: [], until: null };

describe('the graph of reuse', () => {
  it('places items by the first time that is known, and the others apart', () => {
    const graph = graphOf([cluster([item('#1', '2026-05-01'), item('#2', '2026-06-01'), item('#3', null)], [link('#1', '#2', ['M1']), link('#2', '#3', ['M2'], { basis: 'unknown' })], ['#1'])], [], ALL);
    expect(node(graph, '#1').x).toBeLessThan(node(graph, '#2').x);
    expect(graph.apart).toBeGreaterThanOrEqual(node(graph, '#2').x + NODE.width);
    expect(node(graph, '#3')).toMatchObject({ x: graph.apart, time: null, until: null });
    expect(node(graph, '#1').earliest).toEqual([1]);
    expect(node(graph, '#2').earliest).toEqual([]);
    expect(graph.edges.map(({ spans, from, to, ordered }) => [spans[0]?.match, from, to, ordered])).toEqual([
      ['M1', '0 #1', '0 #2', true],
      ['M2', '0 #2', '0 #3', false],
    ]);
    // When the case got an item says nothing of when it came out.
    expect(graph.whole?.[1]).toBeLessThan(Date.parse('2026-06-04'));
  });

  it('marks nothing as the earliest where several may be', () => {
    const graph = graphOf([cluster([item('#1', '2026'), item('#2', '2026')], [link('#1', '#2', ['M1'])], ['#1', '#2'])], [], ALL);
    expect(graph.nodes.flatMap(({ earliest }) => earliest)).toEqual([]);
  });

  it('draws few matches of two items apart, and many as one line', () => {
    const of = (matches: string[]) => graphOf([cluster([item('#1', '2025'), item('#2', '2026')], [link('#1', '#2', matches)])], [], ALL).edges;
    expect(of(['M1', 'M2', 'M3']).map(({ path }) => path)).toHaveLength(3);
    expect(new Set(of(['M1', 'M2', 'M3']).map(({ path }) => path)).size).toBe(3);
    expect(of(['M1', 'M2', 'M3', 'M4']).map(({ spans }) => spans.length)).toEqual([4]);
  });

  it('shows only what is asked for', () => {
    const clusters = [
      cluster([item('#1', '2025'), item('#2', '2026')], [link('#1', '#2', ['M1'])]),
      cluster([item('#3', '2025'), item('#4', '2026'), item('#5', '2026')], [link('#3', '#4', ['M2'], {}, 'confirmed'), link('#3', '#5', ['M3'])]),
    ];
    const numbers = (wanted: Partial<Wanted>) => graphOf(clusters, [], { ...ALL, ...wanted }).nodes.map(({ number }) => number);
    expect(numbers({ words: ' CLIP-4 ' })).toEqual(['#3', '#4', '#5']);
    expect(numbers({ confirmed: true })).toEqual(['#3', '#4']);
    expect(numbers({ words: 'nothing' })).toEqual([]);
    expect(graphOf(clusters, [], ALL).bands.map(({ items, matches }) => [items, matches])).toEqual([[2, 1], [3, 2]]);
  });

  it('ties sources to the items that they released or made claims about', () => {
    const event = { until: null, stated: true, text: '', state: null, record: null, entry: 1, at: '', actor: '' };
    const lines: SourceTimeline[] = [
      { source: 'S1', name: '@one', kind: 'account', events: [{ ...event, kind: 'claim', from: '2026-05-02', item: '#2' }, { ...event, kind: 'capture', from: '2026-05-01', item: '#1' }] },
      { source: 'S2', name: '@other', kind: 'account', events: [{ ...event, kind: 'item', from: '2026-05-02', item: '#9' }] },
    ];
    const one = [cluster([item('#1', '2025'), item('#2', '2026')], [link('#1', '#2', ['M1'])])];
    const graph = graphOf(one, lines, ALL);
    expect(graph.nodes.filter(({ kind }) => kind === 'source').map(({ number, time }) => [number, time])).toEqual([['S1', '2026-05-02']]);
    expect(graph.edges.filter(({ link }) => !link).map(({ from, to }) => [from, to])).toEqual([['0 S1', '0 #2']]);
    expect(graphOf(one, lines, { ...ALL, sources: false }).nodes).toHaveLength(2);
  });

  it('lets no two of three hundred lie on one another, in no time, the same each time', () => {
    const items = Array.from({ length: 300 }, (_, at) => item(`#${at + 1}`, at % 3 === 0 ? null : `2026-0${1 + (at % 9)}-1${at % 10}`));
    const links = items.slice(1).map(({ number }, at) => link('#1', number, [`M${at + 1}`]));
    const begun = performance.now();
    const graph = graphOf([cluster(items, links)], [], ALL);
    expect(performance.now() - begun).toBeLessThan(500);
    expect(graph.edges).toHaveLength(299);
    const meets = (one: Graph['nodes'][number], other: Graph['nodes'][number]) =>
      Math.abs(one.x - other.x) < NODE.width && Math.abs(one.y - other.y) < NODE.height;
    const met = graph.nodes.flatMap((one, at) => graph.nodes.slice(at + 1).filter((other) => meets(one, other)).map((other) => [one.number, other.number]));
    expect(met).toEqual([]);
    expect(graphOf([cluster(items, links)], [], ALL)).toEqual(graph);
  });

  it('is empty where nothing is', () => {
    expect(graphOf([], [], ALL)).toMatchObject({ nodes: [], edges: [], height: 0, whole: null });
  });
});

describe('the view of it', () => {
  const graph = graphOf([cluster([item('#1', '2025'), item('#2', '2026')], [link('#1', '#2', ['M1'])])], [], ALL);
  const size = { width: 800, height: 400 };

  it('begins with the whole width, goes nearer in place and never loses the drawing', () => {
    const view = fittedView(graph, 800);
    expect(graph.width * view.scale).toBeCloseTo(800);
    const near = nearerView(view, 2, [100, 50]);
    expect((100 - near.x) / near.scale).toBeCloseTo((100 - view.x) / view.scale);
    expect(nearerView(view, 1000, [0, 0]).scale).toBe(2.5);
    const lost = movedView(view, -5000, -5000, graph, size);
    expect(lost.x + graph.width * lost.scale).toBeCloseTo(60);
    expect(movedView(view, 5000, 0, graph, size).x).toBe(740);
  });

  it('brings a node into sight', () => {
    const [one] = graph.nodes.filter(({ number }) => number === '#2');
    if (!one) throw new Error('there is no such node');
    const far = { scale: 1, x: -5000, y: -900 };
    const seen = withNode(far, one, size, 30);
    expect(one.x + seen.x).toBeGreaterThanOrEqual(8);
    expect(one.x + NODE.width + seen.x).toBeLessThanOrEqual(792);
    expect(one.y + seen.y).toBeGreaterThanOrEqual(38);
    expect(withNode(seen, one, size, 30)).toEqual(seen);
  });
});
