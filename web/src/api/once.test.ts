import { beforeEach, expect, test, vi } from 'vitest';
import { done, keyOf } from './once.ts';

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
});

test('a request keeps its key until it is answered', () => {
  const key = keyOf('/api/claims', '{"text":"x"}');
  expect(key).toMatch(/^[0-9a-f]{32}$/);
  expect(keyOf('/api/claims', '{"text":"x"}')).toBe(key);
  expect(keyOf('/api/claims', '{"text":"y"}')).not.toBe(key);
  expect(keyOf('/api/other', '{"text":"x"}')).not.toBe(key);
  done('/api/claims', '{"text":"x"}');
  expect(keyOf('/api/claims', '{"text":"x"}')).not.toBe(key);
});
