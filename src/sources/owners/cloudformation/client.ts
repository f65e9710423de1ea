import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { boundedHttp } from '../../aws/http.ts';
import type { AwsSession } from '../../aws/session.ts';

/** Calls side by side: the pacer spaces them, so that more would only wait. */
export const CONCURRENCY = 4;

/** Times in milliseconds. CloudFormation answers in tenths of a second, and slower when it is busy. */
const BOUNDS = { connectMs: 5_000, answerMs: 20_000, sockets: CONCURRENCY };

/** Throttling is what to expect of CloudFormation, and passes: more attempts than for other services. */
const ATTEMPTS = 8;

/**
 * A client for one account in one Region. Endpoint variables (AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_CLOUDFORMATION) are
 * read by the SDK itself. The caller destroys it.
 */
export const cloudFormationClient = (session: AwsSession, region: string): CloudFormationClient =>
  new CloudFormationClient({
    region,
    credentials: session.credentials,
    retryMode: 'adaptive',
    maxAttempts: ATTEMPTS,
    requestHandler: boundedHttp(BOUNDS),
  });
