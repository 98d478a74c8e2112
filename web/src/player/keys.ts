/**
 * Keys and what they do. Letters match what is printed on the key (`key`), so that they work on
 * every layout; they rest while somebody types or holds Ctrl, Alt or Meta.
 */

import type { Command } from './state.ts';

/** What a key can ask for: the player's commands, and the page's own acts. */
export type Act =
  | { readonly player: Command }
  | { readonly page: 'goto' | 'note' | 'still' | 'field' | 'colour' | 'blur' | 'sound' | 'help' | 'compare' | 'view' | 'span' }
  | { readonly review: 'confirmed' | 'rejected' | 'unreviewed' | 'next' };

/** A key event, reduced to what matters here. */
export interface Pressed {
  readonly key: string;
  readonly shift: boolean;
  readonly repeat: boolean;
}

/** Seconds that an arrow key moves, and with Shift. */
export const ARROW_SECONDS = 1;
export const FINE_SECONDS = 0.1;

const ONCE: Readonly<Record<string, Act>> = {
  ' ': { player: { do: 'toggle' } },
  k: { player: { do: 'pause' } },
  j: { player: { do: 'slower' } },
  l: { player: { do: 'faster' } },
  '[': { player: { do: 'speed', by: -1 } },
  ']': { player: { do: 'speed', by: 1 } },
  i: { player: { do: 'mark', end: 'in' } },
  o: { player: { do: 'mark', end: 'out' } },
  home: { player: { do: 'go', frame: 0 } },
  end: { player: { do: 'go', frame: Number.MAX_SAFE_INTEGER } },
  g: { page: 'goto' },
  n: { page: 'note' },
  c: { page: 'still' },
  f: { page: 'field' },
  e: { page: 'view' },
  v: { page: 'colour' },
  b: { page: 'blur' },
  m: { page: 'sound' },
  x: { page: 'compare' },
  y: { review: 'confirmed' },
  r: { review: 'rejected' },
  t: { review: 'unreviewed' },
  u: { review: 'next' },
  '?': { page: 'help' },
};

/** The act of a key, or `null`. A held key repeats only steps and moves. */
export function actOf(pressed: Pressed): Act | null {
  const key = pressed.key.toLowerCase();
  const moving = movement(key, pressed);
  if (moving) return { player: moving };
  return pressed.repeat ? null : (ONCE[key] ?? null);
}

function movement(key: string, pressed: Pressed): Command | null {
  const seconds = pressed.shift ? FINE_SECONDS : ARROW_SECONDS;
  switch (key) {
    case ',':
    case '<':
      return { do: 'step', by: -1, held: pressed.repeat };
    case '.':
    case '>':
      return { do: 'step', by: 1, held: pressed.repeat };
    case 'arrowleft':
      return { do: 'shift', seconds: -seconds };
    case 'arrowright':
      return { do: 'shift', seconds };
    default:
      return null;
  }
}
