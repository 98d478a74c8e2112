/** One way to the server: JSON in, JSON out, problems as {@link Problem}. */

import { stated } from './as-of.ts';
import { done, keyOf } from './once.ts';

/** What went wrong and what to do about it, in words for a person. */
export class Problem extends Error {
  constructor(
    /** HTTP status; 0 when the server did not answer. */
    readonly status: number,
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

/** Called when the server does not know this browser (401). */
let stranger: () => void = () => {};

/** Sets what happens when the session is not, or no longer, known to the server. */
export function onStranger(act: () => void): void {
  stranger = act;
}

/** Reads `path`. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const answer = await send(path, signal ? { signal } : {});
  return (await answer.json()) as T;
}

/** Sends `body` to `path`; an empty answer gives `undefined`. */
export async function post<T>(path: string, body: unknown = {}): Promise<T> {
  const sent = JSON.stringify(body);
  const answer = await send(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-framewitness': '1', 'idempotency-key': `"${keyOf(path, sent)}"` },
    body: sent,
  }).catch((cause: unknown) => {
    // What was refused is not recorded, and need not be known again.
    if (cause instanceof Problem && cause.status >= 400 && cause.status < 500) done(path, sent);
    throw cause;
  });
  done(path, sent);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** Sends bytes to `path`. */
export function sendBytes(path: string, bytes: Blob): Promise<Response> {
  const headers = { 'content-type': 'application/octet-stream', 'x-framewitness': '1' };
  return send(path, { method: 'POST', headers, body: bytes });
}

/** Takes what is at `path` away. */
export async function remove(path: string): Promise<void> {
  await send(path, { method: 'DELETE', headers: { 'x-framewitness': '1' } });
}

/** Sends a request; an answer that is no success is thrown as {@link Problem}. */
export async function send(path: string, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(stated(path), { credentials: 'same-origin', ...init });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new Problem(0, '', '');
  }
  if (answer.ok) return answer;
  throw refusal(answer.status, answer.statusText, await answer.text().catch(() => ''));
}

/** What an answer that is no success says. */
export function refusal(status: number, statusText: string, body: string): Problem {
  if (status === 401) stranger();
  const { error, hint } = (parsed(body) ?? {}) as { error?: unknown; hint?: unknown };
  return new Problem(status, typeof error === 'string' ? error : `${status} ${statusText}`, typeof hint === 'string' ? hint : '');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
