import { expect, test } from 'vitest';
import type { Publication } from '../api/publishing.ts';
import type { ItemRecord, Match } from '../api/types.ts';
import { begunFrom, choicesOf, everythingOf, framesIn, runsOf, standingReviews, stateOf } from './publication.ts';

const review = (actor: string, approved: boolean) => ({ actor, approved }) as Publication['reviews'][number];
const drafted = (more: Partial<Publication> = {}) => ({ number: 'B1', actor: 'Ada', reviews: [], ...more }) as unknown as Publication;

test('the last word of each reader stands, and one who holds it back is enough', () => {
  const of = (...reviews: Publication['reviews']) => stateOf(drafted({ reviews }), ['Ben', 'Cy']);
  expect(of()).toBe('draft');
  expect(of(review('Ben', true))).toBe('reviewed');
  expect(of(review('Ben', true), review('Cy', false))).toBe('held');
  expect(of(review('Cy', false), review('Ben', true), review('Cy', true))).toBe('reviewed');
  expect(of(review('Ada', true))).toBe('draft');
  expect(standingReviews({ reviews: [review('Ben', false), review('Cy', true), review('Ben', true)] }).map((one) => one.approved)).toEqual([true, true]);
});

test('what left, was taken back or was revised says so before anything else', () => {
  const reviews = [review('Ben', false)];
  expect(stateOf(drafted({ reviews, withdrawn: {} as Publication['withdrawn'] }))).toBe('withdrawn');
  expect(stateOf(drafted({ reviews, sealed: {} as Publication['sealed'], superseded_by: 'B2' }))).toBe('sealed');
  expect(stateOf(drafted({ reviews, superseded_by: 'B2' }))).toBe('superseded');
});

const record = {
  observations: [{ number: 'O1', text: 'a lamp' }, { number: 'O2', text: 'gone', withdrawn: { reason: 'x' } }],
  claims: [{ number: 'C1', text: 'today', source: 'S2' }, { number: 'C2', text: 'yesterday', source: null }],
  hypotheses: [],
  assessments: [{ number: 'A1', hypothesis: 'H1', assessor: 'Dr B', reasons: 'r', superseded_by: 'A2' }],
  media_reviews: [],
  resemblances: [],
  dates: [],
  places: [],
} as unknown as ItemRecord;
const detail = { item: { number: '#1' }, findings: [{ summary: 'a cut' }, { summary: 'a fade' }] } as unknown as Parameters<typeof choicesOf>[0];
const matches = [{ number: 'M1', query_item: '#1', reference_item: '#3', query_name: 'a', reference_name: 'b' }] as Match[];

test('everything about an item is what was not taken back, without what needs another item', () => {
  const groups = choicesOf(detail, record, matches);
  expect(groups.map((group) => group.name)).toEqual(['observations', 'claims', 'assessments', 'findings', 'matches']);
  expect(groups.find((group) => group.name === 'assessments')?.choices[0]?.superseded).toBe('A2');
  expect(everythingOf('#1', groups, record, [])).toEqual(['#1', 'O1', 'C1', 'C2', 'A1', 'F:#1:1', 'F:#1:2', 'S2']);
  expect(everythingOf('#1', groups, record, ['#3'])).toContain('M1');
});

test('frames are typed as numbers and spans, and nothing else', () => {
  expect(framesIn('#1', '37')).toEqual(['#1#frame=37']);
  expect(framesIn('#2', '37, 40-52 60–60')).toEqual(['#2#frame=37', '#2#frame=40-52', '#2#frame=60']);
  for (const text of ['', '52-40', 'x', '3 x', '-3', '1.5']) expect(framesIn('#1', text), text).toBeNull();
});

test('numbers that stay are told as runs, by kind', () => {
  expect(runsOf(['#2', '#3', 'C2', 'C3', 'C4', 'C9', 'F:#1:2', 'F:#1:3', 'F:#2:1'])).toEqual([
    { kind: '#', runs: ['#2–3'] },
    { kind: 'C', runs: ['C2–4', 'C9'] },
    { kind: 'F', runs: ['F:#1:2–3', 'F:#2:1'] },
  ]);
  expect(runsOf([])).toEqual([]);
});

test('a new draft begins from the earlier one, with what a refusal asked for', () => {
  const earlier = { selected: ['#1', 'C1'], mentioned: ['C2'] };
  expect(begunFrom(earlier, { select: ['S1', 'C2'], mention: ['O9'], without: ['C1'] })).toEqual({
    selected: ['#1', 'S1', 'C2'],
    mentioned: ['O9'],
  });
});
