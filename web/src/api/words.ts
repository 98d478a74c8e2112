/** The closed vocabularies of the record, in the order in which the page offers them. */

import type { Bearing, ClaimStatus, Confidence, ContentFlag, Credibility, Footing, GroundKind, Likelihood, PersonRole, PlacePrecision, Protection, RecordKind, Reliability, SourceKind, SourceState, SourceTie } from './types.ts';

export const STATUSES: readonly ClaimStatus[] = [
  'unverified',
  'corroborated',
  'contradicted',
  'verified',
  'refuted',
  'unverifiable',
];
export const LIKELIHOODS: readonly Likelihood[] = [
  'almost-no-chance',
  'very-unlikely',
  'unlikely',
  'even-chance',
  'likely',
  'very-likely',
  'almost-certain',
];
export const CONFIDENCES: readonly Confidence[] = ['low', 'moderate', 'high'];
export const BEARINGS: readonly Bearing[] = ['CC', 'C', 'N', 'I', 'II', 'NA'];
export const SOURCE_KINDS: readonly SourceKind[] = ['person', 'account', 'outlet', 'organisation'];
export const SOURCE_STATES: readonly SourceState[] = ['live', 'renamed', 'suspended', 'deleted', 'unknown'];
/** Kinds of record that people look for first. */
export const RECORD_KINDS: readonly RecordKind[] = [
  'item',
  'claim',
  'observation',
  'source',
  'series',
  'date',
  'place',
  'person',
  'mask',
  'rendering',
  'received',
  'publication',
  'tag',
  'note',
  'hypothesis',
  'assessment',
  'match',
  'resemblance',
  'media-review',
  'removal',
  'watch',
  'view',
  'checkpoint',
  'cosigned',
  'actor',
];
/** Admiralty grades of a source, from completely reliable to not to be judged. */
export const GRADES: readonly Reliability[] = ['A', 'B', 'C', 'D', 'E', 'F'];
/** Credibility of a piece of information, from confirmed to not to be judged. */
export const CREDIBILITIES: readonly Credibility[] = ['1', '2', '3', '4', '5', '6'];
export const SOURCE_TIES: readonly SourceTie[] = ['belongs-to', 'publishes-for', 'run-by', 'succeeds', 'same-as'];
export const FOOTINGS: readonly Footing[] = ['claimed', 'established'];
export const PLACE_PRECISIONS: readonly PlacePrecision[] = ['point', 'street', 'town', 'region', 'country'];
export const GROUND_KINDS: readonly GroundKind[] = [
  'claim',
  'observation',
  'finding',
  'match',
  'metadata',
  'shadow-analysis',
  'landmarks',
  'weather',
  'satellite-imagery',
  'testimony',
  'other',
];
export const CONTENT_FLAGS: readonly ContentFlag[] = [
  'graphic',
  'death',
  'violence',
  'torture',
  'sexual-violence',
  'nudity',
  'children',
  'self-harm',
  'animals',
  'distressing-sound',
  'hatred',
];
export const PERSON_ROLES: readonly PersonRole[] = [
  'speaker',
  'victim',
  'witness',
  'minor',
  'suspect',
  'bystander',
  'detainee',
  'armed',
  'official',
  'medic',
  'journalist',
  'other',
];
export const PROTECTIONS: readonly Protection[] = ['minor', 'witness', 'victim', 'other'];
