import { createHash } from 'node:crypto';
import { type HttpStub, type StubAnswer, type StubRequest, startStub } from './http-stub.ts';

/** An object of the stub's only bucket. */
export interface StubObject {
  readonly body: string | Uint8Array;
  readonly versionId?: string;
  /** S3 refuses to give it, with this code, status and message. */
  readonly refusal?: StubRefusal;
}

export interface StubRefusal {
  readonly status: number;
  readonly code: string;
  readonly message?: string;
  /** More elements of the error document. */
  readonly more?: string;
}

/** A bucket called `states`; it may change while the stub runs. */
export interface StubBucket {
  readonly objects: Map<string, StubObject>;
  readonly pageSize?: number;
  /** Answers ListObjectsV2 instead. */
  readonly listRefusal?: StubRefusal;
}

/** What Amazon S3 answers to GetObject, HeadObject and ListObjectsV2 with the bucket in the path (Amazon S3 API reference). */
export const startS3 = (bucket: StubBucket): Promise<HttpStub> => startStub((request) => answerOf(request, bucket));

function answerOf({ url, method }: StubRequest, bucket: StubBucket): StubAnswer {
  const { pathname, searchParams } = new URL(url, 'http://stub');
  const [, name, key = ''] = /^\/([^/]+)\/?(.*)$/.exec(decodeURIComponent(pathname)) ?? [];
  if (name !== 'states') return refused({ status: 404, code: 'NoSuchBucket' }, method);
  if (searchParams.get('list-type') === '2') return listed(searchParams, bucket);
  const object = bucket.objects.get(key);
  if (object === undefined) return refused({ status: 404, code: 'NoSuchKey' }, method);
  if (object.refusal !== undefined) return refused(object.refusal, method);
  const { body, versionId } = object;
  const headers = {
    etag: `"${createHash('md5').update(body).digest('hex')}"`,
    'content-length': `${Buffer.byteLength(body)}`,
    ...(versionId === undefined ? {} : { 'x-amz-version-id': versionId }),
  };
  return (response) => void response.writeHead(200, headers).end(method === 'HEAD' ? undefined : body);
}

function refused({ status, code, message = code, more = '' }: StubRefusal, method: string): StubAnswer {
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message>${more}</Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body: method === 'HEAD' ? '' : body };
}

function listed(query: URLSearchParams, { objects, pageSize = 1000, listRefusal }: StubBucket): StubAnswer {
  if (listRefusal !== undefined) return refused(listRefusal, 'GET');
  const keys = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '')).sort();
  const start = Number(query.get('continuation-token') ?? 0);
  const isTruncated = start + pageSize < keys.length;
  const contents = keys.slice(start, start + pageSize).map((key) => `<Contents><Key>${key}</Key></Contents>`);
  const token = isTruncated ? `<NextContinuationToken>${start + pageSize}</NextContinuationToken>` : '';
  return {
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0"?><ListBucketResult><Name>states</Name><IsTruncated>${isTruncated}</IsTruncated>${token}${contents.join('')}</ListBucketResult>`,
  };
}
