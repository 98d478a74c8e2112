import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Where words are typed that a reload may lose, and why. */
const LOST: Record<string, string> = {
  'TextField.svelte': 'whoever uses it keeps what is typed',
  'AddFiles.svelte': 'what is said of files goes with all that are added after it: words of yesterday would go along unseen',
  'SavedViews.svelte': 'a name of a search that stands in the address',
  'SearchForm.svelte': 'what is searched for stands in the address',
  'SealBundle.svelte': 'who may open a bundle is chosen anew for each',
};

const folders = ['.', '../screens'].map((folder) => join(import.meta.dirname, folder));
const components = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.svelte'))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') })),
);

/** Whether words are typed here that go into the record: not what is searched for, nor numbers. */
function takesWords(text: string): boolean {
  if (/<textarea\b|<TextField\b/.test(text)) return true;
  // An arrow of a function within ends no element.
  const inputs = text.match(/<input\b(?:=>|[^>])*>/g) ?? [];
  return inputs.some((input) => input.includes('dir="auto"') && !input.includes('type="search"'));
}

test('every form keeps what is typed until it is recorded', () => {
  const losing = components.filter(({ text }) => takesWords(text) && !text.includes('new Draft')).map(({ name }) => name);
  expect(losing.toSorted()).toEqual(Object.keys(LOST).toSorted());
});

test('forms are found', () => {
  expect(components.filter(({ text }) => takesWords(text)).length).toBeGreaterThan(25);
});
