import { expect, test } from 'vitest';
import type { Job } from '../api/adding.ts';
import { jobOn, lineOf, roughly } from './working.ts';

const job = (some: Partial<Job>): Job => ({
  job: 1,
  item: '#1',
  name: 'a.mp4',
  task: 'inspect',
  standing: 'running',
  doing: null,
  share: 0,
  frames: 0,
  searched: { items: 0, of: 0 },
  left_s: null,
  done: null,
  problem: null,
  ...some,
});
const done = { frames: 1, findings: 2, matches: 0, passed_over: [], searched: { items: 0, of: 0 } };

test('a line says how a job stands', () => {
  expect(lineOf(job({ standing: 'waiting' }))).toBe('waiting');
  expect(lineOf(job({}))).toBe('under way');
  expect(lineOf(job({ doing: 'pictures', share: 4567, left_s: 61 }))).toBe('45 % · pictures · 60 s left');
  expect(lineOf(job({ standing: 'done', done }))).toBe('1 frame, 2 findings');
  const match = job({ task: 'match', standing: 'done', done: { ...done, passed_over: ['#2', '#3'] } });
  expect(lineOf(match)).toBe('no footage in common; not compared, because not inspected: #2, #3');
  const part = { items: 120, of: 300 };
  expect(lineOf(job({ task: 'match', doing: 'search', share: 4000, searched: part, left_s: 42 }))).toBe(
    '40 % · comparing with the other items · 120 of 300 items · 40 s left',
  );
  expect(lineOf(job({ task: 'match', standing: 'done', done: { ...done, matches: 2, searched: part } }))).toBe(
    '2 matches; stopped after 120 of 300 items',
  );
  expect(lineOf(job({ standing: 'failed', problem: { error: 'It broke.', hint: null } }))).toBe('It broke.');
});

test('the job on an item is one that is not over', () => {
  const [over, waits] = [job({ standing: 'done' }), job({ job: 2, standing: 'waiting' })];
  expect(jobOn([over, waits, job({ job: 3, item: '#2' })], '#1')).toBe(waits);
  expect(jobOn([over], '#1')).toBeNull();
});

test('a time is told as exactly as it is known', () => {
  expect([0.2, 7, 42, 100, 5000, 7900].map(roughly)).toEqual(['1 s', '7 s', '40 s', '2 min', '83 min', '2 h 10 min']);
});
