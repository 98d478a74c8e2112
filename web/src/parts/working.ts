/** How work of the server is told. */

import type { Job } from '../api/adding.ts';
import { m } from '../messages.ts';

/** Whether a job is not over. */
export const goesOn = ({ standing }: Job) => standing === 'waiting' || standing === 'running';

/** The job under way or waiting on an item, if there is one. */
export const jobOn = (jobs: readonly Job[], item: string) => jobs.find((job) => job.item === item && goesOn(job)) ?? null;

/** The search for the footage of an item, however it stands; nothing where nobody asked for it lately. */
export const searchOf = (jobs: readonly Job[], item: string) => jobs.find((job) => job.item === item && job.task === 'match') ?? null;

/** How a job stands, in a line. */
export function lineOf(job: Job): string {
  const words = m.work;
  if (job.standing === 'waiting') return words.waiting;
  if (job.standing === 'failed') return [job.problem?.error, job.problem?.hint].filter(Boolean).join('; ');
  if (job.standing === 'done') return job.done ? outcomeOf(job.task, job.done) : '';
  const parts = [
    job.doing ? `${Math.floor(job.share / 100)} %` : words.running,
    job.doing ? words.doing[job.doing] : '',
    job.doing === 'search' ? words.searched(job.searched.items, job.searched.of) : '',
    typeof job.left_s === 'number' ? words.left(roughly(job.left_s)) : '',
  ];
  return parts.filter(Boolean).join(' · ');
}

function outcomeOf(task: Job['task'], done: NonNullable<Job['done']>): string {
  const words = m.work;
  if (task === 'inspect') return `${words.frames(done.frames)}, ${words.findings(done.findings)}`;
  const { items, of } = done.searched;
  return [
    words.matches(done.matches),
    items < of ? words.stopped(items, of) : '',
    done.passed_over.length > 0 ? words.passedOver(done.passed_over) : '',
  ]
    .filter(Boolean)
    .join('; ');
}

/** A time as exact as an estimate of it can be. */
export function roughly(seconds: number): string {
  const words = m.work;
  if (seconds < 10) return words.seconds(Math.max(Math.round(seconds), 1));
  if (seconds < 90) return words.seconds(Math.round(seconds / 5) * 5);
  if (seconds < 5400) return words.minutes(Math.round(seconds / 60));
  return words.hours(Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 300) * 5);
}
