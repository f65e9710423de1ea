import type { Realm } from '../../model/key-arn.ts';
import type { ReportKey } from '../../model/report.ts';
import { toEpochMs } from '../../model/time.ts';
import { addressesOf, type DetailedFinding, keyNameOf } from '../detailed-finding.ts';
import { plainText } from '../plain-text.ts';

const TARGET = { role_id: 1, role: 'Target' };

/** The key that a finding is about. */
export function keyResource(detailed: DetailedFinding, realm: Realm | undefined): Readonly<Record<string, unknown>> {
  const { finding, key } = detailed;
  return {
    uid: plainText(finding.arn ?? finding.key),
    name: plainText(keyNameOf(detailed)),
    type: 'AWS::KMS::Key',
    ...TARGET,
    ...(realm === undefined ? {} : placeOf(realm)),
    ...(key === undefined ? {} : saidOf(key)),
  };
}

/** The account that a statement about coverage is about. */
export const accountResource = (realm: Realm): Readonly<Record<string, unknown>> => ({
  uid: plainText(realm.account),
  type: 'AWS::::Account',
  ...TARGET,
  ...placeOf(realm),
});

const placeOf = ({ partition, region }: Realm) => ({
  cloud_partition: plainText(partition),
  region: plainText(region),
  provider: 'AWS',
});

function saidOf(key: ReportKey) {
  const { createdAt, live, created } = key;
  const tags = Object.entries(live?.tags ?? {});
  const who = created?.principal ?? created?.invokedBy;
  return {
    ...(createdAt === null ? {} : { created_time: toEpochMs(createdAt) }),
    ...(tags.length === 0
      ? {}
      : { tags: tags.map(([name, value]) => ({ name: plainText(name), value: plainText(value) })) }),
    data: {
      addresses: addressesOf(key).map(plainText),
      aliases: key.aliases.map(plainText),
      ...(live?.keyState == null ? {} : { key_state: plainText(live.keyState) }),
      ...(who == null ? {} : { created_by: plainText(who) }),
      ...(created === null ? {} : { created_via: created.via }),
    },
  };
}
