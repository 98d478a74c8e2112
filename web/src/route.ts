/**
 * Addresses within the page. They live in the fragment, so that a reload asks the server for nothing new:
 *
 *   #/items/1?frame=37                   an item at a frame
 *   #/items/1?t=12.5,18                  at a time, with the span marked (W3C Media Fragments)
 *   #/items/1?track=1&frame=5            a video track beside the examined one
 *   #/items/1?frame=37&sample=60         a stored picture that is not presented
 *   #/items/1?frame=37&field=t           one field of a frame
 *   #/items/1?panel=masks                with a panel open
 *   #/reuse?item=1&as=graph              who reused what, as a graph
 *   #/matches/M1                         both items of a match
 *   #/compare?a=1&b=2&frame=37&beside=12.5s   two places, as *Go to* takes them, of two items or of one
 *   #/hypotheses?of=1                    explanations of an item, or of the whole case (`case`), or all of them (`all`)
 *   #/sources?only=S12                   sources that have these words, or this number
 *   #/atlas?at=L1                        a place or date on the map and the line of time
 *   #/publish/B1                         a publication
 *   #/to/C3                              whatever that number or place names
 */

import { ASKED, type Asked } from './parts/asked.ts';
import type { Side } from './player/fields.ts';

/** A screen, with what it needs to open. */
export type Route =
  | { readonly screen: 'arrival'; readonly token: string }
  | { readonly screen: 'library' }
  | { readonly screen: 'item'; readonly item: number; readonly at: At }
  | { readonly screen: 'search'; readonly asked: Asked }
  | { readonly screen: 'matches'; readonly item: number | null }
  | { readonly screen: 'compare'; readonly match: string }
  | { readonly screen: 'beside'; readonly pair: Pair }
  | { readonly screen: 'reuse'; readonly item: number | null; readonly graph: boolean }
  | { readonly screen: 'watches' }
  | { readonly screen: 'hypotheses'; readonly of: Explained | null }
  | { readonly screen: 'sources'; readonly only: string }
  | { readonly screen: 'atlas'; readonly at: string | null }
  | { readonly screen: 'publications' }
  | { readonly screen: 'draft'; readonly begin: Begin }
  | { readonly screen: 'publication'; readonly publication: string }
  | { readonly screen: 'journal'; readonly entry: number | null }
  | { readonly screen: 'to'; readonly to: string }
  | { readonly screen: 'lost' };

/** What hypotheses explain: an item, the whole case, or anything. */
export type Explained = number | 'case' | 'all';

/** What a draft begins from: an earlier one, and what is to be otherwise in it. */
export interface Begin {
  readonly revises: string | null;
  readonly select: readonly string[];
  readonly mention: readonly string[];
  readonly without: readonly string[];
}

/** Two places that are compared by hand, of two items or of one. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  /** Place in `a`: a frame, or whatever else *Go to* reads. */
  readonly frame: string;
  /** Place in `b`. */
  readonly beside: string;
  /** Whether `b` is shown mirrored. */
  readonly mirrored: boolean;
}

/** Where in an item: a frame, or seconds with an optional end; another track; a stored sample; a field. */
export interface At {
  readonly track: number | null;
  readonly sample: number | null;
  readonly field: Side | null;
  readonly frame: number | null;
  readonly start: number | null;
  readonly end: number | null;
  /** The panel that is to be open. */
  readonly panel: string | null;
}

