/** Words of publications that came in from others. */

import { number } from './messages-counting.ts';

export const receivedMessages = {
  title: 'From others',
  intro:
    'What another team published, taken in as evidence once every hash, signature and proof of it was checked. What it claims stays theirs.',
  none: 'Nothing came in yet.',
  open: 'Take in a bundle…',
  form: {
    file: 'Bundle: a tar archive of up to 16 GiB',
    fileHint: 'An encrypted one is opened with age first, or imported in a terminal.',
    signer: 'Who must have signed it',
    signerHint: 'ssh-ed25519 … or SHA256:…, asked of them by other means',
    from: 'Where it was obtained',
    note: 'Note',
    act: 'Check it and take it in',
    taking: 'On its way…',
    checking: 'All of it is sent, and is checked now.',
    cancelled: 'Cancelled: nothing of it was taken.',
    missing: 'Choose the archive first.',
    came: (no: string, title: string) => `${no} came in: ${title}`,
    known: (no: string, title: string) => `${no} was here already: ${title}`,
  },
  card: {
    of: (theirs: string, name: string) => `${theirs} of ${name}`,
    files: (n: number) => `${number.format(n)} ${n === 1 ? 'file' : 'files'}`,
    came: (actor: string, when: string) => `taken in by ${actor}, ${when}`,
    obtained: (from: string) => `obtained from ${from}`,
    proven: 'Proven',
    unproven: 'Not proven',
    items: 'Items',
    here: (theirs: string) => `Their ${theirs} is`,
    nowhere: (theirs: string) => `Their ${theirs} is not in this case.`,
    say: 'What they say',
    asked: (question: string) => `Asked: ${question}`,
    by: (editor: string) => `by ${editor}`,
    save: 'Save as it came',
    check: (no: string) => `Check ${no} again`,
    checking: 'Checking…',
    sound: 'Nothing is wrong with it.',
    broken: (kind: string, about: string) => `${kind}: ${about}`,
  },
} as const;
