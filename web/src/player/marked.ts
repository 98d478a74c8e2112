/** From mark to mark: where something begins or ends, the next of them before or after a frame. */

/** First and last frame of something that a timeline shows. */
export interface Marked {
  readonly first: number;
  readonly last: number;
}

/** The frame nearest to `from`, beyond it in the direction of `by`, at which one of `marked` begins or ends; `null` where none does. */
export function nextMarked(marked: readonly Marked[], from: number, by: 1 | -1): number | null {
  let nearest: number | null = null;
  for (const { first, last } of marked) {
    for (const frame of [first, last]) {
      const beyond = (frame - from) * by;
      if (beyond > 0 && (nearest === null || beyond < (nearest - from) * by)) nearest = frame;
    }
  }
  return nearest;
}
