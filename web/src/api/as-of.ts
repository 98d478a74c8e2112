/**
 * The case as it stood. Which state is asked for stands in the query of the page's address
 * (`/?as_of=12#/items/1`), so that every link within the page keeps it, and another state is another load.
 */

/** The state that a query asks for, as the server takes it; nothing for the case as it stands now. */
export function stateIn(search: string): string | null {
  return new URLSearchParams(search).get('as_of') || null;
}

/** The state that this page shows. */
export const asked: string | null = stateIn('location' in globalThis ? location.search : '');

/** An address of the server, asked for `of` that state; one that says so already is left alone. */
export function stated(path: string, of: string | null = asked): string {
  if (of === null || /[?&]as_of=/.test(path)) return path;
  return `${path}${path.includes('?') ? '&' : '?'}as_of=${encodeURIComponent(of)}`;
}

/** The address of this page in another state, or, for `null`, as the case stands now. */
export function pageAt(state: string | number | null, fragment: string): string {
  return `/${state === null ? '' : `?as_of=${encodeURIComponent(state)}`}${fragment}`;
}
