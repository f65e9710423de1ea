import { SOURCES } from '../../../src/model/coverage.ts';
import { VIAS } from '../../../src/model/facts/cloudtrail.ts';
import { plannedFactSchema } from '../../../src/model/facts/plan.ts';
import { type Fact, factSchema } from '../../../src/model/facts.ts';
import { ESTATES, type Inventory } from '../../../src/model/inventory.ts';
import { keyArnIn } from '../../../src/model/key-arn.ts';
import { toInstant } from '../../../src/model/time.ts';
import fc from '../../support/fast-check.ts';

const text = fc.string({ unit: 'binary', maxLength: 12 });
const name = fc.constantFrom('aws_kms_key.orders', 'module.ledger["eu"].aws_kms_key.this[0]', 'alias/vault/root');
const whole = fc.nat(4000);
const instant = fc.integer({ min: 0, max: 4_000_000_000_000 }).map(toInstant);
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value);
const literal = <const T extends string>(value: T) => fc.constant(value);

const realm = fc.record({
  partition: fc.constantFrom('aws', 'aws-cn'),
  account: fc.constantFrom('111122223333', '444455556666'),
  region: fc.constantFrom('eu-west-1', 'cn-north-1'),
});
const arn = fc.tuple(realm, fc.uuid()).map(([where, id]) => keyArnIn(where, id)!);

/** zod drops a `__proto__` entry on purpose; a tag cannot be worth the risk of carrying it. */
const tags = fc.dictionary(
  text.filter((key) => key !== '__proto__'),
  text,
  { noNullPrototype: true, maxKeys: 3 },
);
const attested = {
  attributes: fc.record(
    {
      keySpec: text,
      customKeyStoreId: orNull(text),
      multiRegion: fc.boolean(),
      multiRegionRole: orNull(fc.constantFrom('PRIMARY' as const, 'REPLICA' as const)),
      description: text,
      rotationPeriodDays: orNull(whole),
      policy: text,
      tags,
    },
    { requiredKeys: [] },
  ),
  unknown: fc.record({ enabled: text, origin: text }, { requiredKeys: [] }),
};
const actor = fc.record({
  principal: orNull(text),
  role: orNull(text),
  via: fc.constantFrom(...VIAS),
  userAgent: orNull(text),
  invokedBy: orNull(text),
});
const recorded = { arn, eventId: fc.uuid(), eventTime: instant, actor, readAt: instant };
const block = { root: text, path: text, line: fc.integer({ min: 1, max: 5000 }) };
const stateOrigin = { source: text, lineage: fc.uuid(), serial: whole, errored: fc.boolean(), readAt: instant };
const names = orNull(fc.array(text, { maxLength: 2 }));
const reach = fc.record({ accounts: names, regions: names });
const plan = {
  plan: text,
  root: orNull(text),
  address: name,
  arn: orNull(arn),
  keyId: orNull(fc.uuid()),
  deletionWindowInDays: orNull(whole),
  readAt: instant,
};
const mode = fc.constantFrom('managed' as const, 'data' as const);

