import type { EmulatedKey } from '../cloud.ts';
import { AwsError } from '../errors.ts';

const WORDS: Readonly<Record<string, string>> = {
  PendingDeletion: 'is pending deletion',
  PendingReplicaDeletion: 'is pending replica deletion',
  PendingImport: 'is pending import',
  Creating: 'is creating',
  Updating: 'is updating',
  Unavailable: 'is unavailable',
  Enabled: 'is not pending deletion',
  Disabled: 'is not pending deletion',
};

const invalidState = (key: EmulatedKey): AwsError =>
  new AwsError('KMSInvalidStateException', `${key.arn} ${WORDS[key.state] ?? `is in state ${key.state}`}.`);

export const unsupported = (message: string): AwsError => new AwsError('UnsupportedOperationException', message);

const DELETING = ['PendingDeletion', 'PendingReplicaDeletion'];
const CHANGING = ['Creating', 'Updating'];

/** Throws KMSInvalidStateException in these states (AWS KMS developer guide, "Key states": which call fails in which state). */
export function refuseIn(key: EmulatedKey, ...states: readonly string[]): void {
  if (states.includes(key.state)) throw invalidState(key);
}

export const refuseWhenDeleting = (key: EmulatedKey): void => refuseIn(key, ...DELETING, ...CHANGING);

/** Only a key that waits for its deletion can be saved from it. */
export function refuseUnlessDeleting(key: EmulatedKey): void {
  if (!DELETING.includes(key.state)) throw invalidState(key);
}

export function refuseWhenDisabled(key: EmulatedKey): void {
  if (key.state === 'Disabled') throw new AwsError('DisabledException', `${key.arn} is disabled.`);
}

/** Keys that AWS manages cannot be changed by their account. */
export function refuseManaged(key: EmulatedKey): void {
  if (key.manager !== 'AWS') return;
  throw new AwsError('AccessDeniedException', `${key.arn} is managed by AWS and cannot be changed by its account`);
}
