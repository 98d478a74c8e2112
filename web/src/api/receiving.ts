/** What the page asks of the server about publications of others. */

import { stated } from './as-of.ts';
import { get, send } from './client.ts';
import type { components } from './schema.ts';

type Schemas = components['schemas'];

export type Received = Schemas['Received'];
export type CheckedBundle = Schemas['CheckedBundle'];
export type TakenIn = Schemas['TakenIn'];
/** One that came in, with what they say in it. */
export type ReceivedView = Omit<Schemas['ReceivedView'], 'publication' | 'records'> & {
  publication: { question?: string; summary?: string; editor?: string };
};

/** What a person says of a bundle. */
export interface Said {
  from: string;
  signer: string;
  note: string;
}

export const readReceived = () => get<Received[]>('/api/received');
export const readReceivedView = (number: string) => get<ReceivedView>(`/api/received/${number}`);
export const checkReceived = (number: string, signal: AbortSignal) => get<CheckedBundle>(`/api/received/${number}/check`, signal);
export const receivedBundle = (number: string) => stated(`/api/received/${number}/bundle`);

/** Hands a bundle over, a tar archive; whoever aborts it takes nothing in. */
export async function takeIn(archive: Blob, said: Said, signal: AbortSignal): Promise<TakenIn> {
  const told = Object.entries(said).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text.trim()]]));
  const query = new URLSearchParams(told as [string, string][]).toString();
  const headers = { 'content-type': 'application/octet-stream', 'x-framewitness': '1' };
  const answer = await send(`/api/received${query && `?${query}`}`, { method: 'POST', headers, body: archive, signal });
  return (await answer.json()) as TakenIn;
}
