import type { AwsCredentialIdentityProvider, Logger } from '@aws-sdk/types';
import { assertProfile, type Env, variable } from './profile.ts';

const ignore = (): void => {};

/** The chain warns on the console when a profile and static keys are both there; which of them counts is settled below. */
const quiet: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function staticKeys(env: Env): AwsCredentialIdentityProvider | undefined {
  const accessKeyId = variable(env, 'AWS_ACCESS_KEY_ID');
  const secretAccessKey = variable(env, 'AWS_SECRET_ACCESS_KEY');
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  const sessionToken = variable(env, 'AWS_SESSION_TOKEN');
  const keys = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  return async () => keys;
}

/** Where credentials come from; `profile` is what else of the shared files counts (Region, endpoint). */
export interface ChosenCredentials {
  readonly credentials: AwsCredentialIdentityProvider;
  readonly profile: { readonly profile?: string };
}

/**
 * Credentials as Terraform and the AWS CLI find them: a named profile, else static keys in the environment, else
 * AWS_PROFILE, else the SDK's chain. (The SDK alone lets AWS_PROFILE win over static keys, and would look at another
 * account than Terraform manages.) The chain remembers credentials and renews them before they expire.
 */
export async function chooseCredentials(named: string | undefined, env: Env): Promise<ChosenCredentials> {
  const name = named ?? variable(env, 'AWS_PROFILE');
  const profile = name === undefined ? {} : { profile: name };
  const keys = named === undefined ? staticKeys(env) : undefined;
  if (keys !== undefined) return { credentials: keys, profile };
  if (name !== undefined) await assertProfile(name, env);
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  return { credentials: fromNodeProviderChain({ logger: quiet, ...profile }), profile };
}
