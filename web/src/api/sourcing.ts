/** What the page asks of the server about sources and series of releases. */

import { stated } from './as-of.ts';
import { get, post, sendBytes } from './client.ts';
import type * as T from './types.ts';

export interface NewSource {
  name: string;
  kind: T.SourceKind;
  url?: string;
  grade?: string;
  note?: string;
}
interface Period {
  from?: string;
  until?: string;
}
/** A file that was kept to be named as proof. */
export interface ProofFile {
  blob: string;
  name: string;
}
export interface NewState {
  state: T.SourceState;
  observed?: string;
  name?: string;
  proof_items: number[];
  proof_files: ProofFile[];
  proof_urls: string[];
  note?: string;
}

export const readSources = () => get<T.Source[]>('/api/sources');
export const readSourceTimelines = () => get<T.SourceTimeline[]>('/api/sources/timelines');
export const addSource = (body: NewSource) => post<T.Source>('/api/sources', body);
export const observeSource = (source: string, body: NewState) =>
  post<T.Source>(`/api/sources/${source}/observations`, body);
/** Keeps a file, so that a state can name it as proof. */
export async function keepProof(file: File): Promise<ProofFile> {
  const answer = await sendBytes(`/api/proofs?${new URLSearchParams({ name: file.name })}`, file);
  const { blob, name } = (await answer.json()) as ProofFile;
  return { blob, name };
}
/** Where a kept proof is saved from. */
export const proofAddress = (source: string, blob: string) => stated(`/api/sources/${source}/proofs/${blob}`);
export const aliasSource = (source: string, body: Period & { name: string; url?: string; note?: string }) =>
  post<T.Source>(`/api/sources/${source}/aliases`, body);
export const relateSource = (source: string, body: Period & { tie: T.SourceTie; to: string; note?: string }) =>
  post<T.Source>(`/api/sources/${source}/ties`, body);
export const gradeSource = (source: string, body: { grade: T.Reliability; assessor?: string; reason: string }) =>
  post<T.Source>(`/api/sources/${source}/grades`, body);

export const readSeries = () => get<T.Series[]>('/api/series');
export const beginSeries = (body: { name: string; source?: string; note?: string }) =>
  post<T.Series>('/api/series', body);
export const placeInSeries = (
  series: string,
  body: { item: number; position: number; label?: string; released?: string; note?: string },
) => post<T.Series>(`/api/series/${series}/items`, body);
