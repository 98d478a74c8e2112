/** What the page asks of the server about people who appear in items. */

import type { Place } from './case.ts';
import { get, post } from './client.ts';
import type * as T from './types.ts';

export const readPeople = () => get<T.Person[]>('/api/people');
export const enterPerson = (body: { description: string; roles: T.PersonRole[]; note?: string }) =>
  post<T.Person>('/api/people', body);
export const personAppears = (person: string, body: Place & { item: number; roles: T.PersonRole[]; note?: string }) =>
  post<T.Person>(`/api/people/${person}/appearances`, body);
export const protectPerson = (person: string, body: { protection: T.Protection[]; reason: string }) =>
  post<T.Person>(`/api/people/${person}/protection`, body);
export const identifyPerson = (person: string, body: { identity: T.Identity; reason: string }) =>
  post<T.Person>(`/api/people/${person}/identity`, body);
