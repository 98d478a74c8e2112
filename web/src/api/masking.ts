/** What the page asks of the server about masks, and about copies that are rendered with them. */

import { stated } from './as-of.ts';
import { get, post, send } from './client.ts';
import type { Region } from './types.ts';
import type { components } from './schema.ts';

type Schemas = components['schemas'];

export type Mask = Schemas['Mask'];
export type MaskMethod = Schemas['MaskMethod'];
export type SoundMethod = Schemas['SoundMethod'];
export type MaskingOwed = Schemas['MaskingOwed'];
export type Unmasked = Schemas['Unmasked'];
export type Audible = Schemas['Audible'];
/** What must still be masked: a part of the picture, or of the sound. */
export type Owed = Unmasked | Audible;
export type RenderingView = Schemas['RenderingView'];
export type Leak = Schemas['Leak'];
export type LeakReport = Schemas['LeakReport'];
export type RenderForm = Schemas['RenderForm'];
export type WorkDone = Schemas['WorkDone'];
export type MaskToDraw = Schemas['MaskToDraw'];
export type BoxToFollow = Omit<Schemas['BoxToFollow'], 'region'> & { region: Region };

export const readMasks = (item: number) => get<Mask[]>(`/api/masks?item=${item}`);
export const readOwed = (item: number) => get<MaskingOwed>(`/api/items/${item}/masks/owed`);
export const readRenderings = (item: number) => get<RenderingView[]>(`/api/items/${item}/renderings`);
export const drawMask = (item: number, body: MaskToDraw) => post<Mask>(`/api/items/${item}/masks`, body);
export const reviseMask = (mask: string, body: MaskToDraw) => post<Mask>(`/api/masks/${mask}/revision`, body);
export const confirmMask = (mask: string, note?: string) =>
  post<Mask>(`/api/masks/${mask}/confirmations`, note ? { note } : {});
/** How far the work is that somebody waits for. */
export const readWork = (item: number) => get<WorkDone | null>(`/api/items/${item}/renderings/progress`);
export const renderingAddress = (rendering: string) => stated(`/api/renderings/${rendering}/file`);

/** Draws a mask where what a box holds is found; whoever aborts it cancels it. */
export const followMask = (item: number, body: BoxToFollow, signal: AbortSignal) =>
  long<Mask>(`/api/items/${item}/masks/follow`, body, signal);
/** Renders a copy and looks at it for leaks; whoever aborts it cancels it, and nothing is left. */
export const renderMasked = (item: number, form: RenderForm, signal: AbortSignal) =>
  long<RenderingView>(`/api/items/${item}/renderings`, { form }, signal);

/** Looks at a copy for leaks once more; nothing is recorded. */
export const checkRendering = (rendering: string, signal: AbortSignal) =>
  long<RenderingView>(`/api/renderings/${rendering}/check`, {}, signal);

async function long<T>(path: string, body: object, signal: AbortSignal): Promise<T> {
  const headers = { 'content-type': 'application/json', 'x-framewitness': '1' };
  const answer = await send(path, { method: 'POST', headers, body: JSON.stringify(body), signal });
  return (await answer.json()) as T;
}
