import { Readable } from 'node:stream';
import { GetObjectCommand, type GetObjectCommandOutput, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { callSignal } from '../../../aws/call-signal.ts';
import { isStateOrBackup } from '../../file-names.ts';
import { wholeBody } from '../body.ts';
import { type Outcome, type StateSource, unreadableFor } from '../source.ts';
import { brokenBody, type S3Failure, s3Failure } from './failure.ts';

/** One object of a bucket. */
export interface S3Object {
  readonly client: S3Client;
  readonly bucket: string;
  readonly key: string;
}

/**
 * How it was come by: named (perhaps as one that need not be there), by a pattern, or as one of all objects below a
 * prefix, where only states count.
 */
export type CameBy = 'name' | 'perhaps' | 'pattern' | 'prefix';

const BROKEN_BODY_TRIES = 3;

/** The state in one object. */
export function objectSource(object: S3Object, locator: string, cameBy: CameBy): StateSource {
  return {
    locator,
    named: cameBy === 'name' || cameBy === 'perhaps',
    read: async (signal) => {
      for (let tried = 1; ; tried += 1) {
        const outcome = await readOnce(object, cameBy, signal);
        if (!('mayPass' in outcome)) return outcome;
        if (cameBy === 'perhaps' && outcome.isMissing === true) return { kind: 'absent', reason: 'no object there' };
        if (!outcome.mayPass || tried === BROKEN_BODY_TRIES) return unreadableFor(outcome.reason, outcome.permission);
      }
    },
    isStill: async ({ mark }, signal) => {
      const head = await headOf(object, signal);
      return head !== undefined && mark !== undefined && head === mark;
    },
  };
}

async function readOnce(
  { client, bucket, key }: S3Object,
  cameBy: CameBy,
  signal: AbortSignal,
): Promise<Outcome | S3Failure> {
  let output: GetObjectCommandOutput;
  try {
    output = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: callSignal(signal) });
  } catch (error) {
    signal.throwIfAborted();
    // The SDK has tried often enough to get an answer.
    return { ...s3Failure(error, 's3:GetObject'), mayPass: false };
  }
  try {
    return await contentOf(output, cameBy === 'prefix' && !isStateOrBackup(key), signal);
  } catch (error) {
    signal.throwIfAborted();
    return brokenBody(error);
  }
}

/** With `mayBeForeign`, an object that does not begin as JSON is not read to its end, and one that is no state passed over. */
async function contentOf(output: GetObjectCommandOutput, mayBeForeign: boolean, signal: AbortSignal): Promise<Outcome> {
  const body = output.Body instanceof Readable ? output.Body : Readable.from([]);
  const stop = (): void => void body.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const bytes = await wholeBody(mayBeForeign ? whileJson(body) : body);
    if ('kind' in bytes) return unreadableFor(bytes.reason);
    if (mayBeForeign && !mayBeState(bytes)) return { kind: 'foreign', reason: 'no Terraform state' };
    const mark = markOf(output);
    const versionId = versionOf(output.VersionId);
    return {
      kind: 'content',
      bytes,
      ...(versionId === undefined ? {} : { versionId }),
      ...(mark === undefined ? {} : { mark }),
    };
  } finally {
    signal.removeEventListener('abort', stop);
    body.destroy();
  }
}

const SPACE = /^[\s\ufeff]*$/;

/** The chunks of a body up to where it is clear that it is no JSON object. */
async function* whileJson(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let begun = false;
  for await (const chunk of body) {
    if (!begun) {
      const start = new TextDecoder().decode(chunk.subarray(0, 64));
      begun = !SPACE.test(start);
      if (begun && !/^[\s\ufeff]*\{/.test(start)) return;
    }
    yield chunk;
  }
}

/** Every state says its lineage; an encrypted one by OpenTofu or SOPS says how. */
function mayBeState(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return ['"lineage"', '"encryption_version"', '"sops"'].some((word) => text.includes(word));
}

/** A bucket that kept versions once says `null` of objects from before (Amazon S3 user guide, "Versioning-suspended buckets"). */
const versionOf = (id: string | undefined): string | undefined => (id === 'null' || id === '' ? undefined : id);

const markOf = ({ ETag, VersionId }: { ETag?: string | undefined; VersionId?: string | undefined }) =>
  ETag === undefined ? undefined : `${VersionId ?? ''} ${ETag}`;

async function headOf({ client, bucket, key }: S3Object, signal: AbortSignal): Promise<string | undefined> {
  try {
    const abortSignal = callSignal(signal);
    return markOf(await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), { abortSignal }));
  } catch (error) {
    signal.throwIfAborted();
    s3Failure(error, 's3:GetObject');
    return undefined;
  }
}
