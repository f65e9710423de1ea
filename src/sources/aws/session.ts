import type { AwsCredentialIdentityProvider } from '@aws-sdk/types';

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
