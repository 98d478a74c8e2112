/** The part of a long list that is drawn: the places from the first number up to the second. */
export type Window = readonly [number, number];

/** The window that shows place `at` of `count`: the same where it does already, else one around it; the first one where `at` is negative. */
export function windowAt(drawn: Window, at: number, size: number, count: number): Window {
  const [near, far] = drawn;
  if (at < 0) return near === 0 ? drawn : [0, size];
  // Of a list that was narrowed, more fits than what lay under the window.
  if (near <= at && at < far && (near === 0 || far <= count)) return drawn;
  const start = Math.max(Math.min(at - Math.floor(size / 2), count - size), 0);
  return [start, start + size];
}

/** A window that shows `size` places more, after what it shows or before. */
export function widened([near, far]: Window, after: boolean, size: number): Window {
  return after ? [near, far + size] : [Math.max(near - size, 0), far];
}
