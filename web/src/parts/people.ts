/** People who appear in items. */

import type { Identity, Person, PersonRole, Protection } from '../api/types.ts';

const PROTECTIVE: Partial<Record<PersonRole, Protection>> = { minor: 'minor', witness: 'witness', victim: 'victim' };

/** Why somebody must be masked wherever something is published: by the last word, and by roles recorded since. */
export function protectionOf(person: Person): Protection[] {
  const word = person.protections.findLast((one) => !one.withdrawn);
  const seen = person.appearances.filter((one) => !one.withdrawn && (!word || one.entry > word.entry));
  const roles = [...(word ? [] : person.roles), ...seen.flatMap((one) => one.roles)];
  const grounds = roles.map((role) => PROTECTIVE[role]).filter((one) => one !== undefined);
  return [...new Set([...grounds, ...(word?.protection ?? [])])];
}

/** Who it is, by the last word. */
export function identityOf(person: Person): Identity {
  return person.identities.findLast((one) => !one.withdrawn)?.identity ?? { state: 'unknown' };
}
