/** Everything the page asks of the server, by name. Item numbers are those of the case, from 1. */

import { type Asked, said } from '../parts/asked.ts';
import type { Explained } from '../route.ts';
import { asked as stateAsked, stated } from './as-of.ts';
import { get, post, send, sendBytes } from './client.ts';
import type * as T from './types.ts';

/** Rows asked for at once; the server may give fewer. */
const PAGE = 2000;
/** Which come first: those preserved last, or first. */
export type Order = 'newest' | 'oldest';
/** Items asked for at once: each shows a picture. */
const ITEMS = 100;

export const signIn = (token: string) => post<void>('/api/session', { token });
export const readCase = () => get<T.Case>('/api/case');
/** A page of the items; `after` is what the page before gave as `next`. */
export const readItems = (order: Order = 'oldest', after: string | null = null, limit = ITEMS) =>
  get<T.ItemsPage>(`/api/items${query({ limit, order, after })}`);
/** Items that entries from `since` on have to do with. */
export const readItemsChanged = (since: number) => get<T.ItemsChanged>(`/api/items/changed${query({ since })}`);
/** The item of this content id, if there is one. */
export const readItemWith = async (id: string) => {
  const page = await get<T.ItemsPage>(`/api/items${query({ words: id, limit: ITEMS })}`);
  return page.items.find((item) => item.id === id) ?? null;
};
export const readItem = (item: number, track: Track = null) => get<T.ItemDetail>(`/api/items/${item}${query({ track })}`);
export const readRecord = (item: number) => get<T.ItemRecord>(`/api/items/${item}/record`);
/** Matches on record, of one item or of all; those too that were rejected, where asked. */
export const readMatches = (item?: number, rejected = false) =>
  get<T.Match[]>(`/api/matches${query({ item: item ?? null, rejected: rejected ? 'true' : null })}`);
/** Clusters of items that share footage; the one with an item alone, where one is named. */
export const readReuse = (item?: number) => get<T.Cluster[]>(`/api/reuse${query({ item: item ?? null })}`);
/** Hypotheses against evidence, as every analyst rates it. */
export const readMatrix = (of: Explained) =>
  get<T.Matrix>(`/api/matrix${query({ item: typeof of === 'number' ? of : null, whole_case: of === 'case' ? 'true' : null })}`);
/** What there are explanations of, the one stated or weighed last first. */
export const readQuestions = () => get<T.Question[]>('/api/questions');
/** A page of what is found; `after` is what the page before gave as `next`. */
export const readSearch = (asked: Asked, after: string | null) => get<T.SearchPage>(`/api/search${query({ ...Object.fromEntries(said(asked)), after })}`);
/** Searches kept under a name. */
export const readViews = () => get<T.SavedView[]>('/api/views');
export const saveView = (name: string, asked: object) => post<T.SavedView>('/api/views', { name, query: asked });
export const renameView = (view: string, name: string) => post<T.SavedView>(`/api/views/${view}/name`, { name });
export const removeView = (view: string) => post<T.SavedView>(`/api/views/${view}/remove`);
/** The watch list; watches too that were ended, where asked. */
export const readWatches = (ended = false) => get<T.Watch[]>(`/api/watches${query({ ended: ended ? 'true' : null })}`);
/** What an address names, such as `C3` or `#1#frame=37`, and where the page shows it. */
export const readLink = (to: string) => get<T.Linked>(`/api/links${query({ to })}`);
/** Where a picture, a still or a screenshot, is seen; nothing of it is kept. */
export const findPicture = async (picture: File) =>
  (await (await sendBytes(`/api/pictures/find${query({ name: picture.name })}`, picture)).json()) as T.Sighted[];
export const readJournal = (from: number, count: number) =>
  get<T.Journal>(`/api/journal?from=${from}&count=${count}`);
