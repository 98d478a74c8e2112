/** Words of when and where items came about. */

import type { Footing, GroundKind, PlacePrecision } from './api/types.ts';

const footing: Record<Footing, string> = { claimed: 'claimed', established: 'established' };
const precision: Record<PlacePrecision, string> = {
  point: 'point',
  street: 'street or building',
  town: 'town or village',
  region: 'region',
  country: 'country',
};
const ground: Record<GroundKind, string> = {
  claim: 'a claim',
  observation: 'an observation',
  finding: 'a finding',
  match: 'a match',
  metadata: 'what the file says',
  'shadow-analysis': 'shadows',
  landmarks: 'landmarks',
  weather: 'weather on record',
  'satellite-imagery': 'satellite imagery',
  testimony: 'testimony',
  other: 'something else',
};

export const whereaboutsMessages = {
  words: { footing, precision, ground },
  title: 'When and where',
  empty: 'Nobody has recorded when or where it came about.',
  addDate: 'Add a date',
  addPlace: 'Add a place',
  when: 'When',
  whenHint: 'Year, month, day, minute or time, as precisely as it is known',
  until: 'Until (of a range)',
  name: 'What the place is called',
  position: 'Latitude, longitude',
  positionHint: 'Degrees in WGS 84',
  noPosition: 'Write latitude and longitude in degrees, such as 50.6412, 29.9231.',
  radius: 'Within (metres)',
  precision: 'Known to the',
  footing: 'Footing',
  ground: 'Rests on',
  cites: 'Its number',
  citesHint: 'C1, O2, M1 or F:#1:4',
  assessor: 'Whose judgement (yours if empty)',
  reason: 'Why',
  revises: 'Revises',
  nothing: 'nothing',
  of: 'Of',
  saveDate: 'Record the date',
  savePlace: 'Record the place',
  to: (from: string, until: string) => `${from} to ${until}`,
  restsOn: (grounds: string) => `rests on ${grounds}`,
  within: (metres: string) => `within ${metres} m`,
  supersededBy: (number: string) => `superseded by ${number}`,
} as const;
