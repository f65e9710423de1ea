import type { Coverage } from '../../src/model/coverage.ts';
import type { Actor } from '../../src/model/facts/cloudtrail.ts';
import type {
  ConfigurationFact,
  CreationFact,
  DeletionFact,
  Fact,
  ImportFact,
  LiveFact,
  PlannedFact,
  RootFact,
  StateAliasFact,
  StateFact,
  StateKeyStoreFact,
} from '../../src/model/facts.ts';
import { INVENTORY_VERSION, type Inventory, type InventoryHeader } from '../../src/model/inventory.ts';
import { type KeyArn, parseKeyArn, type Realm } from '../../src/model/key-arn.ts';
import { NO_OWNERSHIP } from '../../src/model/ownership.ts';
import { HOUR, type Instant } from '../../src/model/time.ts';

/** A scan's clock, in the order things happen: live keys, states, KMS once more. */
export const T = {
  longAgo: '2026-05-01T00:00:00.000Z',
  windowStart: '2026-08-25T12:00:00.000Z',
  created: '2026-11-01T12:00:00.000Z',
  live: '2026-11-23T12:00:00.000Z',
  states: '2026-11-23T12:00:10.000Z',
  secondLook: '2026-11-23T12:00:20.000Z',
} as const satisfies Record<string, Instant>;

export const REALM: Realm = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };
export const US_EAST_1: Realm = { ...REALM, region: 'us-east-1' };
export const LINEAGE = '6a1e9a52-0000-4000-8000-000000000001';
export const STATE = 'terraform.tfstate';

/** A key ARN that differs by number. */
export function keyArn(n: number, realm: Realm = REALM): KeyArn {
  const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  return arnOf(`arn:${realm.partition}:kms:${realm.region}:${realm.account}:key/${id}`);
}

export function multiRegionArn(n: number, realm: Realm = REALM): KeyArn {
  const id = `mrk-${String(n).padStart(32, '0')}`;
  return arnOf(`arn:${realm.partition}:kms:${realm.region}:${realm.account}:key/${id}`);
}

function arnOf(text: string): KeyArn {
  const parts = parseKeyArn(text);
  if (parts === undefined) throw new TypeError(text);
  return parts.arn;
}

const KNOWN = {
  keySpec: 'SYMMETRIC_DEFAULT',
  keyUsage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
  customKeyStoreId: null,
  xksKeyId: null,
  multiRegion: false,
} as const;

export const actor = (via: Actor['via'], over: Partial<Actor> = {}): Actor => ({
  principal: 'arn:aws:iam::111122223333:user/Alice',
  role: null,
  via,
  userAgent: null,
  invokedBy: null,
  ...over,
});

export const created = (arn: KeyArn, over: Partial<CreationFact> = {}): CreationFact => ({
  kind: 'created',
  arn,
  eventId: `event-of-${arn.slice(-6)}`,
  eventTime: T.created,
  actor: actor('terraform'),
  readAt: T.live,
  attributes: { ...KNOWN },
  unknown: {},
  ...over,
});

export const deletion = (arn: KeyArn, over: Partial<DeletionFact> = {}): DeletionFact => ({
  kind: 'deletion',
  arn,
  pendingWindowInDays: 30,
  eventId: `deletion-of-${arn.slice(-6)}`,
  eventTime: T.created,
  actor: actor('console'),
  readAt: T.live,
  ...over,
});

export const live = (arn: KeyArn, over: Partial<LiveFact> = {}): LiveFact => ({
  kind: 'live',
  arn,
  keyManager: 'CUSTOMER',
  keyState: 'Enabled',
  createdAt: T.created,
  deletionDate: null,
  pendingWindowInDays: null,
  validTo: null,
  expirationModel: null,
  aliases: [],
  family: null,
  readAt: T.secondLook,
  attributes: { ...KNOWN, multiRegionRole: null, primaryKeyArn: null, description: '', enabled: true },
  unknown: {},
  ...over,
});

/** A key that ListKeys names and DescribeKey denies. */
export const denied = (arn: KeyArn, over: Partial<LiveFact> = {}): LiveFact =>
  live(arn, { keyManager: null, keyState: null, createdAt: null, attributes: {}, ...over });

export const absent = (arn: KeyArn, readAt: Instant = T.secondLook): Fact => ({ kind: 'absent', arn, readAt });

export const held = (arn: KeyArn | null, over: Partial<StateFact> = {}): StateFact => ({
  kind: 'state',
  address: 'aws_kms_key.this',
  resourceType: 'aws_kms_key',
  mode: 'managed',
  status: 'current',
  arn,
  keyId: arn?.split('/')[1] ?? null,
  region: null,
  validTo: null,
  deletionWindowInDays: null,
  source: STATE,
  lineage: LINEAGE,
  serial: 4,
  errored: false,
  readAt: T.states,
  attributes: { ...KNOWN, description: '', enabled: true },
  unknown: {},
  ...over,
});

