import { errorName, errorText } from '../../../aws/error-text.ts';
import { failureOf } from '../../../aws/failure.ts';
import { oneLine } from '../../../one-line.ts';

/** Why S3 gave nothing, and the permission that is missing where it says so. */
export interface S3Failure {
  readonly reason: string;
  readonly permission?: string;
  /** Whether the same call may succeed a moment later. */
  readonly mayPass: boolean;
  readonly isMissing?: true;
}

/** S3 names the action it denies, and it may be one of KMS (IAM user guide, "Troubleshoot access denied error messages"). */
const DENIED_ACTION = /not authorized to perform: ((?:s3|kms):\w+)/;

/** What an S3 call threw, in one line; `permission` is what the call itself needs. */
export function s3Failure(error: unknown, permission: string): S3Failure {
  const name = errorName(error);
  const plain = PLAIN[name];
  if (plain !== undefined)
    return { reason: plain(error), mayPass: false, ...(name === 'NoSuchKey' ? { isMissing: true } : {}) };
  const denied = DENIED_ACTION.exec(error instanceof Error ? error.message : '')?.[1];
  const failure = failureOf(error, denied ?? permission);
  const mayPass = failure.kind === 'unreachable' || failure.kind === 'server';
  if (failure.permission === undefined) return { reason: failure.reason, mayPass };
  if (denied === undefined && permission === 's3:GetObject')
    return { reason: `${failure.reason} ${OR_MISSING}`, mayPass };
  const purpose = failure.permission === permission ? '' : whatFor(failure.permission);
  return { reason: `${failure.reason}${purpose}`, permission: failure.permission, mayPass };
}

/** S3 answers like this about an object that is not there, too (Amazon S3 API reference, GetObject, "Permissions"). */
const OR_MISSING = '(or s3:ListBucket is, and the object is not there: without it S3 does not say so)';

/** What people can do about answers that the SDK words for programs (Amazon S3 API reference, "Error responses"). */
const PLAIN: Readonly<Record<string, (error: unknown) => string>> = {
  NoSuchKey: () => 'NoSuchKey: no object with this key is in the bucket',
  NoSuchBucket: () => 'NoSuchBucket: there is no such bucket',
  InvalidObjectState: (error) => `archived${storageClassOf(error)}: restore the object before it can be read`,
  PermanentRedirect: () => 'the bucket is in another Region, and S3 does not say in which: add ?region= to the address',
};

function storageClassOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const name: unknown = Reflect.get(error, 'StorageClass');
  return typeof name === 'string' && name !== '' ? ` (${oneLine(name, 40)})` : '';
}

function whatFor(permission: string): string {
  if (permission === 'kms:Decrypt') return ' (the object is encrypted with a KMS key: SSE-KMS)';
  return permission === 's3:ListBucket' ? ' (without it S3 does not say whether the object is there)' : '';
}

/** Why a body broke off. */
export const brokenBody = (error: unknown): S3Failure => ({
  reason: `the object broke off: ${errorText(error)}`,
  mayPass: true,
});
