/** Which entries of the journal a record speaks of: each says when it was made and by whom. */

/** An entry, as records name it. */
export interface Step {
  readonly entry: number;
  /** RFC 3339. */
  readonly at: string;
  readonly actor: string;
}

/** Every entry that is named anywhere in `values`, each once, oldest first. */
export function entriesIn(...values: readonly unknown[]): Step[] {
  const found = new Map<number, Step>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { entry, at, actor } = value as Partial<Record<keyof Step, unknown>>;
    if (typeof entry === 'number' && typeof at === 'string' && typeof actor === 'string') found.set(entry, { entry, at, actor });
    for (const inner of Object.values(value)) look(inner);
  };
  values.forEach(look);
  return [...found.values()].toSorted((a, b) => a.entry - b.entry);
}

/** Where on a slider the state after `entry` stands: at the last of `steps` that it holds; `null` stands for now, at its end. */
export function placeOf(steps: readonly number[], entry: number | null): number {
  if (entry === null) return steps.length;
  return Math.max(steps.findLastIndex((one) => one <= entry), 0);
}
