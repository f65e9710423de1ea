import { parseKeyArn, type Realm } from '../../../../src/model/key-arn.ts';
import { DAY } from '../../../../src/model/time.ts';
import { type Cloud, contentsOf, type EmulatedKey } from '../cloud.ts';
import { digest, multiRegionIdOf, uuidOf } from '../ids.ts';
import { usualUsage } from '../kms/algorithms.ts';
import { firstState, newKey, USUAL_ROTATION_DAYS } from '../kms/key.ts';
import { recordsOfKey, scheduledAt } from './key-records.ts';
import { realmOf } from './place.ts';
import type { WorldKey, WorldReplica } from './schema.ts';

/** Older than CloudTrail's 90 days: the creation record is out of reach. */
const OLD_KEY_MS = 400 * DAY;
const RECENT_KEY_MS = 10 * DAY;

/** `00000000-0000-4000-8000-000000000007` for 7. */
export const numberedId = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

function idOf(key: WorldKey, multiRegion: boolean, name: string): string {
  if (typeof key.id === 'string') return key.id;
  const uuid = key.id === undefined ? uuidOf(name) : numberedId(key.id);
  return multiRegion ? multiRegionIdOf(uuid) : uuid;
}

/** A key made long ago, unless somebody's creation record is asked for. */
function createdAt(key: WorldKey | WorldReplica, now: number): number {
  if (key.created !== undefined) return key.created(now);
  return now - (key.createdBy === undefined ? OLD_KEY_MS : RECENT_KEY_MS);
}

const policyOf = (key: WorldKey | WorldReplica): { policy?: string } => {
  if (key.policy === undefined) return {};
  return { policy: typeof key.policy === 'string' ? key.policy : JSON.stringify(key.policy) };
};

function deletionOf(key: WorldKey | WorldReplica, state: string, now: number) {
  if (state !== 'PendingDeletion' && state !== 'PendingReplicaDeletion') return {};
  const pendingWindowInDays = key.deletion?.windowDays ?? 30;
  if (state === 'PendingReplicaDeletion') return { pendingWindowInDays };
  return { pendingWindowInDays, deletionDate: scheduledAt(key, now) + pendingWindowInDays * DAY };
}

function materialOf(key: WorldKey | WorldReplica, origin: string, state: string, now: number) {
  if (origin !== 'EXTERNAL' || state === 'PendingImport') return {};
  return { material: { digest: digest('world'), validTo: key.validTo?.(now) } };
}

type Shared = Pick<
  EmulatedKey,
  'spec' | 'usage' | 'origin' | 'manager' | 'multiRegion' | 'keyStoreId' | 'xksKeyId' | 'rotation' | 'primaryRegion'
>;

/** What the world implies of a key's state when it does not name one. */
function usualState(cloud: Cloud, realm: Realm, shared: Shared, key: WorldKey | WorldReplica): string {
  if (key.deletion !== undefined) {
    const replicas = 'replicas' in key ? (key.replicas ?? []) : [];
    return replicas.some(({ deleted }) => deleted === undefined) ? 'PendingReplicaDeletion' : 'PendingDeletion';
  }
  if (key.validTo !== undefined) return 'Enabled';
  const store = contentsOf(cloud, realm).keyStores.get(shared.keyStoreId ?? '');
  return store?.connectionState === 'DISCONNECTED' ? 'Unavailable' : firstState(shared.origin);
}

function keyIn(cloud: Cloud, realm: Realm, keyId: string, shared: Shared, key: WorldKey | WorldReplica, now: number) {
  const state = key.state ?? usualState(cloud, realm, shared, key);
  return newKey({
    ...shared,
    realm,
    keyId,
    state,
    createdAt: createdAt(key, now),
    fresh: false,
    description: key.description,
    ...policyOf(key),
    tags: new Map(Object.entries(key.tags)),
    ...deletionOf(key, state, now),
    ...materialOf(key, shared.origin, state, now),
    lastUsed: key.lastUsed === undefined ? undefined : { ...key.lastUsed, at: key.lastUsed.at(now) },
    denied: new Set(key.deny),
  });
}

function originOf(cloud: Cloud, realm: Realm, key: WorldKey, name: string): string {
  if (key.origin !== undefined) return key.origin;
  if (key.keyStore === undefined) return 'AWS_KMS';
  const store = contentsOf(cloud, realm).keyStores.get(key.keyStore);
  if (store === undefined) throw new Error(`${name}: the world has no key store ${key.keyStore} in ${realm.region}`);
  return store.type;
}

function sharedOf(cloud: Cloud, realm: Realm, key: WorldKey, multiRegion: boolean, now: number, name: string): Shared {
  const periodInDays = typeof key.rotation === 'object' ? key.rotation.days : USUAL_ROTATION_DAYS;
  return {
    spec: key.spec,
    usage: key.usage ?? usualUsage(key.spec),
    origin: originOf(cloud, realm, key, name),
    manager: key.manager,
    multiRegion,
    primaryRegion: multiRegion ? key.region : undefined,
    keyStoreId: key.keyStore,
    xksKeyId: key.xksKeyId,
    rotation: { enabled: key.rotation !== false, periodInDays, enabledAt: createdAt(key, now) },
  };
}

function place(cloud: Cloud, key: EmulatedKey, world: WorldKey | WorldReplica, name: string): void {
  const { keys, aliases } = contentsOf(cloud, key.realm);
  if (parseKeyArn(key.arn) === undefined) throw new Error(`${name}: "${key.arn}" is no key ARN: check id and region`);
  if (keys.has(key.keyId)) throw new Error(`${name}: ${key.arn} stands twice in the world`);
  keys.set(key.keyId, key);
  for (const alias of world.aliases) {
    const arn = `${key.arn.slice(0, key.arn.indexOf(':key/'))}:${alias}`;
    aliases.set(alias, {
      name: alias,
      arn,
      targetKeyId: key.keyId,
      createdAt: key.createdAt,
      updatedAt: key.createdAt,
    });
  }
}

/** Puts a key and its replicas into the cloud, with the records they leave. */
export function loadKey(cloud: Cloud, now: number, world: WorldKey, name: string): void {
  const realm = realmOf(cloud, world);
  const multiRegion = world.multiRegion || world.replicas !== undefined || String(world.id).startsWith('mrk-');
  const keyId = idOf(world, multiRegion, name);
  const shared = sharedOf(cloud, realm, world, multiRegion, now, name);
  const members = [world, ...(world.replicas ?? [])].map((member) => ({
    member,
    key: keyIn(cloud, { ...realm, region: member.region }, keyId, shared, member, now),
  }));
  for (const { member, key } of members) place(cloud, key, member, name);
  // Records show the family as it was made, so they are written while all members are there.
  for (const { member, key } of members) recordsOfKey(cloud, now, key, member, name);
  for (const { key } of members) key.primaryRegion = world.primaryRegion ?? key.primaryRegion;
  for (const { member, key } of members) if (member.deleted !== undefined) remove(cloud, key);
}

function remove(cloud: Cloud, key: EmulatedKey): void {
  const { keys, aliases } = contentsOf(cloud, key.realm);
  keys.delete(key.keyId);
  for (const [name, alias] of aliases) if (alias.targetKeyId === key.keyId) aliases.delete(name);
}
