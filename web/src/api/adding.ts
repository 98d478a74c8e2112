/** Files handed over to the case, and the work that the server does on them. */

import { stated } from './as-of.ts';
import { post, Problem, refusal, remove } from './client.ts';
import type { components } from './schema.ts';

export type Added = components['schemas']['Added'];
/** Work that the server does by itself: an inspection, or a search for footage. */
export type Job = components['schemas']['JobView'];

/** What a person says of how files were obtained. */
export interface Told {
  uploaded: string;
  acquired: string;
  note: string;
}

/** A file, and its path within the folder that it came in, where it was one. */
export interface Handed {
  readonly file: File;
  readonly path: string | null;
}

/**
 * Sends a file; `progress` hears how many of its bytes went out. `key` is its own: sent again under it, it is preserved
 * once. Only this kind of request tells how much went out.
 */
export function handOver({ file, path }: Handed, told: Told, key: string, progress: (bytes: number) => void, signal: AbortSignal): Promise<Added> {
  const asked = { name: file.name, origin: path, modified: new Date(file.lastModified).toISOString(), ...told };
  const query = new URLSearchParams(Object.entries(asked).flatMap(([name, value]) => (value ? [[name, value.trim()]] : [])));
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    const cancel = () => request.abort();
    request.open('POST', stated(`/api/items?${query}`));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-framewitness', '1');
    request.setRequestHeader('idempotency-key', `"${key}"`);
    request.upload.onprogress = ({ loaded }) => progress(loaded);
    request.onload = () => {
      const { status, statusText, responseText } = request;
      if (status >= 200 && status < 300) done(JSON.parse(responseText) as Added);
      else fail(refusal(status, statusText, responseText));
    };
    request.onerror = () => fail(new Problem(0, '', ''));
    request.onabort = () => fail(new DOMException('', 'AbortError'));
    request.onloadend = () => signal.removeEventListener('abort', cancel);
    signal.addEventListener('abort', cancel);
    request.send(file);
  });
}

/** Has an item inspected, and its footage looked for in the others where asked. */
export const inspect = (item: number, thenMatch: boolean) => post<Job>(`/api/items/${item}/inspect`, { then_match: thenMatch });
/** Has the footage of an item looked for in the others. */
export const lookFor = (item: number) => post<Job>(`/api/items/${item}/match`);
/** Cancels a job, or forgets one that is over. */
export const cancelJob = (job: number) => remove(`/api/work/${job}`);
