/** Attachment: puts the keyboard into a field when it appears. */
export function focused(element: HTMLElement): void {
  element.focus();
}
