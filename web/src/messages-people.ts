/** Words of people who appear in items. */

import type { PersonRole, Protection } from './api/types.ts';

const role: Record<PersonRole, string> = {
  speaker: 'speaker',
  victim: 'victim',
  witness: 'witness',
  minor: 'minor',
  suspect: 'suspect',
  bystander: 'bystander',
  detainee: 'detainee',
  armed: 'armed',
  official: 'official',
  medic: 'medic',
  journalist: 'journalist',
  other: 'other',
};
const protection: Record<Protection, string> = { minor: 'minor', witness: 'witness', victim: 'victim', other: 'other' };

export const peopleMessages = {
  words: { role, protection },
  title: 'People',
  intro: 'Who appears, by number and description. Nobody is recognised by a machine.',
  empty: 'Nobody is entered.',
  protected: (grounds: string) => `protected: ${grounds}`,
  identity: { unknown: 'identity not known', withheld: 'identity withheld' },
  here: 'Somebody appears here',
  who: 'Who',
  somebody: 'somebody new…',
  description: 'What tells the person apart (no name)',
  roles: 'Is there as',
  note: 'Note about it',
  of: 'Seen in',
  box: 'The box drawn on the picture goes with it: draw one in another form first, or none.',
  save: 'Record',
  protect: (number: string) => `Protect ${number}, or not`,
  grounds: 'Masked in whatever is published, as',
  reason: 'Reason for it',
  saveProtection: 'Record protection',
  identify: (number: string) => `Say who ${number} is`,
  known: 'Identity',
  name: 'Name (stays in the journal)',
  named: 'named',
  saveIdentity: 'Record identity',
} as const;