/** One entry of the journal as it is now, whatever state is on show: it has `size` entries. */
export async function readEntry(entry: number, size: number): Promise<T.JournalEntry | null> {
  const { entries } = await get<T.Journal>(`/api/journal?from=${entry}&count=1${stateAsked === null ? '' : `&as_of=${Math.max(size - 1, 0)}`}`);
  return entries[0] ?? null;
}
/** All that is recorded of an item now, whatever state is on show, the journal's last entry being `newest`. */
export function readItemHistory(item: number, newest: number): Promise<[T.ItemDetail, T.ItemRecord, T.Match[]]> {
  const now = stateAsked === null ? null : newest;
  return Promise.all([
    get<T.ItemDetail>(`/api/items/${item}${query({ as_of: now })}`),
    get<T.ItemRecord>(`/api/items/${item}/record${query({ as_of: now })}`),
    get<T.Match[]>(`/api/matches${query({ item, rejected: 'true', as_of: now })}`),
  ]);
}
export const readColumns = (item: number, from: number, to: number, width: number, signal?: AbortSignal) =>
  get<T.SoundColumns>(`/api/items/${item}/waveform?from_s=${from}&to_s=${to}&width=${width}`, signal);
/** A WAVE file of what sounds between two times. */
export const readSound = async (item: number, from: number, to: number) =>
  (await send(`/api/items/${item}/sound.wav?from_s=${from}&to_s=${to}`, {})).arrayBuffer();
/** Which frames, at most `count`, a strip of cells `width` pixels wide shows of a stretch. */
export const readFilmstrip = (item: number, from: number, to: number, count: number, width: number, signal: AbortSignal) =>
  get<T.Filmstrip>(`/api/items/${item}/filmstrip?from_s=${from}&to_s=${to}&count=${count}&width=${width}`, signal);
/** Every signed head of the journal, oldest first. */
export const readCheckpoints = () => get<T.Checkpoint[]>('/api/checkpoints');
export const verify = () => post<T.Verification>('/api/verify');

/** Every frame of an item, in order. `progress` hears how many of how many are here. */
export async function readFrames(
  item: number,
  progress: (here: number, total: number) => void = () => {},
  track: Track = null,
): Promise<T.FrameRow[]> {
  const rows: T.FrameRow[] = [];
  for (;;) {
    const page = await get<T.FramePage>(`/api/items/${item}/frames${query({ from: rows.length, count: PAGE, track })}`);
    rows.push(...page.frames);
    progress(rows.length, page.total);
    if (rows.length >= page.total || page.frames.length === 0) return rows;
  }
}

/** Whether the server is this machine, as far as the page can tell: pixels are sooner sent than encoded and decoded. */
let nearby = 'location' in globalThis && ['127.0.0.1', '[::1]', 'localhost'].includes(location.hostname);
/** Milliseconds on the way by which it turns out to be the end of a tunnel. */
const TUNNEL = 250;

/** A frame, exact or through a view: the same pixels as they are from nearby, as PNG from elsewhere. */
export async function readFrame(
  item: number,
  frame: number,
  view = '',
  track: Track = null,
  signal?: AbortSignal,
): Promise<Blob | ImageData> {
  const options = signal ? { signal } : {};
  if (!nearby) return (await send(frameAddress(item, frame, view, track), options)).blob();
  const answer = await send(stated(`/api/items/${item}/pixels/${frame}${query({ view, track })}`), options);
  const began = performance.now();
  const picture = new ImageData(Number(answer.headers.get('x-width')), Number(answer.headers.get('x-height')));
  const reader = (answer.body ?? new Blob().stream()).getReader();
  let at = 0;
  // As they come: collected by the browser they would be copied once more.
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    picture.data.set(piece.value, at);
    at += piece.value.length;
  }
  if (at !== picture.data.length) throw new TypeError(`${at} of ${picture.data.length} bytes of a picture came`);
  if (performance.now() - began > TUNNEL) nearby = false;
  return picture;
}

/** `?a=1&b=2` of what is given. */
function query(asked: Record<string, string | number | null>): string {
  const given = Object.entries(asked).flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, String(value)]]));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
}

/** Video tracks are counted from 0; `null` is the examined one. */
type Track = number | null;

export const frameAddress = (item: number, frame: number, view = '', track: Track = null) =>
  stated(`/api/items/${item}/frames/${frame}.png${query({ view, track })}`);
