import { DAY } from '../../../../src/model/time.ts';
import type { Clock } from '../clock.ts';
import { type Cloud, contentsOf, type EmulatedAccount } from '../cloud.ts';
import { idSequence } from '../ids.ts';
import { aliasArn } from '../kms/resolve.ts';
import { loadKey } from './keys.ts';
import { realmOf } from './place.ts';
import { loadRecord } from './records.ts';
import type { ReadWorld, WorldKeyStore } from './schema.ts';
import { loadStack } from './stacks.ts';

/** How long KMS has kept last uses when the world does not say. */
const USUAL_TRACKING_MS = 200 * DAY;

function loadAccount(account: ReadWorld['accounts'][number]): EmulatedAccount {
  return {
    id: account.id,
    partition: account.partition,
    accessKeys: new Map(Object.entries(account.accessKeys ?? {})),
    open: account.accessKeys === undefined,
    roles: account.roles === undefined ? undefined : new Set(account.roles),
  };
}

function loadKeyStore(cloud: Cloud, store: WorldKeyStore): void {
  const external = store.type === 'EXTERNAL_KEY_STORE';
  contentsOf(cloud, realmOf(cloud, store)).keyStores.set(store.id, {
    id: store.id,
    name: store.name ?? store.id,
    type: store.type,
    connectionState: store.state,
    clusterId: external ? undefined : store.clusterId,
    trustAnchorCertificate: external ? undefined : 'trust anchor',
    xksProxy: external
      ? {
          connectivity: 'PUBLIC_ENDPOINT',
          uriEndpoint: 'https://xks.example.com',
          uriPath: '/kms/xks/v1',
          accessKeyId: 'ABCDE12345670EXAMPLE',
          vpcEndpointServiceName: undefined,
        }
      : undefined,
    createdAt: cloud.clock.now(),
  });
}

/** A name such as alias/aws/ebs that stands for no key until its service is first used. */
function loadAwsAlias(cloud: Cloud, alias: ReadWorld['awsAliases'][number]): void {
  const realm = realmOf(cloud, alias);
  const now = cloud.clock.now();
  contentsOf(cloud, realm).aliases.set(alias.name, {
    name: alias.name,
    arn: aliasArn({ realm }, alias.name),
    targetKeyId: undefined,
    createdAt: now,
    updatedAt: now,
  });
}

/** The cloud that a world describes, at `now`. Throws when parts of the world contradict each other. */
export function loadWorld(world: ReadWorld, now: number, clock: Clock): Cloud {
  const cloud: Cloud = {
    clock,
    limits: world.limits,
    usageTrackedSince: world.usageTrackedSince?.(now) ?? now - USUAL_TRACKING_MS,
    accounts: new Map(world.accounts.map((account) => [account.id, loadAccount(account)])),
    regions: world.regions === undefined ? undefined : new Set(world.regions),
    realms: new Map(),
    nextId: idSequence('emulator'),
  };
  for (const store of world.keyStores) loadKeyStore(cloud, store);
  for (const stack of world.stacks) loadStack(cloud, stack);
  for (const alias of world.awsAliases) loadAwsAlias(cloud, alias);
  world.keys.forEach((key, index) => {
    loadKey(cloud, now, key, `key ${index}`);
  });
  world.records.forEach((record, index) => {
    loadRecord(cloud, now, record, `record ${index}`);
  });
  return cloud;
}
