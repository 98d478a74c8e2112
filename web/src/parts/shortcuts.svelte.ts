/** When keys act: never while typing, never in a dialog, and not at all when switched off; and which do what. */

import { type Act, type ActName, actOf, DEFAULT_KEYS, holderOf, type KeyMap, readKeys, shownKey, withKey, writeKeys } from '../player/keys.ts';

const KEY = 'framewitness.shortcuts';
const KEYS = 'framewitness.keys';

class Shortcuts {
  #on = $state(localStorage.getItem(KEY) !== 'off');
  #map = $state.raw<KeyMap>(readKeys(localStorage.getItem(KEYS)));

  get on(): boolean {
    return this.#on;
  }

  set on(on: boolean) {
    this.#on = on;
    localStorage.setItem(KEY, on ? 'on' : 'off');
  }

  get map(): KeyMap {
    return this.#map;
  }

  /** Whether any act has other keys than usual. */
  get changed(): boolean {
    return writeKeys(this.#map) !== writeKeys(DEFAULT_KEYS);
  }

  /** Gives `key` to an act; whoever had it loses it. */
  give(name: ActName, key: string): void {
    this.#map = withKey(this.#map, name, key);
    localStorage.setItem(KEYS, writeKeys(this.#map));
  }

  /** Gives every act its usual keys. */
  reset(): void {
    this.#map = DEFAULT_KEYS;
    localStorage.removeItem(KEYS);
  }

  /** The key of an act as it is printed; empty where it has none. */
  of(name: ActName): string {
    const [key] = this.#map[name];
    return key === undefined ? '' : shownKey(key);
  }

  /** `words`, and behind them the key of an act, where it has one. */
  hint(words: string, name: ActName): string {
    const key = this.of(name);
    return key === '' ? words : `${words} (${key})`;
  }
}

export const shortcuts = new Shortcuts();

const TYPING = 'input:not([type="radio"]), textarea, select, [contenteditable]';
const PRESSABLE = 'a, button, summary, [type="radio"]';

/** Whether `event` ends what a key was held for: whatever is typed in the meantime, it ends. */
export function endsPeek(event: KeyboardEvent): boolean {
  return holderOf(event.key, shortcuts.map) === 'peek';
}

/** Whether a key event belongs to the picture, not to whatever has the keyboard. */
export function isFree(event: KeyboardEvent): boolean {
  if (!shortcuts.on || event.defaultPrevented || event.isComposing) return false;
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  if (document.querySelector('dialog[open]')) return false;
  const at = event.target instanceof Element ? event.target : null;
  if (at?.closest(TYPING)) return false;
  if (event.key === ' ' && at?.closest(PRESSABLE)) return false;
  return !(event.key.startsWith('Arrow') && at?.closest('[role="tab"], [type="radio"]'));
}

/** The act that a key event asks for, or `null` when it belongs to something else. */
export function actFor(event: KeyboardEvent): Act | null {
  return isFree(event) ? actOf({ key: event.key, shift: event.shiftKey, repeat: event.repeat }, shortcuts.map) : null;
}
