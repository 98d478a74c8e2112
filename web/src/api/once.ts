/**
 * Keys of requests (`Idempotency-Key`): what is sent again, because no answer came, is sent with the same key, so that
 * it is recorded once. They outlive a reload and a closed tab, as what was typed does.
 */

const PREFIX = 'framewitness.once.';

/** The key of this request: the one that it was sent with before, where no answer came. */
export function keyOf(path: string, body: string): string {
  const name = nameOf(path, body);
  const known = localStorage.getItem(name);
  if (known) return known;
  const key = randomKey();
  localStorage.setItem(name, key);
  return key;
}

/** The request was answered: the next one of the same words is another. */
export function done(path: string, body: string): void {
  localStorage.removeItem(nameOf(path, body));
}

/** What was typed lies here as a number, and never as words. */
function nameOf(path: string, body: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(`${path}\n${body}`)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return `${PREFIX}${hash.toString(16)}`;
}

/** A key that nobody has used. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
