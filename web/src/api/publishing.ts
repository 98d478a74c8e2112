/** What the page asks of the server about what leaves the case. */

import { stated } from './as-of.ts';
import { get, post, send } from './client.ts';
import type { components } from './schema.ts';

type Schemas = components['schemas'];

/** A publication, drafted and perhaps sealed. */
export type Publication = Schemas['Publication'];
/** One with everything that keeps it from being sealed, and who may approve it. */
export type PublicationView = Schemas['PublicationView'];
/** What would leave, file by file, and what stays. */
export type PublicationPreview = Schemas['PublicationPreview'];
export type BundleFile = Schemas['BundleFile'];
/** One thing that keeps a draft from being sealed. */
export type Refusal = Schemas['Refusal'];
export type NewPublication = Schemas['NewPublication'];

export const readPublications = () => get<Publication[]>('/api/publications');
export const readPublication = (number: string) => get<PublicationView>(`/api/publications/${number}`);
export const readPreview = (number: string) => get<PublicationPreview>(`/api/publications/${number}/preview`);
/** Where one file is shown of those that would leave, to the byte. */
export const previewAddress = (number: string, path: string) => stated(`/api/publications/${number}/preview/${encodeURIComponent(path)}`);
export const draftPublication = (body: NewPublication) => post<Publication>('/api/publications', body);
export const reviewPublication = (number: string, body: Schemas['NewWord']) =>
  post<Publication>(`/api/publications/${number}/reviews`, body);
export const withdrawPublication = (number: string, reason: string) =>
  post<Publication>(`/api/publications/${number}/withdraw`, { reason });
/**
 * Seals a reviewed draft, and gives its bundle, a tar archive; of one that was sealed before, the same bytes. For
 * recipients it is encrypted by age.
 */
export async function sealPublication(number: string, recipients: string[]): Promise<Blob> {
  const headers = { 'content-type': 'application/json', 'x-framewitness': '1' };
  const answer = await send(`/api/publications/${number}/seal`, { method: 'POST', headers, body: JSON.stringify({ recipients }) });
  return answer.blob();
}
