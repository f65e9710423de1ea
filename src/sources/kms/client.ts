import { KMSClient } from '@aws-sdk/client-kms';
import { boundedHttp } from '../aws/http.ts';
import type { AwsSession } from '../aws/session.ts';
import { CONCURRENCY } from './limits.ts';

/** How long and how often a KMS client tries. Times in milliseconds. */
export interface KmsBounds {
  readonly attempts: number;
  readonly connectMs: number;
  readonly answerMs: number;
}

/** KMS answers in milliseconds; ten seconds of silence are a broken path, not a slow answer. */
const DEFAULT_BOUNDS: KmsBounds = { attempts: 6, connectMs: 5_000, answerMs: 10_000 };

/** ListKeys and ListAliases page beside the described keys. */
const PAGING_CALLS = 2;

/**
 * A client for one account in one Region. Endpoint variables (AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_KMS) are read by the
 * SDK itself. Adaptive retry slows the whole client down when KMS throttles, since its quotas are shared with the
 * account's own workloads. The caller destroys it.
 */
export function kmsClient(session: AwsSession, region: string, bounds: KmsBounds = DEFAULT_BOUNDS): KMSClient {
  return new KMSClient({
    region,
    credentials: session.credentials,
    retryMode: 'adaptive',
    maxAttempts: bounds.attempts,
    requestHandler: boundedHttp({ ...bounds, sockets: CONCURRENCY + PAGING_CALLS }),
  });
}
