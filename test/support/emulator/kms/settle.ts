import { DAY } from '../../../../src/model/time.ts';
import { type Cloud, contentsOf, type EmulatedKey } from '../cloud.ts';
import { recordServiceEvent } from '../cloudtrail/writes.ts';
import { familyOf, isPrimary, replicasOf } from './metadata.ts';

interface Due {
  readonly at: number;
  readonly happen: () => void;
}

function startPrimaryDeletion(cloud: Cloud, member: EmulatedKey, at: number): void {
  if (!isPrimary(member) || member.state !== 'PendingReplicaDeletion' || replicasOf(cloud, member).length > 0) return;
  member.state = 'PendingDeletion';
  member.deletionDate = at + (member.pendingWindowInDays ?? 0) * DAY;
}

function storeData(cloud: Cloud, key: EmulatedKey) {
  const store = key.keyStoreId === undefined ? undefined : contentsOf(cloud, key.realm).keyStores.get(key.keyStoreId);
  if (store === undefined) return {};
  const cluster = store.clusterId === undefined ? {} : { clusterId: store.clusterId };
  return { extra: { additionalEventData: { customKeyStoreId: store.id, ...cluster } } };
}

/** A key whose waiting period ended: it and its aliases are gone, and a DeleteKey service event says so. */
function deleteKey(cloud: Cloud, key: EmulatedKey, at: number): void {
  const { keys, aliases } = contentsOf(cloud, key.realm);
  const family = familyOf(cloud, key);
  keys.delete(key.keyId);
  for (const alias of [...aliases.values()].filter(({ targetKeyId }) => targetKeyId === key.keyId))
    aliases.delete(alias.name);
  recordServiceEvent(cloud, key.realm, { eventName: 'DeleteKey', at, keyArn: key.arn, ...storeData(cloud, key) });
  for (const member of family) startPrimaryDeletion(cloud, member, at);
}

function expireMaterial(cloud: Cloud, key: EmulatedKey, at: number): void {
  key.material = undefined;
  if (key.state === 'Enabled' || key.state === 'Disabled') key.state = 'PendingImport';
  recordServiceEvent(cloud, key.realm, { eventName: 'DeleteExpiredKeyMaterial', at, keyArn: key.arn });
}

function dueOf(cloud: Cloud, key: EmulatedKey): readonly Due[] {
  const { settles, deletionDate } = key;
  const validTo = key.material?.validTo;
  return [
    ...(settles === undefined
      ? []
      : [
          {
            at: settles.at,
            happen: () => {
              key.state = settles.state;
              key.settles = undefined;
            },
          },
        ]),
    ...(validTo === undefined ? [] : [{ at: validTo, happen: () => expireMaterial(cloud, key, validTo) }]),
    ...(deletionDate === undefined ? [] : [{ at: deletionDate, happen: () => deleteKey(cloud, key, deletionDate) }]),
  ];
}

const waits = (key: EmulatedKey): boolean =>
  key.settles !== undefined || key.deletionDate !== undefined || key.material?.validTo !== undefined;

function nextDue(cloud: Cloud): Due | undefined {
  const now = cloud.clock.now();
  let first: Due | undefined;
  for (const { contents } of cloud.realms.values()) {
    for (const key of contents.keys.values()) {
      // Asked before each call, so nothing is allocated for the many keys that wait for nothing.
      if (!waits(key)) continue;
      for (const due of dueOf(cloud, key)) if (due.at <= now && (first === undefined || due.at < first.at)) first = due;
    }
  }
  return first;
}

/** Lets everything happen that has come due by the world's time, in its order. */
export function settle(cloud: Cloud): void {
  for (let due = nextDue(cloud); due !== undefined; due = nextDue(cloud)) due.happen();
}
