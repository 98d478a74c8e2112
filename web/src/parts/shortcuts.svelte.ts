/** When keys act: never while typing, never in a dialog, and not at all when switched off. */

import { type Act, actOf } from '../player/keys.ts';

const KEY = 'framewitness.shortcuts';

class Shortcuts {
  #on = $state(localStorage.getItem(KEY) !== 'off');

  get on(): boolean {
    return this.#on;
  }

  set on(on: boolean) {
    this.#on = on;
    localStorage.setItem(KEY, on ? 'on' : 'off');
  }
}

export const shortcuts = new Shortcuts();

const TYPING = 'input, textarea, select, [contenteditable]';
const PRESSABLE = 'a, button, summary';

/** The act that a key event asks for, or `null` when it belongs to something else. */
export function actFor(event: KeyboardEvent): Act | null {
  if (!shortcuts.on || event.defaultPrevented || event.isComposing) return null;
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  if (document.querySelector('dialog[open]')) return null;
  const at = event.target instanceof Element ? event.target : null;
  if (at?.closest(TYPING)) return null;
  if (event.key === ' ' && at?.closest(PRESSABLE)) return null;
  if (event.key.startsWith('Arrow') && at?.closest('[role="tab"]')) return null;
  return actOf({ key: event.key, shift: event.shiftKey, repeat: event.repeat });
}
