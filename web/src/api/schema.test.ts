import { readFile } from 'node:fs/promises';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { expect, test } from 'vitest';

// The compiler that writes them takes seconds, on a busy machine many.
test('the types are those of the description: else run `npm run types`', { timeout: 120_000 }, async () => {
  const beside = (name: string) => new URL(name, import.meta.url);
  const made = astToString(await openapiTS(beside('openapi.json')));
  expect(await readFile(beside('schema.ts'), 'utf8')).toBe(COMMENT_HEADER + made);
});
