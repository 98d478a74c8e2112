/** The frame that waits for another to be compared with, in this browser tab. */

const KEY = 'framewitness.pinned';

export interface PinnedFrame {
  readonly item: number;
  readonly name: string;
  readonly frame: number;
}

class Pinned {
  #at = $state.raw<PinnedFrame | null>(stored());

  get at(): PinnedFrame | null {
    return this.#at;
  }

  set at(at: PinnedFrame | null) {
    this.#at = at;
    if (at) sessionStorage.setItem(KEY, JSON.stringify(at));
    else sessionStorage.removeItem(KEY);
  }
}

function stored(): PinnedFrame | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    const { item, name, frame } = (kept ?? {}) as Partial<PinnedFrame>;
    return item !== undefined && frame !== undefined ? { item, name: name ?? '', frame } : null;
  } catch {
    return null;
  }
}

export const pinned = new Pinned();
