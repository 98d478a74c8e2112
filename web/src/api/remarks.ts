/** What the page asks of the server about tags, notes and what to know before an item is opened. */

import { get, post } from './client.ts';
import type * as T from './types.ts';

export const readTags = () => get<T.Tag[]>('/api/tags');
export const readNotes = () => get<T.Note[]>('/api/notes');
export const addTag = (on: string, tag: string) => post<T.Tag>('/api/tags', { on, tag });
export const removeTag = (on: string, tag: string, reason: string) => post<T.Tag>('/api/tags/remove', { on, tag, reason });
export const writeNote = (on: string, text: string) => post<T.Note>('/api/notes', { on, text });
export const removeNote = (note: string, reason: string) => post<T.Note>(`/api/notes/${note}/remove`, { reason });
export const noteContent = (item: number, body: { flags: T.ContentFlag[]; note?: string }) =>
  post<T.Item>(`/api/items/${item}/content`, body);
