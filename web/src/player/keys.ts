/**
 * Keys and what they do. Letters match what is printed on the key (`key`), so that they work on
 * every layout; they rest while somebody types or holds Ctrl, Alt or Meta. Which key does what is a
 * {@link KeyMap}, and every act can be given another key.
 */

import type { Mode } from './lay.ts';
import type { Command } from './state.ts';

/** What a key can ask for: the player's commands, and the page's own acts. */
export type Act =
  | { readonly player: Command }
  | { readonly page: PageAct }
  | { readonly mode: Mode }
  | { readonly compare: 'peek' | 'align' }
  | { readonly review: 'confirmed' | 'rejected' | 'unreviewed' | 'next' };
export type PageAct = 'goto' | 'note' | 'still' | 'field' | 'colour' | 'blur' | 'sound' | 'help' | 'compare' | 'view' | 'span' | 'mark' | 'magnify' | 'markBefore' | 'markAfter';

/** A key event, reduced to what matters here. */
export interface Pressed {
  readonly key: string;
  readonly shift: boolean;
  readonly repeat: boolean;
}

/** Seconds that an arrow key moves, and with Shift. */
export const ARROW_SECONDS = 1;
export const FINE_SECONDS = 0.1;

/** An act, and the keys that it has unless somebody changes them. */
interface Given {
  readonly keys: readonly string[];
  readonly act: Act | ((pressed: Pressed) => Act);
  /** Whether it is done again and again while the key is held. */
  readonly held?: boolean;
}

const step = (by: 1 | -1) => (pressed: Pressed): Act => ({ player: { do: 'step', by, held: pressed.repeat } });
const shift = (by: 1 | -1) => (pressed: Pressed): Act => ({
  player: { do: 'shift', seconds: by * (pressed.shift ? FINE_SECONDS : ARROW_SECONDS) },
});

/** Every act that can have a key, group by group in the order of the list. Keys are in lower case. */
const GIVEN = {
  moving: {
    toggle: { keys: [' '], act: { player: { do: 'toggle' } } },
    pause: { keys: ['k'], act: { player: { do: 'pause' } } },
    faster: { keys: ['l'], act: { player: { do: 'faster' } } },
    slower: { keys: ['j'], act: { player: { do: 'slower' } } },
    back: { keys: [',', '<'], act: step(-1), held: true },
    on: { keys: ['.', '>'], act: step(1), held: true },
    secondBack: { keys: ['arrowleft'], act: shift(-1), held: true },
    secondOn: { keys: ['arrowright'], act: shift(1), held: true },
    first: { keys: ['home'], act: { player: { do: 'go', frame: 0 } } },
    last: { keys: ['end'], act: { player: { do: 'go', frame: Number.MAX_SAFE_INTEGER } } },
    markBefore: { keys: ['s'], act: { page: 'markBefore' }, held: true },
    markAfter: { keys: ['d'], act: { page: 'markAfter' }, held: true },
    speedDown: { keys: ['['], act: { player: { do: 'speed', by: -1 } } },
    speedUp: { keys: [']'], act: { player: { do: 'speed', by: 1 } } },
    markIn: { keys: ['i'], act: { player: { do: 'mark', end: 'in' } } },
    markOut: { keys: ['o'], act: { player: { do: 'mark', end: 'out' } } },
    loop: { keys: ['p'], act: { player: { do: 'loop' } } },
    goto: { keys: ['g'], act: { page: 'goto' } },
  },
  looking: {
    colour: { keys: ['v'], act: { page: 'colour' } },
    blur: { keys: ['b'], act: { page: 'blur' } },
    sound: { keys: ['m'], act: { page: 'sound' } },
    magnify: { keys: ['z'], act: { page: 'magnify' } },
    field: { keys: ['f'], act: { page: 'field' } },
    view: { keys: ['e'], act: { page: 'view' } },
    still: { keys: ['c'], act: { page: 'still' } },
  },
  recording: {
    note: { keys: ['n'], act: { page: 'note' } },
    mark: { keys: ['q'], act: { page: 'mark' } },
  },
  comparing: {
    compare: { keys: ['x'], act: { page: 'compare' } },
    side: { keys: ['1'], act: { mode: 'side' } },
    wipe: { keys: ['2'], act: { mode: 'wipe' } },
    blink: { keys: ['3'], act: { mode: 'blink' } },
    blend: { keys: ['4'], act: { mode: 'blend' } },
    difference: { keys: ['5'], act: { mode: 'difference' } },
    peek: { keys: ['h'], act: { compare: 'peek' } },
    align: { keys: ['a'], act: { compare: 'align' } },
    confirmed: { keys: ['y'], act: { review: 'confirmed' } },
    rejected: { keys: ['r'], act: { review: 'rejected' } },
    unreviewed: { keys: ['t'], act: { review: 'unreviewed' } },
    next: { keys: ['u'], act: { review: 'next' } },
  },
  other: {
    help: { keys: ['?'], act: { page: 'help' } },
  },
} as const satisfies Record<string, Record<string, Given>>;

