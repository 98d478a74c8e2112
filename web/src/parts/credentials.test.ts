import { expect, test } from 'vitest';
import type { Manifest, Manifests } from '../api/types.ts';
import { activeGroup, checkGroups, earlierGroups } from './credentials.ts';

const MANIFEST: Manifest = {
  label: 'urn:c2pa:1',
  title: 'a clip',
  generators: ['Test Camera 7.1'],
  signer: { name: 'desk.invalid', issuer: 'Desk', serial: '17', algorithm: 'Ed25519', time: null },
  actions: [{ action: 'c2pa.created', when: null, software: 'Test Camera', source_type: null }],
  ingredients: [{ title: null, relationship: 'parentOf', manifest: null }],
  assertions: ['c2pa.actions.v2', 'c2pa.hash.bmff.v3'],
};
const FOUND: Manifests = {
  reader: 'c2pa 0',
  active: MANIFEST.label,
  manifests: [MANIFEST, { ...MANIFEST, label: 'urn:c2pa:0', title: null, signer: null }],
  checks: [
    { outcome: 'success', code: 'assertion.hashedURI.match', about: 'a', explanation: 'it matches' },
    { outcome: 'success', code: 'assertion.hashedURI.match', about: 'b', explanation: 'it matches' },
    { outcome: 'not_made', code: 'timeStamp.trusted', about: null, explanation: null },
    { outcome: 'failure', code: 'assertion.bmffHash.mismatch', about: null, explanation: null },
  ],
  left_out: 0,
};

test('failed checks come first, and each code once', () => {
  const groups = checkGroups(FOUND).map(({ title, rows }) => [title, ...rows.map((row) => row.join(': '))]);
  expect(groups).toEqual([
    ['Checks that failed', 'assertion.bmffHash.mismatch: –'],
    ['Not checked, for want of what lies beyond the file', 'timeStamp.trusted: –'],
    ['Checks that held', 'assertion.hashedURI.match: it matches (2 ×)'],
  ]);
});

test('a manifest tells its signer and what was done, and what it lacks is said', () => {
  const [group] = activeGroup(FOUND);
  expect(group?.rows.map(([name, value]) => `${name}: ${value}`)).toEqual([
    'Title: a clip',
    'Signed by: desk.invalid',
    'Of organisation: Desk',
    'Serial number: 17',
    'Algorithm: Ed25519',
    'Time-stamp: none',
    'Made by: Test Camera 7.1',
    'Action: c2pa.created, Test Camera',
    'Made from: untitled, parentOf',
    'Assertions: c2pa.actions.v2, c2pa.hash.bmff.v3',
    'Label: urn:c2pa:1',
  ]);
  const [earlier] = earlierGroups(FOUND);
  expect(earlier?.title).toContain('urn:c2pa:0');
  expect(earlier?.rows[0]).toEqual(['Signed by', 'no signature that could be read', false]);
});

test('a file that names no manifest has none to show', () => {
  expect(activeGroup({ ...FOUND, manifests: [] })).toEqual([]);
});
