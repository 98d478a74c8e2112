/** What the page asks of the server about when and where items came about. */

import type { Place } from './case.ts';
import { get, post } from './client.ts';
import type * as T from './types.ts';

interface Judged {
  footing: T.Footing;
  grounds: T.Ground[];
  assessor?: string;
  reason: string;
  supersedes?: string;
}

export const dateItem = (item: number, body: Judged & Place & { from: string; until?: string }) =>
  post<T.ItemDate>(`/api/items/${item}/dates`, body);
export const placeItem = (
  item: number,
  body: Judged & Place & { name: string; position?: T.Position; precision: T.PlacePrecision },
) => post<T.ItemPlace>(`/api/items/${item}/places`, body);
/** Every date and every place of the case, superseded ones too, and what their items are called. */
export const readWhereabouts = () => get<T.Whereabouts>('/api/whereabouts');
