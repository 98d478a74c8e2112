/** Content credentials as groups of named values: what the reader checked, and what manifests say. */

import type { Action, Check, Ingredient, Manifest, Manifests, Outcome } from '../api/types.ts';
import { m } from '../messages.ts';
import type { Group } from './facts.ts';

const words = m.credentials;
const names = words.names;
const OUTCOMES: readonly Outcome[] = ['failure', 'not_made', 'informational', 'success'];

/** What came of the reader's checks, failures first, each code once. */
export function checkGroups({ checks }: Manifests): Group[] {
  return OUTCOMES.map((outcome) => ({
    title: words.outcomes[outcome],
    rows: checkRows(checks.filter((check) => check.outcome === outcome)),
  })).filter((group) => group.rows.length > 0);
}

function checkRows(checks: readonly Check[]): [string, string][] {
  const codes = new Map<string, { times: number; explanation: string | null }>();
  for (const { code, explanation } of checks) {
    const before = codes.get(code);
    codes.set(code, { times: (before?.times ?? 0) + 1, explanation: before?.explanation ?? explanation ?? null });
  }
  return [...codes].map(([code, { times, explanation }]) => [code, words.check(times, explanation)]);
}

/** The manifest that speaks of the file as it is; where the file names none, the first. */
export function activeGroup({ manifests: [first] }: Manifests): Group[] {
  return first ? [manifestGroup(words.active, first)] : [];
}

/** Those of what it was made from. */
export function earlierGroups({ manifests }: Manifests): Group[] {
  return manifests.slice(1).map((manifest) => manifestGroup(words.ingredient(manifest.label), manifest));
}

function manifestGroup(title: string, manifest: Manifest): Group {
  const rows: [string, string | null | undefined, boolean?][] = [
    [names.title, manifest.title],
    ...signerRows(manifest),
    [names.generators, manifest.generators.join(', ')],
    ...manifest.actions.map((action): [string, string] => [names.action, actionText(action)]),
    ...manifest.ingredients.map((ingredient): [string, string] => [names.ingredient, ingredientText(ingredient)]),
    [names.assertions, manifest.assertions.join(', ')],
    [names.label, manifest.label, true],
  ];
  return { title, rows: rows.flatMap(([name, value, fixed]) => (value ? [[name, value, fixed ?? false] as const] : [])) };
}

function signerRows({ signer }: Manifest): [string, string | null | undefined, boolean?][] {
  if (!signer) return [[names.signer, words.unsigned]];
  return [
    [names.signer, signer.name ?? words.noName],
    [names.issuer, signer.issuer],
    [names.serial, signer.serial, true],
    [names.algorithm, signer.algorithm],
    [names.time, signer.time ?? words.noTime],
  ];
}

function actionText({ action, when, software, source_type }: Action): string {
  return listed(action, software, when, source_type);
}

function ingredientText({ title, relationship, manifest }: Ingredient): string {
  return listed(title ?? words.untitled, relationship, manifest);
}

function listed(...parts: (string | null | undefined)[]): string {
  return parts.filter(Boolean).join(', ');
}
