/** What the page asks of the server about publications of others. */

import { stated } from './as-of.ts';
import { get } from './client.ts';
import { type Following, sendOut } from './outgoing.ts';
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
export const takeIn = (archive: Blob, said: Said, following: Following) => sendOut<TakenIn>('/api/received', { ...said }, archive, {}, following);
