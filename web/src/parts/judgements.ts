/** Assessments as they stand: who holds what now, and what was held before. */

import type { Assessment, Hypothesis } from '../api/types.ts';

/** What one assessor holds of a hypothesis, and held before, newest first. */
export interface Judgement {
  readonly standing: Assessment;
  readonly earlier: readonly Assessment[];
}

/** A hypothesis with every standing judgement of it. */
export interface Board {
  readonly hypothesis: Hypothesis;
  readonly judgements: readonly Judgement[];
  /** Whether the standing likelihoods differ. */
  readonly dissent: boolean;
}

/** Whether those who judge hold different things likely. */
export const differ = (standing: readonly Pick<Assessment, 'likelihood'>[]): boolean => new Set(standing.map(({ likelihood }) => likelihood)).size > 1;

/** Each hypothesis with its judgements, in the order in which they were stated. */
export function boardsOf(hypotheses: readonly Hypothesis[], assessments: readonly Assessment[]): Board[] {
  const byNumber = new Map(assessments.map((assessment) => [assessment.number, assessment]));
  return hypotheses.map((hypothesis) => {
    const judgements = assessments
      .filter((made) => made.hypothesis === hypothesis.number && made.superseded_by === null)
      .map((standing) => ({ standing, earlier: revisedBy(standing, byNumber) }));
    return { hypothesis, judgements, dissent: differ(judgements.map(({ standing }) => standing)) };
  });
}

/** What `assessor` holds of `hypothesis` now: the one that a new assessment would revise. */
export function standingOf(
  assessments: readonly Assessment[],
  hypothesis: string,
  assessor: string,
): Assessment | null {
  return (
    assessments.findLast(
      (made) => made.hypothesis === hypothesis && made.assessor === assessor && made.superseded_by === null,
    ) ?? null
  );
}

function revisedBy(standing: Assessment, byNumber: ReadonlyMap<string, Assessment>): Assessment[] {
  const earlier: Assessment[] = [];
  let next = standing.supersedes;
  while (next !== null) {
    const revised = byNumber.get(next);
    if (!revised || earlier.includes(revised)) break;
    earlier.push(revised);
    next = revised.supersedes;
  }
  return earlier;
}
