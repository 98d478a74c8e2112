/** Words of files that come in, and of the work that is done on them. */

import type { Job } from './api/adding.ts';
import type { Standing } from './parts/adding.svelte.ts';
import { count, number } from './messages-counting.ts';

const standing: Record<Standing, (item: string) => string> = {
  waiting: () => 'waiting',
  sending: () => 'sending',
  kept: (item) => `preserved as ${item}`,
  known: (item) => `already ${item}: one more acquisition`,
  failed: () => 'failed',
  cancelled: () => 'cancelled: nothing of it is kept',
};
const doing: Record<NonNullable<Job['doing']>, string> = {
  approach: 'going on where it was cut off',
  pictures: 'pictures',
  structure: 'structure',
  sound: 'sound',
  search: 'comparing with the other items',
};
const task: Record<Job['task'], string> = { inspect: 'Inspection', match: 'Search for its footage' };

export const addingMessages = {
  title: 'Add files',
  intro: 'Drop videos, pictures, sound or whole folders here. Every byte is kept and hashed as it arrives; nothing leaves this machine.',
  files: 'Choose files',
  folder: 'Choose a folder',
  inspect: 'Inspect what is added, and look for its footage in the other items',
  told: 'What you know of how you got them',
  uploaded: 'Uploaded where they were found',
  acquired: 'Obtained',
  when: 'Such as 2026-05 or 2026-05-03T18:20Z',
  note: 'Note',
  list: 'Files on their way in',
  under: (n: number) => `${count(n, 'file', 'files')} on the way`,
  over: 'All files are through.',
  tidy: 'Clear the list',
  again: 'Try again',
  cancelFile: (name: string) => `Cancel ${name}`,
  standing,
  progress: (name: string) => `How much of ${name} is sent`,
  unreadable: 'This file cannot be read.',
  unreadableHint: 'It was moved or changed since it was chosen, or you may not read it. Choose it again.',
};

export const workMessages = {
  title: 'Work',
  under: (n: number) => `${number.format(n)} at work`,
  trouble: (n: number) => `${number.format(n)} failed`,
  over: 'Work is done',
  none: 'Nothing is under way.',
  task,
  doing,
  waiting: 'waiting',
  running: 'under way',
  left: (text: string) => `${text} left`,
  seconds: (n: number) => `${n} s`,
  minutes: (n: number) => `${n} min`,
  hours: (n: number, minutes: number) => `${n} h ${minutes} min`,
  frames: (n: number) => count(n, 'frame', 'frames'),
  findings: (n: number) => count(n, 'finding', 'findings'),
  matches: (n: number) => (n === 0 ? 'no footage in common' : count(n, 'match', 'matches')),
  searched: (items: number, of: number) => `${number.format(items)} of ${count(of, 'item', 'items')}`,
  stopped: (items: number, of: number) => `stopped after ${number.format(items)} of ${count(of, 'item', 'items')}`,
  stop: 'Stop the search',
  stopHint: 'What was found until then is recorded and stays.',
  passedOver: (items: readonly string[]) => `not compared, because not inspected: ${items.join(', ')}`,
  cancel: 'Cancel',
  cancelJob: (what: string, item: string) => `Cancel: ${what} of ${item}`,
  forget: 'Clear',
  forgetJob: (what: string, item: string) => `Clear: ${what} of ${item}`,
  progress: (what: string, item: string) => `How far it is: ${what} of ${item}`,
  inspect: 'Inspect',
  inspectItem: (item: string) => `Inspect ${item}`,
  lookFor: 'Look for its footage',
  lost: 'Not connected',
  lostHint: 'This page does not hear of what others record: the server does not answer, or was started again. What you type is kept. Start `framewitness serve` where it ended, and open the address that it prints.',
};
