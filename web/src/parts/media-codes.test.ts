import { expect, test } from 'vitest';
import type { MediaReview } from '../api/types.ts';
import { contradiction, MEDIA_CODES, standingReview } from './media-codes.ts';

test('original contradicts what was altered, and nothing else does', () => {
  expect(contradiction(['StagedContent', 'OriginalMediaContent'])).toEqual(['OriginalMediaContent', 'StagedContent']);
  expect(contradiction(['OriginalMediaContent', 'DecontextualizedContent', 'SatireOrParodyContent'])).toBeNull();
  expect(contradiction(MEDIA_CODES.filter((code) => code !== 'OriginalMediaContent'))).toBeNull();
});

test('a reviewer revises what stands', () => {
  const review = (number: string, reviewer: string, superseded_by: string | null) => ({ number, reviewer, superseded_by }) as MediaReview;
  const reviews = [review('V1', 'Ada', 'V3'), review('V2', 'Ben', null), review('V3', 'Ada', null)];
  expect(standingReview(reviews, 'Ada')?.number).toBe('V3');
  expect(standingReview(reviews, 'Cem')).toBeNull();
});