const facts: { readonly [K in Fact['kind']]: fc.Arbitrary<Extract<Fact, { kind: K }>> } = {
  created: fc.record({ kind: literal('created'), ...recorded, ...attested }),
  replicated: fc.record({ kind: literal('replicated'), primaryArn: arn, ...recorded }),
  deletion: fc.record({ kind: literal('deletion'), pendingWindowInDays: orNull(whole), ...recorded }),
  state: fc.record({
    kind: literal('state'),
    address: name,
    resourceType: literal('aws_kms_key'),
    mode,
    status: fc.constantFrom('current' as const, 'tainted' as const, 'deposed' as const),
    arn: orNull(arn),
    keyId: orNull(fc.uuid()),
    region: orNull(text),
    validTo: orNull(instant),
    deletionWindowInDays: orNull(whole),
    ...stateOrigin,
    ...attested,
  }),
  'state-alias': fc.record({
    kind: literal('state-alias'),
    address: name,
    mode,
    name,
    aliasArn: orNull(text),
    targetKeyArn: orNull(arn),
    targetKeyId: orNull(fc.uuid()),
    ...stateOrigin,
  }),
  'state-policy': fc.record(
    {
      kind: literal('state-policy'),
      address: name,
      keyArn: orNull(arn),
      keyId: orNull(fc.uuid()),
      policy: orNull(text),
      unknownPolicy: text,
      ...stateOrigin,
    },
    {
      requiredKeys: [
        'kind',
        'address',
        'keyArn',
        'keyId',
        'policy',
        'source',
        'lineage',
        'serial',
        'errored',
        'readAt',
      ],
    },
  ),
  'state-key-store': fc.record({
    kind: literal('state-key-store'),
    address: name,
    mode,
    id: text,
    name: orNull(text),
    region: orNull(text),
    ...stateOrigin,
  }),
  'state-modules': fc.record({
    kind: literal('state-modules'),
    modules: fc.array(name, { maxLength: 3 }),
    ...stateOrigin,
  }),
  root: fc.record({ kind: literal('root'), root: text, states: orNull(fc.array(text, { maxLength: 2 })), reach }),
  planned: fc.record({
    kind: literal('planned'),
    ...plan,
    previousAddress: orNull(name),
    resourceType: literal('aws_kms_key'),
    deposed: fc.boolean(),
    action: fc.constantFrom(...plannedFactSchema.shape.action.options),
    createsFirst: fc.boolean(),
    reason: orNull(text),
    because: fc.array(text, { maxLength: 2 }),
    ...attested,
  }),
  'plan-drift': fc.record({
    kind: literal('plan-drift'),
    ...plan,
    resourceType: literal('aws_kms_key'),
    change: fc.constantFrom('deleted' as const, 'changed' as const),
  }),
  owner: fc.record({
    kind: literal('owner'),
    arn,
    tool: fc.constantFrom('cloudformation' as const, 'pulumi' as const),
    name,
    source: text,
    resource: orNull(text),
    status: fc.constantFrom('active' as const, 'left' as const),
    readAt: instant,
  }),
  'last-usage': fc.record({
    kind: literal('last-usage'),
    arn,
    usedAt: orNull(instant),
    operation: orNull(text),
    eventId: orNull(text),
    trackingStart: instant,
    readAt: instant,
  }),
  configuration: fc.record({
    kind: literal('configuration'),
    address: name,
    resourceType: literal('aws_kms_key'),
    instances: fc.constantFrom('one' as const, 'none' as const, 'unknown' as const),
    region: orNull(text),
    deletionWindowInDays: orNull(whole),
    readAt: instant,
    ...block,
    ...attested,
  }),
  'configuration-alias': fc.record({
    kind: literal('configuration-alias'),
    address: name,
    instances: fc.constantFrom('one' as const, 'unknown' as const),
    name: orNull(text),
    keys: fc.array(name, { maxLength: 2 }),
    targetKeyArn: orNull(arn),
    targetKeyId: orNull(fc.uuid()),
    readAt: instant,
    ...block,
  }),
  'configuration-key-store': fc.record({
    kind: literal('configuration-key-store'),
    address: name,
    instances: fc.constantFrom('one' as const, 'unknown' as const),
    name: orNull(text),
    type: orNull(text),
    readAt: instant,
    ...block,
  }),
  import: fc.record(
    { kind: literal('import'), to: name, id: orNull(text), unknownId: text, ...block },
    { requiredKeys: ['kind', 'to', 'id', 'root', 'path', 'line'] },
  ),
  moved: fc.record({ kind: literal('moved'), from: name, to: name, ...block }),
  removed: fc.record({ kind: literal('removed'), from: name, destroy: orNull(fc.boolean()), ...block }),
  anchor: fc.record({
    kind: literal('anchor'),
    block: fc.constantFrom('provider' as const, 'backend' as const, 'cloud' as const),
    region: orNull(text),
    accounts: fc.array(text, { maxLength: 2 }),
    ...block,
  }),
  live: fc.record({
    kind: literal('live'),
    arn,
    keyManager: orNull(text),
    keyState: orNull(text),
    createdAt: orNull(instant),
    deletionDate: orNull(instant),
    pendingWindowInDays: orNull(whole),
    validTo: orNull(instant),
    expirationModel: orNull(text),
    aliases: orNull(fc.array(text, { maxLength: 3 })),
    family: orNull(fc.record({ primary: arn, replicas: fc.array(arn, { maxLength: 2 }) })),
    readAt: instant,
    ...attested,
  }),
  absent: fc.record({ kind: literal('absent'), arn, readAt: instant }),
  'key-store': fc.record({
    kind: literal('key-store'),
    realm,
    id: text,
    name: orNull(text),
    type: orNull(text),
    connectionState: orNull(text),
    readAt: instant,
  }),
};

