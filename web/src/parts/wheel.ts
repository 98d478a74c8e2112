/** Going nearer to a picture that is drawn to scale, and away from it, by the wheel. */

/** Hears by how much nearer the wheel goes, where, and over what. */
type Turned = (factor: number, event: WheelEvent, element: HTMLElement) => void;

/** Has `turned` hear the wheel over an element, with Ctrl unless it `always` does: alone, the wheel scrolls the page. */
export function turning(turned: Turned, always = false): (element: HTMLElement) => () => void {
  return (element) => {
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !always) return;
      event.preventDefault();
      turned(2 ** (-event.deltaY / 300), event, element);
    };
    // Only a listener that says so may keep the page from scrolling.
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  };
}