export const storedAddress = (item: number, sample: number, track: Track = null) =>
  stated(`/api/items/${item}/stored/${sample}.png${query({ track })}`);

/** Two exact frames side by side, each with its item, number, timestamp and hash beneath it. */
export const figureAddress = (a: number, b: number, frame: number, beside: number, mirrored: boolean) =>
  stated(`/api/compare/figure.png${query({ a, b, frame, beside, mirrored: mirrored ? 'true' : null })}`);

const FIELD_ORDERS: readonly T.FieldTold['order'][] = ['first', 'second', 'together', 'unsaid'];

export const fieldAddress = (item: number, field: string, track: Track = null) =>
  stated(`/api/items/${item}/fields/${field}.png${query({ track })}`);

/** One field of a frame, such as `37t`, and what the server says of it. */
export async function readFieldPicture(item: number, track: Track, field: string): Promise<{ png: Blob; told: T.FieldTold }> {
  const answer = await send(fieldAddress(item, field, track), {});
  const told = (name: string) => answer.headers.get(`x-field-${name}`) ?? '';
  const order = FIELD_ORDERS.find((one) => one === told('order')) ?? 'unsaid';
  return { png: await answer.blob(), told: { hash: told('hash'), order, after: told('after'), at: Number(told('at')) } };
}

/** Every stored sample of an item that no frame comes of, in decode order. */
export async function readNotPresented(item: number, track: Track): Promise<T.StoredRow[]> {
  const rows: T.StoredRow[] = [];
  for (;;) {
    const asked = { not_presented: 'true', from: rows.length, count: PAGE, track };
    const page = await get<T.StoredPage>(`/api/items/${item}/stored${query(asked)}`);
    rows.push(...page.samples);
    if (page.samples.length < PAGE) return rows;
  }
}

/** The picture of a stored sample, with the hash of its planes. */
export async function readStoredPicture(item: number, track: Track, sample: number): Promise<{ png: Blob; hash: string }> {
  const answer = await send(storedAddress(item, sample, track), {});
  return { png: await answer.blob(), hash: answer.headers.get('x-frame-hash') ?? '' };
}

/** Reduced pictures of one frame after the other, as records; see `player/records.ts`. */
export async function readPictures(
  item: number,
  run: { from: number; direction: 1 | -1; speed: number },
  width: number,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const way = run.direction === 1 ? 'forwards' : 'backwards';
  const asked = `from=${run.from}&way=${way}&speed=${run.speed}&width=${width}`;
  const { body } = await send(`/api/items/${item}/watch?${asked}`, { signal });
  return body ?? new ReadableStream();
}

export const cellAddress = (item: number, frame: number, width: number) =>
  stated(`/api/items/${item}/filmstrip/${frame}.png?width=${width}`);
/** What a span of frames is saved as. */
export type SpanForm = 'png' | 'webp' | 'clip';
/** Frames `first` to `last`, both included; a view changes stills alone. */
export const spanAddress = (item: number, first: number, last: number, form: SpanForm, view: string) => {
  const frames = { from: first, to: last + 1 };
  if (form === 'clip') return stated(`/api/items/${item}/span.mkv${query(frames)}`);
  return stated(`/api/items/${item}/span.zip${query({ ...frames, as: form, view })}`);
};
/** Whether the server gives what is at an address: asks, and lets go once the answer begins. */
export async function probe(address: string): Promise<void> {
  const enough = new AbortController();
  await send(address, { signal: enough.signal });
  enough.abort();
}
export const thumbnailAddress = (item: number, index: number) => stated(`/api/items/${item}/thumbnails/${index}.png`);
export const reportAddress = (item: number) => stated(`/api/items/${item}/report.html`);
export const paperAddress = (item: number) => stated(`/api/items/${item}/report.pdf`);

