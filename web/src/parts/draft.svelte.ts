/**
 * What is typed and not yet recorded. It survives a reload, a closed tab and another run of the server: this tab's lies
 * with the tab, and what was typed last in any tab with the browser, from where a new tab takes it. Each case has its
 * own: several may be served under one address, one after the other.
 */

const PREFIX = 'framewitness.draft.';

/** The case that drafts belong to. */
let place = '';

/** Says which case drafts belong to: by what nobody can change about it, the hash of its first entry. */
export function keepDraftsOf(id: string): void {
  place = `${id.replace(/^sha256:/, '').slice(0, 16)}.`;
}

/** Fields of a form, kept under `key` until {@link Draft.clear}. */
export class Draft<T extends object> {
  fields: T = $state() as T;
  readonly #blank: () => T;
  readonly #key: string;

  /** Must be made while a component is being set up: it watches the fields from there. */
  constructor(key: string, blank: () => T) {
    this.#key = PREFIX + place + key;
    this.#blank = blank;
    this.fields = { ...blank(), ...stored(this.#key) };
    const untouched = JSON.stringify(blank());
    let known = JSON.stringify(this.fields);
    $effect(() => {
      const typed = JSON.stringify(this.fields);
      // What another tab typed last stays until somebody types here.
      if (typed === known) return;
      known = typed;
      if (typed === untouched) forget(this.#key);
      else keep(this.#key, typed);
    });
    $effect(() => {
      const told = ({ key, oldValue, newValue }: StorageEvent) => {
        // Another tab recorded the very words that stand here too.
        if (key === this.#key && newValue === null && oldValue === JSON.stringify(this.fields)) this.clear();
      };
      addEventListener('storage', told);
      return () => removeEventListener('storage', told);
    });
  }

  /** Forgets what was typed, at once: the form may be gone before its effects run again. */
  clear(): void {
    this.fields = this.#blank();
    forget(this.#key);
  }
}

function keep(key: string, typed: string): void {
  for (const storage of [sessionStorage, localStorage]) {
    try {
      storage.setItem(key, typed);
    } catch {
      // No room is left there: it stands in the form all the same.
    }
  }
}

function forget(key: string): void {
  sessionStorage.removeItem(key);
  localStorage.removeItem(key);
}

function stored(key: string): object {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? localStorage.getItem(key) ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
