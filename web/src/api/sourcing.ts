/** What the page asks of the server about sources and series of releases. */

import { get, post } from './client.ts';
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
export interface NewState {
  state: T.SourceState;
  observed?: string;
  name?: string;
  proof_items: number[];
  proof_urls: string[];
  note?: string;
}

export const readSources = () => get<T.Source[]>('/api/sources');
export const addSource = (body: NewSource) => post<T.Source>('/api/sources', body);
export const observeSource = (source: string, body: NewState) =>
  post<T.Source>(`/api/sources/${source}/observations`, body);
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
