import { readFile } from 'node:fs/promises';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { expect, test } from 'vitest';

test('the types are those of the description: else run `npm run types`', async () => {
  const beside = (name: string) => new URL(name, import.meta.url);
  const made = astToString(await openapiTS(beside('openapi.json')));
  expect(await readFile(beside('schema.ts'), 'utf8')).toBe(COMMENT_HEADER + made);
});
