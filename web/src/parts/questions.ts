/** What hypotheses explain: an item, or the whole case. Each is a question with a board of its own. */

import type { Question } from '../api/types.ts';
import type { Explained } from '../route.ts';

/** Explanations that are set beside each other where nobody asked for less. */
const TOGETHER = 12;

/** Evidence, and what it says. */
export interface Named {
  readonly evidence: string;
  readonly text: string;
}

/** Whether all explanations are set beside each other: they answer one question, or are few. */
export function fitTogether(questions: readonly Question[]): boolean {
  return questions.length <= 1 || questions.reduce((sum, one) => sum + one.hypotheses.length, 0) <= TOGETHER;
}

/** Whether an explanation of this item, or of the whole case, comes onto the board that is shown. */
export function comesOnto(shown: Explained | null, item: number | null): boolean {
  // Those of the whole case stand beside those of every item.
  return shown === 'all' || (shown !== null && (item === null || shown === item));
}

/** What a question asks about. */
export const explainedBy = ({ item }: Question): Explained => (item ? Number(item.slice(1)) : 'case');

/** The item that is written as `#3` or `3`; `null` for the whole case, where nothing is. */
export function itemNamed(text: string): number | null | undefined {
  const name = text.trim();
  if (name === '') return null;
  const number = /^#?([1-9]\d{0,8})$/.exec(name)?.[1];
  return number === undefined ? undefined : Number(number);
}