type Groups = typeof GIVEN;
export type GroupName = keyof Groups;
/** The name of an act. */
export type ActName = { [G in GroupName]: keyof Groups[G] }[GroupName];

/** The acts of each group, in order. */
export const GROUPS = Object.entries(GIVEN).map(([group, acts]) => [group, Object.keys(acts)]) as [GroupName, ActName[]][];
const ALL = Object.assign({}, ...Object.values(GIVEN)) as Record<ActName, Given>;
const NAMES = GROUPS.flatMap(([, names]) => names);

/** Which keys do what: each key stands with one act at most. */
export type KeyMap = Readonly<Record<ActName, readonly string[]>>;
export const DEFAULT_KEYS = mapped((name) => ALL[name].keys);

/** The act of a key, or `null`. A held key repeats only steps and moves. */
export function actOf(pressed: Pressed, map: KeyMap = DEFAULT_KEYS): Act | null {
  const name = holderOf(pressed.key, map);
  if (!name) return null;
  const { act, held } = ALL[name];
  if (pressed.repeat && !held) return null;
  return typeof act === 'function' ? act(pressed) : act;
}

/** The act that has `key`, in capitals or not; `null` when it is free. */
export function holderOf(key: string, map: KeyMap): ActName | null {
  return NAMES.find((name) => map[name].includes(key.toLowerCase())) ?? null;
}

/** `map` with `key` given to `name` alone; whoever had it is left with what else it has, perhaps nothing. */
export function withKey(map: KeyMap, name: ActName, key: string): KeyMap {
  const given = key.toLowerCase();
  return mapped((one) => (one === name ? [given] : map[one].filter((had) => had !== given)));
}

/** Keys of other names that can be given away; Tab, Enter and Escape must go on working everywhere. */
const NAMED = ['arrowleft', 'arrowright', 'arrowup', 'arrowdown', 'home', 'end', 'pageup', 'pagedown', 'insert', 'delete', 'backspace'];

/** Whether `key` can be given to an act: a character that can be typed, or one of a few named keys. */
export function isGivable(key: string): boolean {
  return [...key].length === 1 || NAMED.includes(key.toLowerCase());
}

/** `map` as text to be kept: only what differs from the default. */
export function writeKeys(map: KeyMap): string {
  const changed = NAMES.filter((name) => map[name].join('\n') !== DEFAULT_KEYS[name].join('\n'));
  return JSON.stringify(Object.fromEntries(changed.map((name) => [name, map[name]])));
}

/** The map that {@link writeKeys} wrote; whatever in it is unknown or makes no sense is passed over. */
export function readKeys(text: string | null): KeyMap {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? '{}');
  } catch {
    kept = null;
  }
  const changes = new Map(Object.entries(typeof kept === 'object' && kept ? kept : {}));
  const taken = new Set<string>();
  const take = (keys: readonly unknown[]) => {
    const free = keys.filter((key): key is string => typeof key === 'string' && isGivable(key) && !taken.has(key));
    for (const key of free) taken.add(key);
    return free;
  };
  // What was chosen goes before what is only usual: a later version may give a chosen key to a new act.
  const chosen = new Map(NAMES.flatMap((name) => {
    const keys = changes.get(name);
    return Array.isArray(keys) ? [[name, take(keys)] as const] : [];
  }));
  return mapped((name) => chosen.get(name) ?? take(DEFAULT_KEYS[name]));
}

const SHOWN: Readonly<Record<string, string>> = {
  ' ': 'Space',
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
};

/** A key as it is printed. */
export function shownKey(key: string): string {
  return SHOWN[key] ?? key.charAt(0).toUpperCase() + key.slice(1);
}

function mapped(keys: (name: ActName) => readonly string[]): KeyMap {
  return Object.fromEntries(NAMES.map((name) => [name, keys(name)])) as Record<ActName, readonly string[]>;
}