/** Reads the fragment of an address, with or without its `#`. */
export function parseRoute(fragment: string): Route {
  const token = launchToken(fragment);
  if (token !== null) return { screen: 'arrival', token };
  const to = /^#?\/to\/(.+)$/.exec(fragment)?.[1];
  if (to !== undefined) return { screen: 'to', to: decoded(to) };
  const [path = '', query = ''] = fragment.replace(/^#/, '').split('?', 2);
  const asked = new URLSearchParams(query);
  const [room = '', name = ''] = path.split('/').filter(Boolean);
  const index = whole(name);
  switch (room) {
    case '':
    case 'items':
      if (name === '') return { screen: 'library' };
      return index ? { screen: 'item', item: index, at: parseAt(asked) } : { screen: 'lost' };
    case 'search':
      return { screen: 'search', asked: Object.fromEntries([...asked].filter(([name]) => ASKED.some((one) => one === name))) };
    case 'matches':
      if (/^M\d+$/.test(name)) return { screen: 'compare', match: name };
      return { screen: 'matches', item: whole(asked.get('item')) };
    case 'compare':
      return parsePair(asked);
    case 'reuse':
      return { screen: 'reuse', item: whole(asked.get('item')), graph: asked.get('as') === 'graph' };
    case 'watches':
      return { screen: 'watches' };
    case 'hypotheses':
      return { screen: 'hypotheses', of: explained(asked.get('of')) };
    case 'sources':
      return { screen: 'sources', only: asked.get('only') ?? '' };
    case 'atlas':
      return { screen: 'atlas', at: asked.get('at') };
    case 'publish':
      if (name === '') return { screen: 'publications' };
      if (name === 'new') return { screen: 'draft', begin: parseBegin(asked) };
      return /^B\d+$/.test(name) ? { screen: 'publication', publication: name } : { screen: 'lost' };
    case 'journal':
      return { screen: 'journal', entry: whole(asked.get('entry')) };
    default:
      return { screen: 'lost' };
  }
}

/** Address of frame `frame` of item `item`, of a video track beside the examined one, with a stored sample over it, or one field of it. */
export function itemAddress(
  item: number,
  frame?: number,
  { track, sample, field }: { track?: number | null; sample?: number | null; field?: Side | null } = {},
): string {
  const asked = Object.entries({ track, frame, sample, field }).flatMap(([name, value]) => (value === undefined || value === null ? [] : [`${name}=${value}`]));
  return `#/items/${item}${asked.length > 0 ? `?${asked.join('&')}` : ''}`;
}

/** Address at which two places are compared by hand. */
export function pairAddress({ a, b, frame, beside, mirrored }: Pair): string {
  return `#/compare?${new URLSearchParams({ a: `${a}`, b: `${b}`, frame, beside, ...(mirrored ? { mirror: '1' } : {}) })}`;
}

/** Address of a new draft, of one that revises another, or of that with what is to be otherwise in it. */
export function draftAddress(begin: Partial<Begin> = {}): string {
  const lists = (['select', 'mention', 'without'] as const).flatMap((name) => (begin[name]?.length ? [[name, begin[name].join(',')]] : []));
  const asked = new URLSearchParams([...(begin.revises ? [['revises', begin.revises]] : []), ...lists]);
  return `#/publish/new${asked.size > 0 ? `?${asked}` : ''}`;
}

/** Address within the page that leads to whatever `to` names, such as `C3` or `#1#frame=37`. */
export function linkAddress(to: string): string {
  return `#/to/${encodeURIComponent(to)}`;
}

/** Address of the reuse around an item, or of all of it, as lanes or as a graph. */
export function reuseAddress(item: number | null, graph: boolean): string {
  const asked = new URLSearchParams({ ...(item ? { item: String(item) } : {}), ...(graph ? { as: 'graph' } : {}) });
  return asked.size > 0 ? `#/reuse?${asked}` : '#/reuse';
}

/** Address of the board on which explanations of this stand. */
export const boardAddress = (of: Explained): string => `#/hypotheses?of=${of}`;

/** Percent signs as typed stay. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The launch token in the address that `framewitness serve` prints, or `null`. */
function launchToken(fragment: string): string | null {
  const match = /^#?token=([\w.~-]+)$/.exec(fragment);
  return match?.[1] ?? null;
}

function parseAt(asked: URLSearchParams): At {
  const [start, end] = (asked.get('t') ?? '').replace(/^npt:/, '').split(',', 2);
  return {
    track: whole(asked.get('track')),
    sample: whole(asked.get('sample')),
    field: side(asked.get('field')),
    frame: whole(asked.get('frame')),
    start: seconds(start) ?? (end ? 0 : null),
    end: seconds(end),
    panel: asked.get('panel'),
  };
}

/** Without a second item, two places of the one. */
function parsePair(asked: URLSearchParams): Route {
  const a = whole(asked.get('a'));
  const b = asked.has('b') ? whole(asked.get('b')) : a;
  if (!a || !b) return { screen: 'lost' };
  const [frame, beside] = [asked.get('frame') ?? '0', asked.get('beside') ?? '0'];
  return { screen: 'beside', pair: { a, b, frame, beside, mirrored: asked.get('mirror') === '1' } };
}

function parseBegin(asked: URLSearchParams): Begin {
  const list = (name: string) => (asked.get(name) ?? '').split(',').filter(Boolean);
  const revises = asked.get('revises');
  return {
    revises: revises !== null && /^B\d+$/.test(revises) ? revises : null,
    select: list('select'),
    mention: list('mention'),
    without: list('without'),
  };
}

function explained(text: string | null): Explained | null {
  return text === 'case' || text === 'all' ? text : whole(text) || null;
}

function side(text: string | null): Side | null {
  return text === 't' || text === 'b' ? text : null;
}

function whole(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function seconds(text: string | undefined): number | null {
  return text && /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}