/** An alias in a state, bound to a key. */
export const heldAlias = (arn: KeyArn | null, over: Partial<StateAliasFact> = {}): StateAliasFact => ({
  kind: 'state-alias',
  address: 'aws_kms_alias.orders',
  mode: 'managed',
  name: 'alias/orders',
  aliasArn: null,
  targetKeyArn: arn,
  targetKeyId: null,
  ...IN_STATE,
  ...over,
});

/** A custom key store in a state. */
export const heldKeyStore = (id: string, over: Partial<StateKeyStoreFact> = {}): StateKeyStoreFact => ({
  kind: 'state-key-store',
  address: 'aws_kms_custom_key_store.hsm',
  mode: 'managed',
  id,
  name: 'hsm',
  region: null,
  ...IN_STATE,
  ...over,
});

const IN_STATE = { source: STATE, lineage: LINEAGE, serial: 4, errored: false, readAt: T.states } as const;

export const declared = (over: Partial<ConfigurationFact> = {}): ConfigurationFact => ({
  kind: 'configuration',
  address: 'aws_kms_key.this',
  resourceType: 'aws_kms_key',
  root: '.',
  path: 'main.tf',
  line: 1,
  instances: 'one',
  region: null,
  deletionWindowInDays: null,
  attributes: { ...KNOWN, enabled: true },
  unknown: {},
  readAt: T.states,
  ...over,
});

export const imports = (to: string, id: string | null, over: Partial<ImportFact> = {}): ImportFact => ({
  kind: 'import',
  to,
  id,
  root: '.',
  path: 'main.tf',
  line: 9,
  ...over,
});

export const kmsCovered = (realm: Realm = REALM): Coverage => ({
  source: 'kms',
  operation: 'ListKeys',
  ...realm,
  status: 'complete',
  readAt: T.live,
});

export const eventsCovered = (realm: Realm = REALM): Coverage => ({
  source: 'cloudtrail',
  operation: 'CreateKey',
  ...realm,
  window: { start: T.windowStart, end: T.live },
  status: 'complete',
  readAt: T.live,
});

export const stateCovered = (
  over: Partial<Coverage> & { lineage?: string; serial?: number; digest?: string } = {},
): Coverage => {
  const { lineage = LINEAGE, serial = 4, digest = 'd1', ...rest } = over;
  return {
    source: 'state',
    locator: STATE,
    status: 'complete',
    state: { lineage, serial, digest, errored: false, terraformVersion: '1.11.4' },
    readAt: T.states,
    ...rest,
  };
};

export const configurationCovered = (): Coverage => ({
  source: 'configuration',
  locator: '.',
  status: 'complete',
  readAt: T.states,
});

/** A scan of one Region with one state, all of it covered; a test takes away what it is about. */
export function inventory(
  facts: readonly Fact[],
  over: { header?: Partial<InventoryHeader>; coverage?: readonly Coverage[] } = {},
): Inventory {
  return {
    header: {
      kind: 'header',
      inventoryVersion: INVENTORY_VERSION,
      tool: { name: 'keydrift', version: '0.0.0' },
      startedAt: T.live,
      finishedAt: T.secondLook,
      asOf: T.live,
      window: { start: T.windowStart, end: T.live },
      estate: 'partial',
      graceMs: HOUR,
      scope: [REALM],
      ownership: NO_OWNERSHIP,
      requested: ['kms', 'cloudtrail', 'state', 'configuration'],
      ...over.header,
    },
    facts,
    coverage: over.coverage ?? [kmsCovered(), eventsCovered(), stateCovered(), configurationCovered()],
    diagnostics: [],
  };
}

export const root = (
  name: string,
  states: readonly string[] | null,
  reach: Partial<RootFact['reach']> = {},
): RootFact => ({
  kind: 'root',
  root: name,
  states: states === null ? null : [...states],
  reach: { accounts: null, regions: null, ...reach },
});

export const planned = (over: Partial<PlannedFact> = {}): PlannedFact => ({
  kind: 'planned',
  plan: 'plan.json',
  root: null,
  address: 'aws_kms_key.this',
  previousAddress: null,
  resourceType: 'aws_kms_key',
  deposed: false,
  arn: null,
  keyId: null,
  action: 'none',
  createsFirst: false,
  reason: null,
  because: [],
  deletionWindowInDays: null,
  attributes: {},
  unknown: {},
  readAt: T.states,
  ...over,
});
