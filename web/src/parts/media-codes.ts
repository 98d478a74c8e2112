/** Codes of schema.org's MediaReview, and which of them cannot hold together. */

import type { MediaCode, MediaReview } from '../api/types.ts';

export const MEDIA_CODES: readonly MediaCode[] = [
  'OriginalMediaContent',
  'DecontextualizedContent',
  'EditedOrCroppedContent',
  'StagedContent',
  'TransformedContent',
  'SatireOrParodyContent',
];

const ALTERED: readonly MediaCode[] = ['EditedOrCroppedContent', 'StagedContent', 'TransformedContent'];

/** Two of `codes` that contradict each other, as the server would say. */
export function contradiction(codes: readonly MediaCode[]): [MediaCode, MediaCode] | null {
  const altered = codes.find((code) => ALTERED.includes(code));
  return altered && codes.includes('OriginalMediaContent') ? ['OriginalMediaContent', altered] : null;
}

/** What `reviewer` holds of the item, which a new review revises. */
export function standingReview(reviews: readonly MediaReview[], reviewer: string): MediaReview | null {
  return reviews.find((one) => one.superseded_by === null && !one.withdrawn && one.reviewer === reviewer) ?? null;
}
