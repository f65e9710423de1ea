import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { KMSClient } from '@aws-sdk/client-kms';
import { STSClient } from '@aws-sdk/client-sts';
import type { Emulator } from './emulator.ts';

const ACCESS_KEY = 'AKIAIOSFODNN7EXAMPLE';

/** Unmodified SDK clients that ask the emulator, without retries. */
export function clientsOf(emulator: Emulator, region = 'eu-west-1', accessKeyId = ACCESS_KEY) {
  const credentials = { accessKeyId, secretAccessKey: 'not checked' };
  const config = { endpoint: emulator.url, region, credentials, maxAttempts: 1 };
  return { kms: new KMSClient(config), cloudtrail: new CloudTrailClient(config), sts: new STSClient(config) };
}

/** The environment in which keydrift, the aws CLI and other programs ask the emulator. */
export const awsEnvironment = (emulator: Emulator, region = 'eu-west-1', accessKeyId = ACCESS_KEY) => ({
  AWS_ENDPOINT_URL: emulator.url,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: 'not checked',
  AWS_EC2_METADATA_DISABLED: 'true',
});
