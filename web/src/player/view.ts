/**
 * View filters as the panel holds them. The server knows what they do; here is what can be asked
 * for, in which range, and how it is written. See `docs/how-to/view.md`.
 */

/** A number of a step. */
export interface Parameter {
  readonly name: 'black' | 'white' | 'gamma' | 'percent' | 'clip' | 'tiles' | 'amount' | 'sigma' | 'quality' | 'gain' | 'reach' | 'strength';
  readonly low: number;
  readonly high: number;
  readonly by: number;
  readonly unsaid: number;
}

/** What a step can be: its name, one of several words, then numbers. */
export interface Kind {
  readonly name: string;
  readonly words: readonly string[];
  readonly numbers: readonly Parameter[];
  /** Takes other exact frames, so it is written first. */
  readonly overTime: boolean;
}

/** One step as chosen. */
export interface Step {
  readonly kind: Kind;
  readonly word: string;
  readonly numbers: readonly number[];
}

const number = (name: Parameter['name'], low: number, high: number, by: number, unsaid: number): Parameter => ({ name, low, high, by, unsaid });

const kind = (name: string, numbers: readonly Parameter[] = [], words: readonly string[] = [], overTime = false): Kind => ({
  name,
  words,
  numbers,
  overTime,
});

/** In the order in which the panel offers them. */
export const KINDS: readonly Kind[] = [
  kind('levels', [number('black', 0, 254, 1, 16), number('white', 1, 255, 1, 235)]),
  kind('gamma', [number('gamma', 0.1, 10, 0.1, 1.8)]),
  kind('stretch', [number('percent', 0, 20, 0.5, 0.5)]),
  kind('clahe', [number('clip', 1, 40, 0.5, 3), number('tiles', 2, 32, 1, 8)]),
  kind('show', [], ['luma', 'red', 'green', 'blue', 'cb', 'cr']),
  kind('sharpen', [number('amount', 0, 10, 0.1, 1), number('sigma', 0.3, 10, 0.1, 1.5)]),
  kind('edges'),
  kind('difference', [number('gain', 1, 64, 1, 4)], ['previous'], true),
  kind('denoise', [number('reach', 1, 15, 1, 3), number('strength', 1, 100, 1, 12)], [], true),
  kind('field', [], ['top', 'bottom']),
  kind('ela', [number('quality', 1, 100, 1, 90), number('gain', 1, 255, 1, 20)]),
];

/** A step of that kind with its usual parameters. */
export function fresh(of: Kind): Step {
  return { kind: of, word: of.words[0] ?? '', numbers: of.numbers.map((parameter) => parameter.unsaid) };
}

/** Adds a step: one over time comes first and replaces another such; the others follow in order. */
export function added(steps: readonly Step[], of: Kind): Step[] {
  if (!of.overTime) return [...steps, fresh(of)];
  return [fresh(of), ...steps.filter((step) => !step.kind.overTime)];
}

/** The step with one number changed, within its range; levels keep black below white. */
export function changed(step: Step, index: number, value: number): Step {
  const parameter = step.kind.numbers[index];
  if (!parameter || !Number.isFinite(value)) return step;
  const numbers = [...step.numbers];
  numbers[index] = Math.min(Math.max(value, parameter.low), parameter.high);
  const [black = 0, white = 255] = numbers;
  if (step.kind.name === 'levels' && black >= white) {
    if (index === 0) numbers[0] = white - 1;
    else numbers[1] = black + 1;
  }
  return { ...step, numbers };
}

/** The view as the server and the command line read it. */
export function written(steps: readonly Step[]): string {
  return steps.map(stepWritten).join(',');
}

function stepWritten(step: Step): string {
  const parameters = [...(step.word ? [step.word] : []), ...step.numbers.map((value) => String(Number(value.toFixed(3))))];
  return parameters.length > 0 ? `${step.kind.name}=${parameters.join(':')}` : step.kind.name;
}
