/** Files handed over to the case, and the work that the server does on them. */

import { post, remove } from './client.ts';
import { type Following, sendOut } from './outgoing.ts';
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

/** Sends a file. `key` is its own: sent again under it, it is preserved once. */
export function handOver({ file, path }: Handed, told: Told, key: string, following: Following): Promise<Added> {
  const asked = { name: file.name, origin: path, modified: new Date(file.lastModified).toISOString(), ...told };
  return sendOut('/api/items', asked, file, { 'idempotency-key': `"${key}"` }, following);
}

/** Has an item inspected, and its footage looked for in the others where asked. */
export const inspect = (item: number, thenMatch: boolean) => post<Job>(`/api/items/${item}/inspect`, { then_match: thenMatch });
/** Has the footage of an item looked for in the others. */
export const lookFor = (item: number) => post<Job>(`/api/items/${item}/match`);
/** Cancels a job, or forgets one that is over. */
export const cancelJob = (job: number) => remove(`/api/work/${job}`);
