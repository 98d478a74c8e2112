/** What people hold sources and claims to be worth. */

import type { Claim, Rating, Reliability, Source } from '../api/types.ts';

/** The grades of a source that stand, each with whose judgement it is, by name: one for each person. */
export function standingGrades(source: Source): [who: string, grade: Reliability][] {
  const later = (source.grades ?? []).filter((one) => !one.withdrawn && one.superseded_by === undefined);
  const standing = later.map((one): [string, Reliability] => [one.assessor, one.grade]);
  if (source.grade && standing.every(([who]) => who !== source.actor)) standing.push([source.actor, source.grade as Reliability]);
  return standing.sort(([one], [other]) => (one < other ? -1 : 1));
}

/** The ratings of a claim that stand, by whose judgement they are: one for each person. */
export function standingRatings(claim: Claim): Rating[] {
  const standing = (claim.ratings ?? []).filter((one) => !one.withdrawn && one.superseded_by === undefined);
  return standing.sort((one, other) => (one.assessor < other.assessor ? -1 : 1));
}
