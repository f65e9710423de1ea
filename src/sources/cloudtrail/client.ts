import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { boundedHttp } from '../aws/http.ts';
import type { AwsSession } from '../aws/session.ts';
import { SIDE_BY_SIDE } from './slices.ts';

/** How long a CloudTrail client waits. Times in milliseconds. */
export interface CloudTrailBounds {
  readonly connectMs: number;
  readonly answerMs: number;
}

/** LookupEvents was seen to take 35 s. */
const DEFAULT_BOUNDS: CloudTrailBounds = { connectMs: 5_000, answerMs: 60_000 };

/**
 * A client for one account in one Region. Endpoint variables (AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_CLOUDTRAIL) are read
 * by the SDK itself. It tries once: a retry inside the SDK would pass by the pacer, whose two turns a second are all
 * that the account has, so `lookUpEvents` tries again itself. The caller destroys it.
 */
export function cloudTrailClient(
  session: AwsSession,
  region: string,
  bounds: CloudTrailBounds = DEFAULT_BOUNDS,
): CloudTrailClient {
  return new CloudTrailClient({
    region,
    credentials: session.credentials,
    maxAttempts: 1,
    requestHandler: boundedHttp({ ...bounds, sockets: SIDE_BY_SIDE }),
  });
}
