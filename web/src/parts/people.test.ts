import { expect, test } from 'vitest';
import type { Person } from '../api/types.ts';
import { identityOf, protectionOf } from './people.ts';

const origin = { entry: 3, at: '2026-05-03T10:00:00Z', actor: 'Ada' };
const pin = { item: 'sha256:00', span: null, region: null };
const person: Person = {
  ...origin,
  number: 'P1',
  description: 'man in red jacket',
  roles: ['minor'],
  note: null,
  appearances: [],
  protections: [],
  identities: [],
};

test('a minor is protected until somebody says otherwise, and again when seen as a witness since', () => {
  expect(protectionOf(person)).toEqual(['minor']);
  const grown = { ...person, protections: [{ ...origin, entry: 5, protection: [], reason: 'of age' }] };
  expect(protectionOf(grown)).toEqual([]);
  const seen = { ...origin, pin, roles: ['witness' as const], note: null };
  expect(protectionOf({ ...grown, appearances: [{ ...seen, entry: 4 }] })).toEqual([]);
  expect(protectionOf({ ...grown, appearances: [{ ...seen, entry: 6 }] })).toEqual(['witness']);
});

test('the last word on who it is stands', () => {
  expect(identityOf(person).state).toBe('unknown');
  const said = { ...origin, identity: { state: 'withheld' as const }, reason: 'asked for it' };
  expect(identityOf({ ...person, identities: [said] }).state).toBe('withheld');
  const withdrawn = { ...origin, reason: 'a slip' };
  expect(identityOf({ ...person, identities: [{ ...said, withdrawn }] }).state).toBe('unknown');
});
