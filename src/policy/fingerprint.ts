import { createHash } from 'node:crypto';
import type { AttributeName } from '../model/attributes.ts';

/** Changes only when fingerprints must change: a baseline written before then no longer matches. */
const FINGERPRINT_VERSION = '1';

/** What makes two findings the same one over time: rule, key and attribute, never values, lines or severity. */
export const fingerprint = (rule: string, keyId: string, attribute: AttributeName | undefined): string =>
  createHash('sha256')
    .update(JSON.stringify([FINGERPRINT_VERSION, rule, keyId, attribute ?? null]))
    .digest('hex');
