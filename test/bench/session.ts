import type { AwsSession } from '../../src/sources/aws/session.ts';
import { REALM } from '../support/facts.ts';

/** Credentials as AWS's documentation writes them. */
export const CREDENTIALS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };

/** A session in the emulator's one account. */
export const SESSION: AwsSession = {
  partition: REALM.partition,
  account: REALM.account,
  caller: 'arn:aws:iam::111122223333:user/operator',
  credentials: async () => CREDENTIALS,
  defaultRegion: undefined,
};
