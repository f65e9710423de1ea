import type { Realm } from '../../model/key-arn.ts';
import type { ReportKey } from '../../model/report.ts';
import { toEpochMs } from '../../model/time.ts';
import type { DetailedFinding } from '../detailed-finding.ts';
import { plainText } from '../plain-text.ts';
import { MAP_ENTRIES, text, texts } from './limits.ts';

/** The partitions that the format knows (Security Hub API reference, Resource). */
const PARTITIONS: readonly string[] = ['aws', 'aws-cn', 'aws-us-gov'];

/** The key that a finding is about, with what KMS says of it. */
export function keyResource({ finding, key }: DetailedFinding, realm: Realm): Readonly<Record<string, unknown>> {
  const tags = Object.entries(key?.live?.tags ?? {}).slice(0, MAP_ENTRIES);
  return {
    Type: 'AwsKmsKey',
    Id: text('resourceId', finding.arn ?? finding.key),
    ...placeOf(realm),
    ...(tags.length === 0 ? {} : { Tags: tagTexts(tags) }),
    ...(key === undefined ? {} : { Details: { AwsKmsKey: detailsOf(key, realm) } }),
  };
}

/** The account that a statement about coverage is about. */
export const accountResource = (realm: Realm): Readonly<Record<string, unknown>> => ({
  Type: 'AwsAccount',
  Id: `AWS::::Account:${realm.account}`,
  ...placeOf(realm),
});

const placeOf = ({ partition, region }: Realm): Readonly<Record<string, string>> => ({
  ...(PARTITIONS.includes(partition) ? { Partition: partition } : {}),
  Region: region,
});

/** A tag without a value is left out: no value of the format may be blank. */
const tagTexts = (tags: readonly (readonly [string, string])[]): Record<string, string> =>
  Object.fromEntries(
    tags
      .filter(([name, value]) => plainText(name + value).trim() !== '' && value.trim() !== '')
      .map(([name, value]) => [text('tagKey', name), text('tagValue', value)]),
  );

function detailsOf({ keyId, createdAt, live }: ReportKey, { account }: Realm): Readonly<Record<string, unknown>> {
  return {
    AWSAccountId: account,
    ...(createdAt === null ? {} : { CreationDate: toEpochMs(createdAt) / 1000 }),
    ...texts('detail', {
      KeyId: keyId,
      KeyManager: live?.keyManager,
      KeyState: live?.keyState,
      Origin: live?.origin,
      Description: live?.description,
    }),
    ...(live?.rotationEnabled === undefined ? {} : { KeyRotationStatus: live.rotationEnabled }),
  };
}
