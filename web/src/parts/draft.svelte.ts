/** What is typed and not yet recorded: it survives a reload, within this browser tab. */

const PREFIX = 'framewitness.draft.';

/** Fields of a form, kept under `key` until {@link Draft.clear}. */
export class Draft<T extends object> {
  fields: T = $state() as T;
  readonly #blank: () => T;
  readonly #key: string;

  /** Must be made while a component is being set up: it watches the fields from there. */
  constructor(key: string, blank: () => T) {
    this.#key = PREFIX + key;
    this.#blank = blank;
    this.fields = { ...blank(), ...stored(this.#key) };
    const untouched = JSON.stringify(blank());
    $effect(() => {
      const typed = JSON.stringify(this.fields);
      if (typed === untouched) sessionStorage.removeItem(this.#key);
      else sessionStorage.setItem(this.#key, typed);
    });
  }

  /** Forgets what was typed, at once: the form may be gone before its effects run again. */
  clear(): void {
    this.fields = this.#blank();
    sessionStorage.removeItem(this.#key);
  }
}

function stored(key: string): object {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
