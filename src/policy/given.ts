import type { z } from 'zod';
import { ATTRIBUTE_NAMES, type Attested } from '../model/attributes.ts';
import type { Actor } from '../model/facts/cloudtrail.ts';
import { type KeyArn, type KeyArnParts, parseKeyArn } from '../model/key-arn.ts';
import type { Difference, KeyRecord } from '../model/key-record.ts';
import { didYouMean } from '../model/nearest.ts';
import type { Instant } from '../model/time.ts';
import { type Given, givenSchema } from './given-schema.ts';
import type { JudgingContext } from './verdict.ts';

/** The key that a rule's test gives, and the context it is judged in. */
export interface GivenKey {
  readonly record: KeyRecord;
  readonly context: JudgingContext;
}

/** Why a `given` cannot be read, and where in it. */
export interface GivenProblem {
  readonly at: readonly string[];
  readonly message: string;
}

/** A rule test's `given` as a key record: what it leaves out has the plain default of `givenSchema`. */
export function readGiven(given: unknown): GivenKey | GivenProblem {
  const parsed = givenSchema.safeParse(given);
  if (parsed.success) {
    const { asOf, estate } = parsed.data;
    return { record: recordOf(parsed.data), context: { asOf, estate } };
  }
  const [issue] = parsed.error.issues;
  return { at: issue?.path.map(String) ?? [], message: issue === undefined ? 'no key' : meaning(issue) };
}

function meaning(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') return issue.message;
  const [field = ''] = issue.keys;
  const known = issue.path.length === 0 ? Object.keys(givenSchema.shape) : [];
  return `no such field: "${field}"${didYouMean(field, known)}`;
}

function recordOf(given: Given): KeyRecord {
  const { asOf, aliases, declaredAliases, createdAt, standing, standingReason, split, primaryStanding, unknown } =
    given;
  const key = parseKeyArn(given.arn);
  const created = creationOf(given);
  return {
    id: given.id ?? given.arn,
    arn: standing === 'not-created' ? null : (key ?? null),
    standing,
    ...(standingReason === undefined ? {} : { reason: standingReason }),
    notOurs: null,
    created,
    replicated: replicationOf(given),
    deletion: deletionOf(given),
    configuration: given.configuration.map((block) => blockOf(block, asOf)),
    imports: [],
    state: given.state.map((instance) => instanceOf(instance, given.arn, asOf)),
    errored: given.errored.map((instance) => ({ ...instanceOf(instance, given.arn, asOf), errored: true })),
    claims: given.claims.map((instance) => instanceOf(instance, given.arn, asOf)),
    live: liveOf(given),
    absent: standing === 'missing' || standing === 'gone' ? { kind: 'absent', arn: given.arn, readAt: asOf } : null,
    keyStore: keyStoreOf(given, key),
    creator: given.creator ?? created?.actor ?? null,
    createdAt: createdAt ?? created?.eventTime ?? null,
    aliases,
    declaredAliases,
    calledBy: declaredAliases[0] ?? aliases[0] ?? null,
    family: null,
    differences: given.differences.map(differenceOf),
    planned: given.planned.map((change) => ({
      ...change,
      stillHeldBy: change.stillHeldBy.map((instance) => instanceOf(instance, given.arn, asOf)),
    })),
    aliasDrifts: given.aliasDrifts,
    stateKeyStores: given.stateKeyStores.map((store) => ({
      kind: 'state-key-store',
      ...store,
      ...{ mode: 'managed', region: null, lineage: 'lineage', serial: 1, errored: false, readAt: asOf },
    })),
    missingKeyStores: given.missingKeyStores,
    owners: given.owners,
    isByDeployer: given.isByDeployer,
    lastUsage:
      given.lastUsage === undefined
        ? null
        : { kind: 'last-usage', arn: given.arn, ...given.lastUsage, eventId: null, readAt: asOf },
    policyDeclared: given.policyDeclared,
    unknown: said(unknown),
    split,
    primaryStanding,
    root: null,
    anchor: null,
  };
}

const actorOf = ({ via, principal, role, userAgent, invokedBy }: Actor): Actor => ({
  via,
  principal,
  role,
  userAgent,
  invokedBy,
});

const attestedOf = (given: Attested['attributes'] & Pick<Attested, 'unknown'>): Attested => ({
  attributes: Object.fromEntries(ATTRIBUTE_NAMES.flatMap((name) => (name in given ? [[name, given[name]]] : []))),
  unknown: given.unknown,
});

interface GivenRecord extends Actor {
  readonly eventId: string;
  readonly eventTime: Instant;
}

const recordedOf = (record: GivenRecord, { arn, asOf }: Given) => ({
  arn,
  eventId: record.eventId,
  eventTime: record.eventTime,
  actor: actorOf(record),
  readAt: asOf,
});

function creationOf(given: Given): KeyRecord['created'] {
  const { created } = given;
  return created === undefined ? null : { kind: 'created', ...recordedOf(created, given), ...attestedOf(created) };
}

function replicationOf(given: Given): KeyRecord['replicated'] {
  const { replicated } = given;
  if (replicated === undefined) return null;
  return { kind: 'replicated', primaryArn: replicated.primaryArn, ...recordedOf(replicated, given) };
}

function deletionOf(given: Given): KeyRecord['deletion'] {
  const { deletion } = given;
  if (deletion === undefined) return null;
  return { kind: 'deletion', pendingWindowInDays: deletion.pendingWindowInDays, ...recordedOf(deletion, given) };
}

function blockOf(block: Given['configuration'][number], readAt: Instant): KeyRecord['configuration'][number] {
  const { address, resourceType, root, path, line, instances } = block;
  return {
    kind: 'configuration',
    ...{ address, resourceType, root, path, line, instances, region: null, deletionWindowInDays: null, readAt },
    ...attestedOf(block),
  };
}

function instanceOf(instance: Given['state'][number], arn: KeyArn, readAt: Instant): KeyRecord['state'][number] {
  const { address, resourceType, status, source, lineage, serial, validTo } = instance;
  return {
    kind: 'state',
    ...{ address, resourceType, mode: 'managed', status, arn, keyId: null, region: null, validTo },
    deletionWindowInDays: null,
    ...{ source, lineage, serial, errored: false, readAt },
    ...attestedOf(instance),
  };
}

function liveOf({ arn, live, createdAt, asOf }: Given): KeyRecord['live'] {
  if (live === undefined) return null;
  const { keyState, keyManager, deletionDate, pendingWindowInDays, validTo, expirationModel, aliases } = live;
  return {
    kind: 'live',
    ...{ arn, keyManager, keyState, createdAt, deletionDate, pendingWindowInDays, validTo, expirationModel, aliases },
    family: null,
    readAt: asOf,
    ...attestedOf(live),
  };
}

const keyStoreOf = ({ keyStore, asOf }: Given, key: KeyArnParts | undefined): KeyRecord['keyStore'] =>
  keyStore === undefined || key === undefined
    ? null
    : {
        kind: 'key-store',
        realm: { partition: key.partition, account: key.account, region: key.region },
        ...keyStore,
        readAt: asOf,
      };

function differenceOf(given: Given['differences'][number]): Difference {
  const { attribute, pair, replaces, address, created, configuration, state, live } = given;
  return {
    attribute,
    pair,
    replaces,
    ...(address === undefined ? {} : { address }),
    values: said({ created, configuration, state, live }),
  };
}

/** The entries that are there. */
const said = <T>(entries: Readonly<Record<string, T | undefined>>): Record<string, T> =>
  Object.fromEntries(Object.entries(entries).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
