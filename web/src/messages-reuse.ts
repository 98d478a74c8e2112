/** Words for footage that items share, and for what reviewers say of it. */

import type { Verdict } from './api/types.ts';

const verdict: Record<Verdict, string> = {
  unreviewed: 'not reviewed',
  confirmed: 'confirmed',
  rejected: 'rejected',
};

export const reuseMessages = {
  verdict,
  review: {
    title: 'Review',
    showRejected: 'Show rejected ones',
    history: 'What reviewers said',
    takenBack: 'taken back',
    note: 'Note',
    noteHint: 'why, if you like',
    confirm: 'Same footage',
    reject: 'Not the same',
    withdraw: 'Take back',
    next: 'Next to review',
    noNext: 'No other match waits for a review.',
    said: (verdict: Verdict) => `Recorded: ${reuseMessages.verdict[verdict]}.`,
  },
} as const;
