import type { Standing } from '../model/key-record.ts';

/** As standings are told: what is well first, then what wants a look, then what is not ours to judge. */
export const STANDING_ORDER: readonly Standing[] = [
  'managed',
  'unmanaged',
  'unclaimed',
  'missing',
  'undetermined',
  'import-planned',
  'not-created',
  'settling',
  'retiring',
  'gone',
  'managed-elsewhere',
  'aws-managed',
  'out-of-scope',
];
