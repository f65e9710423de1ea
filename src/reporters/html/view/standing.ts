import type { Standing } from '../../../model/key-record.ts';
import { type Element, h } from '../node.ts';

/** What each standing says, in a sentence. */
export const SAYS: Readonly<Record<Standing, string>> = {
  managed: 'A scanned state holds it.',
  unmanaged: 'In KMS, in no state, and the states are declared to be all there are.',
  unclaimed: 'In KMS and in no scanned state; other states may exist.',
  missing: 'A state holds it, and KMS says that there is no such key.',
  undetermined: 'What would decide was not covered.',
  'import-planned': 'In KMS, in no state, and an import block names it.',
  'not-created': 'Declared, and not made yet.',
  settling: 'Too young to be expected in a state yet.',
  retiring: 'Waiting for its deletion, and in no state: what a normal destroy looks like.',
  gone: 'Recorded when it was made; KMS no longer has it.',
  'managed-elsewhere': 'Somebody outside of Terraform has it.',
  'aws-managed': 'Made and kept by an AWS service.',
  'out-of-scope': 'Not asked about: its account or Region, or whose key it is.',
};

/** Whether a name is that of a standing. */
export const isStanding = (name: string): name is Standing => Object.hasOwn(SAYS, name);

/** How much a standing wants to be looked at; a mark and a word say it too. */
export type Tone = 'good' | 'bad' | 'open' | 'quiet';

export const toneOf = (standing: Standing): Tone => TONES[standing];

const TONES: Readonly<Record<Standing, Tone>> = {
  managed: 'good',
  unmanaged: 'bad',
  unclaimed: 'open',
  missing: 'bad',
  undetermined: 'open',
  'import-planned': 'quiet',
  'not-created': 'quiet',
  settling: 'quiet',
  retiring: 'quiet',
  gone: 'quiet',
  'managed-elsewhere': 'quiet',
  'aws-managed': 'quiet',
  'out-of-scope': 'quiet',
};

/** The standing as a small label. */
export const standingLabel = (standing: Standing): Element =>
  h('span', { class: `standing ${toneOf(standing)}` }, standing);
