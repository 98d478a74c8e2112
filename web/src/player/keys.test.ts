import { describe, expect, test } from 'vitest';
import { actOf, DEFAULT_KEYS, GROUPS, holderOf, isGivable, readKeys, shownKey, withKey, writeKeys } from './keys.ts';

const press = (key: string, map = DEFAULT_KEYS) => actOf({ key, repeat: false, shift: false }, map);

test('no key stands with two acts, and every act has one', () => {
  const names = GROUPS.flatMap(([, names]) => names);
  const keys = names.flatMap((name) => DEFAULT_KEYS[name]);
  expect(new Set(keys).size).toBe(keys.length);
  expect(names.filter((name) => DEFAULT_KEYS[name].length === 0)).toEqual([]);
  expect(keys.filter((key) => !isGivable(key) || key !== key.toLowerCase())).toEqual([]);
});

describe('a key that is given to another act', () => {
  test('does that, and nothing else any more', () => {
    const map = withKey(DEFAULT_KEYS, 'still', 'W');
    expect(press('w', map)).toEqual({ page: 'still' });
    expect(press('W', map)).toEqual({ page: 'still' });
    expect(press('c', map)).toBeNull();
    expect(press('w')).toBeNull();
  });

  test('is taken from whoever had it', () => {
    expect(holderOf('W', DEFAULT_KEYS)).toBeNull();
    expect(holderOf('<', DEFAULT_KEYS)).toBe('back');
    const map = withKey(DEFAULT_KEYS, 'on', '<');
    expect(press('<', map)).toMatchObject({ player: { do: 'step', by: 1 } });
    expect(press(',', map)).toMatchObject({ player: { do: 'step', by: -1 } });
    expect(map.back).toEqual([',']);
  });

  test('is held and shifted as the old one was', () => {
    const map = withKey(withKey(DEFAULT_KEYS, 'secondOn', 's'), 'goto', 'd');
    expect(actOf({ key: 'S', repeat: true, shift: true }, map)).toEqual({ player: { do: 'shift', seconds: 0.1 } });
    expect(actOf({ key: 'd', repeat: true, shift: false }, map)).toBeNull();
  });
});

test('what is kept is what differs, and reads back', () => {
  expect(writeKeys(DEFAULT_KEYS)).toBe('{}');
  const map = withKey(withKey(DEFAULT_KEYS, 'still', 'k'), 'note', 'é');
  expect(writeKeys(map)).toBe('{"pause":[],"still":["k"],"note":["é"]}');
  expect(readKeys(writeKeys(map))).toEqual(map);
  expect(readKeys(null)).toEqual(DEFAULT_KEYS);
});

test('what makes no sense is passed over, and a chosen key goes before a usual one', () => {
  for (const text of ['nonsense', '[]', '7', '{"still":"w","fly":["w"]}', '{"still":[7,"Enter","Tab"]}']) {
    const { still, ...rest } = readKeys(text);
    const { still: usual, ...others } = DEFAULT_KEYS;
    expect(rest, text).toEqual(others);
    expect([usual, []], text).toContainEqual(still);
  }
  // Another version gave the key to an act of its own meanwhile.
  const map = readKeys('{"note":["c"]}');
  expect(map.note).toEqual(['c']);
  expect(map.still).toEqual([]);
  expect(readKeys('{"note":["w"],"still":["w"]}')).toMatchObject({ note: [], still: ['w'] });
});

test('keys are shown as they are printed', () => {
  expect([' ', 'arrowleft', 'home', 'a', '[', 'é', '1'].map(shownKey)).toEqual(['Space', '←', 'Home', 'A', '[', 'É', '1']);
  expect(['Enter', 'Escape', 'Tab', 'F5', 'Shift', 'Dead', 'Unidentified'].filter(isGivable)).toEqual([]);
});
