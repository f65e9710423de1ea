import { S3Client } from '@aws-sdk/client-s3';
import { boundedHttp } from '../../../aws/http.ts';
import { type Env, variable } from '../../../aws/profile.ts';
import type { AwsSession } from '../../../aws/session.ts';

/** Time in milliseconds; a body may take longer as long as it keeps coming. */
const BOUNDS = { connectMs: 5_000, answerMs: 30_000, sockets: 8 };
const ATTEMPTS = 5;
/** The Region that S3 answers from when nobody names one. */
const FIRST_REGION = 'us-east-1';

/**
 * A client with the scan's credentials. A bucket in another Region is asked there, as S3 says. What stands behind
 * AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL seldom has a name for each bucket, so the bucket goes into the path there. The
 * caller destroys it.
 */
export function s3Client(session: AwsSession, region: string | undefined, env: Env): S3Client {
  const endpoint = variable(env, 'AWS_ENDPOINT_URL_S3') ?? variable(env, 'AWS_ENDPOINT_URL');
  return new S3Client({
    region: region ?? session.defaultRegion ?? FIRST_REGION,
    credentials: session.credentials,
    maxAttempts: ATTEMPTS,
    followRegionRedirects: true,
    requestHandler: boundedHttp(BOUNDS),
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
  });
}
