import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { callSignal } from '../../../aws/call-signal.ts';
import { type KeyForm, keyForm } from '../key-form.ts';
import { failedAt, foundAll, type Resolved } from '../source.ts';
import { type S3Failure, s3Failure } from './failure.ts';
import { objectSource } from './object.ts';
import type { S3Where } from './where.ts';

/** What could steer a terminal or hide in a text. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** How an object is called in reports: each by a name of its own, also those that differ in what cannot be printed. */
const s3Locator = (bucket: string, key: string): string =>
  `s3://${bucket}/${key.replace(UNPRINTABLE, (character) => encodeURIComponent(character))}`;

/** The objects that one `s3://` place means. */
export async function resolveS3(
  { bucket, key }: S3Where,
  mayBeNone: boolean,
  client: S3Client,
  signal: AbortSignal,
): Promise<Resolved> {
  const form = keyForm(key);
  if (form.kind === 'object') {
    const object = { client, bucket, key: form.key };
    return foundAll([objectSource(object, s3Locator(bucket, form.key), mayBeNone ? 'perhaps' : 'name')]);
  }
  const locator = s3Locator(bucket, key);
  const listed = await keysBelow(client, bucket, form.prefix, signal);
  if ('reason' in listed) return failedAt(locator, listed.reason, listed.permission);
  const wanted = listed.keys.filter((candidate) => isWanted(candidate, form));
  const sources = wanted.map((each) => objectSource({ client, bucket, key: each }, s3Locator(bucket, each), form.kind));
  if (!listed.isWhole) return { sources: [], gaps: [{ locator, status: 'failed', reason: TOO_MANY }], notes: [] };
  return sources.length === 0 && !mayBeNone
    ? failedAt(locator, 'no states there: no object matches')
    : foundAll(sources);
}

/** `.tflock` is Terraform's lock, digests are beside states in some buckets, and a key that ends in `/` is a console's folder. */
const BESIDE_STATES = /(?:\.tflock|[.-]md5|\.lock\.info|\/)$/;

const isWanted = (key: string, form: Exclude<KeyForm, { kind: 'object' }>): boolean =>
  !BESIDE_STATES.test(key) && (form.kind === 'prefix' || form.matches(key));

const MOST_KEYS = 100_000;
const TOO_MANY = `more than ${MOST_KEYS} objects there, too many to look through: give a longer prefix`;

interface Listed {
  readonly keys: readonly string[];
  readonly isWhole: boolean;
}

async function keysBelow(
  client: S3Client,
  bucket: string,
  prefix: string,
  signal: AbortSignal,
): Promise<Listed | S3Failure> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    try {
      const page = await client.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix,
          ...(token === undefined ? {} : { ContinuationToken: token }),
        }),
        { abortSignal: callSignal(signal) },
      );
      for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key);
      token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } catch (error) {
      signal.throwIfAborted();
      return s3Failure(error, 's3:ListBucket');
    }
    if (keys.length > MOST_KEYS) return { keys, isWhole: false };
  } while (token !== undefined);
  return { keys, isWhole: true };
}
