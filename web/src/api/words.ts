/** The closed vocabularies of the record, in the order in which the page offers them. */

import type { Bearing, ClaimStatus, Confidence, Likelihood, RecordKind, Reliability, SourceKind, SourceState, SourceTie } from './types.ts';

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
export const SOURCE_TIES: readonly SourceTie[] = ['belongs-to', 'publishes-for', 'run-by', 'succeeds', 'same-as'];
