import type { GetCallerIdentityCommandOutput, STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentityProvider } from '@aws-sdk/types';
import { UserError } from '../../errors.ts';
import { chooseCredentials } from './credentials.ts';
import { assertEndpoints } from './endpoint.ts';
import { boundedHttp } from './http.ts';
import { type Env, variable } from './profile.ts';
import { homeRegion, regionNamed } from './region.ts';
import { sessionProblem } from './session-problem.ts';

/** Who we are, proved by STS GetCallerIdentity, and how clients are made for us. One per account scanned. */
export interface AwsSession {
  readonly partition: string;
  readonly account: string;
  /** ARN of the caller, for messages. */
  readonly caller: string;
  readonly credentials: AwsCredentialIdentityProvider;
  /** The profile's Region; undefined when neither profile nor environment names one. */
  readonly defaultRegion: string | undefined;
}

/** Whose session is wanted. */
export interface SessionQuestion {
  readonly profile?: string;
  /** A Region that will be scanned: where STS is asked when neither profile nor environment names a Region. */
  readonly region?: string;
  readonly env: Env;
  readonly signal?: AbortSignal;
}

const BOUNDS = { connectMs: 5_000, answerMs: 10_000, sockets: 1 };
const ATTEMPTS = 3;

/**
 * Finds credentials and asks STS whose they are. Whatever a user can mend (no credentials, an expired token, an unknown
 * profile, no Region, STS out of reach) is a UserError. The SDK is loaded on the first call. It warns once on stderr
 * about Node 20 unless the host sets AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED to "true" before.
 */
export async function openSession({ env, signal, ...question }: SessionQuestion): Promise<AwsSession> {
  assertEndpoints(env);
  const chosen = await chooseCredentials(question.profile, env);
  const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const defaultRegion = await homeRegion(env, () => new STSClient(chosen.profile).config.region());
  const region = defaultRegion ?? stsRegion(question.region);
  const client = new STSClient({
    ...chosen.profile,
    region,
    credentials: chosen.credentials,
    maxAttempts: ATTEMPTS,
    requestHandler: boundedHttp(BOUNDS),
  });
  try {
    const identity = await client.send(
      new GetCallerIdentityCommand({}),
      signal === undefined ? {} : { abortSignal: signal },
    );
    return { ...callerOf(identity), credentials: chosen.credentials, defaultRegion };
  } catch (error) {
    signal?.throwIfAborted();
    throw sessionProblem(error, { region, profile: chosen.profile.profile, endpoint: endpointOf(client, region, env) });
  } finally {
    client.destroy();
  }
}

function stsRegion(region: string | undefined): string {
  if (region !== undefined) return regionNamed(region);
  throw new UserError("no Region: give --region, or set AWS_REGION or the profile's region");
}

/** `arn:aws:sts::111122223333:assumed-role/…`, `arn:aws-cn:iam::111122223333:user/…`, `arn:aws:iam::111122223333:root`. */
function callerOf({ Arn: caller, Account: account }: GetCallerIdentityCommandOutput) {
  const [, partition, owner] = /^arn:(aws[a-z-]*):(?:sts|iam)::(\d{12}):./.exec(caller ?? '') ?? [];
  if (caller === undefined || partition === undefined || owner === undefined || owner !== account) {
    throw new Error(`it answered with the account ${account ?? 'none'} and the caller ${caller ?? 'none'}`);
  }
  return { partition, account: owner, caller };
}

/** The place that was asked, without a password that its URL might carry. */
function endpointOf(client: STSClient, Region: string, env: Env): string {
  const set = variable(env, 'AWS_ENDPOINT_URL_STS') ?? variable(env, 'AWS_ENDPOINT_URL');
  return set === undefined ? client.config.endpointProvider({ Region }).url.host : new URL(set).host;
}
