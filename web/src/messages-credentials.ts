/** Words of content credentials: what manifests in a file say, and what came of looking for them. */

import type { Outcome } from './api/types.ts';

const whole = new Intl.NumberFormat('en');
const outcomes: Record<Outcome, string> = {
  failure: 'Checks that failed',
  not_made: 'Not checked, for want of what lies beyond the file',
  informational: 'Remarks of the checks',
  success: 'Checks that held',
};

export const credentialsMessages = {
  title: 'Content credentials (C2PA)',
  intro: (reader: string) =>
    `As the manifests in the file tell it, read by ${reader}. Whether a signer is anybody to be trusted was not asked: no list of trusted signers was consulted and nothing was fetched; anybody can make a certificate with any name.`,
  notInstalled:
    'Nobody looked: the program that reads them did not lie beside the decoder. `make c2pa` builds it, and `framewitness inspect --again` then reads them.',
  notLookedFor: (reason: string) => `They were not read: ${reason}.`,
  absent: 'The reader found none that it knows. Most files never had any, and they are easily stripped.',
  elsewhere: (address: string) => `The file says that they lie elsewhere, at ${address}, which was not asked.`,
  unreadable: (reason: string) => `There are some that cannot be read: ${reason}.`,
  stopped: (reason: string) => `Whether there are any is not known: the reader stopped, ${reason}.`,
  leftOut: (n: number) => `${whole.format(n)} more entries are not kept, because there are too many.`,
  earlier: (n: number) => `${whole.format(n)} ${n === 1 ? 'manifest' : 'manifests'} of what it was made from`,
  active: 'Manifest of the file as it is',
  ingredient: (label: string) => `Manifest ${label}`,
  outcomes,
  check: (times: number, explanation: string | null) =>
    [explanation, times > 1 ? `(${whole.format(times)} ×)` : null].filter((part) => part !== null && part !== '').join(' ') || '–',
  names: {
    label: 'Label',
    title: 'Title',
    signer: 'Signed by',
    issuer: 'Of organisation',
    serial: 'Serial number',
    algorithm: 'Algorithm',
    time: 'Time-stamp',
    generators: 'Made by',
    action: 'Action',
    ingredient: 'Made from',
    assertions: 'Assertions',
  },
  noName: 'a certificate without a name',
  noTime: 'none',
  unsigned: 'no signature that could be read',
  untitled: 'untitled',
} as const;