/** Where in an item a record is pinned: whole item when empty. Frames are numbers, `last` inclusive. */
export interface Place {
  first?: number;
  last?: number;
  region?: T.Region;
}
export interface NewClaim extends Place {
  relation: T.ClaimRelation;
  text: string;
  claimant?: string;
  source?: string;
  language?: string;
  asserted?: string;
  url?: string;
}
export interface NewAssessment {
  hypothesis: string;
  assessor: string;
  likelihood: T.Likelihood;
  confidence: T.Confidence;
  reasons: string;
  evidence: string[];
  supersedes?: string;
}
export interface NewObservation extends Place {
  text: string;
  /** A region that moves, drawn on these frames; then there is no other place. */
  keyframes?: { frame: number; shape: T.Shape }[];
  /** Sound, from a place up to another, as the command line takes them. */
  sound?: { from: string; to: string };
  /** Addresses of what else it was seen in. */
  cites?: string[];
}
export const addObservation = (item: number, body: NewObservation) =>
  post<T.Observation>(`/api/items/${item}/observations`, body);
export const addClaim = (item: number, body: NewClaim) => post<T.Claim>(`/api/items/${item}/claims`, body);
export const changeStatus = (claim: string, body: { status: T.ClaimStatus; reason: string; evidence: string[] }) =>
  post<T.Claim>(`/api/claims/${claim}/status`, body);
export const rateClaim = (
  claim: string,
  body: { credibility: T.Credibility; assessor?: string; reason: string; evidence: string[] },
) => post<T.Claim>(`/api/claims/${claim}/ratings`, body);
export const stateHypothesis = (text: string, item?: number) => post<T.Hypothesis>('/api/hypotheses', { text, item });
export const linkEvidence = (hypothesis: string, body: { evidence: string; bearing: T.Bearing; reason: string }) =>
  post<T.Hypothesis>(`/api/hypotheses/${hypothesis}/evidence`, body);
export const assess = (body: NewAssessment) => post<T.Assessment>('/api/assessments', body);
/** Where the two pictures of a match differ throughout; decodes frames, which takes a moment. */
export const readOverlays = (match: string) => get<T.Overlays>(`/api/matches/${match}/overlays`);
export interface NewMediaReview {
  reviewer: string;
  codes: T.MediaCode[];
  context?: string;
  reasons: string;
  evidence: string[];
  supersedes?: string;
}
export const reviewMedia = (item: number, body: NewMediaReview) => post<T.MediaReview>(`/api/items/${item}/media-reviews`, body);
interface ComparedSide {
  item: number;
  frame: number;
  region: T.Region;
}
export interface NewResemblance {
  one: ComparedSide;
  other: ComparedSide;
  subject: string;
  judge: string;
  degree: T.ResemblanceDegree;
  features: string[];
  reasons: string;
  limits: string;
  supersedes?: string;
}
/** Records what a person judges of two frames; the program compares nothing. */
export const judgeResemblance = (body: NewResemblance) => post<T.ResemblanceRecord>('/api/resemblances', body);
/** What removing an item would erase, and what stands in the way. */
export const readRemovalPlan = (item: number) => get<T.RemovalPlan>(`/api/items/${item}/removal`);
/** Every tombstone of the case. */
export const readRemovals = () => get<T.Removal[]>('/api/removals');
/** Erases the bytes of an item; nothing brings them back. */
export const removeItem = (item: number, body: { ground: T.RemovalGround; reason: string; confirm: string }) =>
  post<T.Removal>(`/api/items/${item}/removal`, body);
/** Takes back what an entry recorded. */
export const undoEntry = (entry: number, reason: string) => post<unknown>(`/api/journal/${entry}/undo`, { reason });
export const reviewMatch = (match: string, body: { verdict: T.Verdict; note?: string }) =>
  post<T.Match>(`/api/matches/${match}/reviews`, body);
export const watchFor = (body: { item: number; first?: number; last?: number; note?: string }) =>
  post<T.Watch>('/api/watches', body);
export const endWatch = (watch: string) => post<T.Watch>(`/api/watches/${watch}/end`, {});
/** Searches what was not searched yet. */
export const searchWatches = () => post<unknown[]>('/api/watches/search');
/** The number in the address of `#12`. */
export const itemIndex = (number: string) => Number(number.replace('#', ''));