const source = fc.constantFrom(...SOURCES);
const coverage = fc.record(
  {
    source,
    operation: text,
    locator: text,
    account: text,
    window: fc.record({ start: instant, end: instant }),
    status: fc.constantFrom('complete' as const, 'partial' as const, 'failed' as const),
    reason: text,
    state: fc.record({
      lineage: fc.uuid(),
      serial: whole,
      digest: text,
      errored: fc.boolean(),
      terraformVersion: orNull(text),
    }),
    readAt: instant,
  },
  { requiredKeys: ['source', 'status'] },
);
const diagnostic = fc.record({
  level: fc.constantFrom('info' as const, 'warning' as const, 'error' as const),
  source: text,
  message: text,
});
const glob = fc.string({ minLength: 1, maxLength: 5 });
const header = fc.record({
  kind: literal('header'),
  inventoryVersion: literal('1'),
  tool: fc.record({ name: literal('keydrift'), version: text }),
  startedAt: instant,
  finishedAt: instant,
  asOf: instant,
  window: orNull(fc.record({ start: instant, end: instant })),
  estate: fc.constantFrom(...ESTATES),
  graceMs: whole,
  scope: fc.array(realm, { maxLength: 2 }),
  ownership: fc.record({
    deployers: fc.array(glob, { maxLength: 2 }),
    owners: fc.array(
      fc.oneof(
        fc.record({ name: glob, creator: glob }),
        fc.record({ name: glob, stack: glob }),
        fc.record({ name: glob, tag: fc.record({ key: glob, value: glob }, { requiredKeys: ['key'] }) }),
        fc.record({ name: glob, alias: glob }),
      ),
      { maxLength: 2 },
    ),
    ignoreTags: fc.array(glob, { maxLength: 2 }),
    owned: fc.record({
      accounts: fc.array(glob, { maxLength: 2 }),
      regions: fc.array(glob, { maxLength: 2 }),
      aliases: fc.array(glob, { maxLength: 2 }),
      tags: fc.array(fc.record({ key: glob, value: glob }, { requiredKeys: ['key'] }), { maxLength: 2 }),
      creators: fc.array(glob, { maxLength: 2 }),
    }),
  }),
  requested: fc.uniqueArray(source),
});

/** Any inventory that the model allows, every kind of fact among them. */
export const inventories: fc.Arbitrary<Inventory> = fc.record({
  header,
  facts: fc.array(fc.oneof(...Object.values<fc.Arbitrary<Fact>>(facts)), { maxLength: 8 }),
  coverage: fc.array(coverage, { maxLength: 4 }),
  diagnostics: fc.array(diagnostic, { maxLength: 3 }),
});

/** One fact of each kind, always the same ones. */
export const oneOfEachFact: readonly Fact[] = Object.values<fc.Arbitrary<Fact>>(facts).flatMap((kind) =>
  fc.sample(kind, { numRuns: 1, seed: 20261123 }),
);

export const FACT_KINDS = factSchema.options.map((option) => option.shape.kind.value);
