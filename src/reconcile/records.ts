import {
  type Actor,
  type AnchorFact,
  isByKms,
  isPendingDeletion,
  type KeyStoreFact,
  type StateFact,
} from '../model/facts.ts';
import { type KeyArnParts, parseKeyArn, type Realm, realmKey } from '../model/key-arn.ts';
import type { KeyRecord, Standing } from '../model/key-record.ts';
import type { Declarations, LooseKey } from './declarations.ts';
import { differencesOf } from './differences.ts';
import type { Gathered, Gathering } from './gather.ts';
import { type Outlook, outlookOf, plannedChanges } from './planned.ts';
import type { Proofs } from './proofs.ts';
import { createdAtOf, isGoneSince, type StandingOptions, standingOf } from './standing.ts';

/** What is the same for every key of one inventory. */
export interface Context {
  readonly options: StandingOptions;
  readonly proofs: Proofs;
  readonly gathering: Gathering;
  readonly declarations: Declarations;
  readonly configurationRequested: boolean;
  readonly splits: ReadonlyMap<string, readonly string[]>;
  /** By realm and id. */
  readonly keyStores: ReadonlyMap<string, KeyStoreFact>;
  readonly anchorOf: (realm: Realm) => AnchorFact | null;
}

/** A key that a record, a state or KMS names by its ARN. */
export function joinedRecord(gathered: Gathered, context: Context): KeyRecord {
  const { key, created, replicated, configuration, imports, errored } = gathered;
  // What a state said that moved since, an apply may just be making true: no rule is to find fault with it.
  const state = gathered.state.filter(({ source }) => context.proofs.stateFault(source) === undefined);
  const gone = isGoneSince(gathered);
  const live = gone ? null : gathered.live;
  const absent = gone ? gathered.absent : null;
  const pending = isPendingDeletion(live?.keyState);
  const keyStore = keyStoreOf(key, live?.attributes.customKeyStoreId, context);
  const differences = differencesOf({ created, configuration, state, live, absent });
  const outlook = outlookOf({ ...gathered, state, live, absent }, differences, context);
  return {
    id: key.arn,
    arn: key,
    ...standingOf(gathered, context.proofs, context.options),
    created,
    replicated,
    deletion: pending ? gathered.deletion : null,
    configuration,
    imports,
    state,
    errored,
    live,
    absent,
    keyStore,
    creator: creatorOf(gathered),
    createdAt: createdAtOf(gathered),
    aliases: [...new Set([...(live?.aliases ?? []), ...gathered.aliases.map((alias) => alias.name)])].sort(),
    family: gathered.live?.family ?? null,
    differences,
    planned: outlook.changes,
    aliasDrifts: NOTHING.aliasDrifts,
    stateKeyStores: NOTHING.stateKeyStores,
    owners: NOTHING.owners,
    isByDeployer: false,
    lastUsage: null,
    policyDeclared: null,
    unknown: gapsOf({ ...gathered, state, live, absent }, keyStore, pending, outlook, context),
    claims: claimsOf(state),
    split: splitOf(state, context.splits),
    primaryStanding: primaryStandingOf(gathered, context),
    anchor: context.anchorOf(key),
  };
}

/** Instances at one address of one state that name no ARN, and whose id is not that of one key alone. */
export function namelessRecord(instances: readonly [StateFact, ...StateFact[]]): KeyRecord {
  const [{ source, address, keyId }] = instances;
  const reason =
    keyId === null
      ? `${source} holds it without ARN or id`
      : `${source} holds it without an ARN, and no single key in scope has the id ${keyId}`;
  return { ...NOTHING, id: `${source}#${address}`, reason, state: instances, unknown: gaps(reason) };
}

/** A key that a configuration or a plan would make, and that no state holds. */
export function looseRecord({ id, blocks, planned, reason }: LooseKey): KeyRecord {
  const base = { ...NOTHING, id, configuration: blocks, planned: plannedChanges(planned) };
  if (reason === undefined) return { ...base, standing: 'not-created' };
  return { ...base, reason, unknown: { ...gaps(reason), state: reason } };
}

const NOTHING: Omit<KeyRecord, 'id'> = {
  arn: null,
  standing: 'undetermined',
  created: null,
  replicated: null,
  deletion: null,
  configuration: [],
  imports: [],
  state: [],
  errored: [],
  live: null,
  absent: null,
  keyStore: null,
  creator: null,
  createdAt: null,
  aliases: [],
  family: null,
  differences: [],
  planned: [],
  aliasDrifts: [],
  stateKeyStores: [],
  owners: [],
  isByDeployer: false,
  lastUsage: null,
  policyDeclared: null,
  unknown: {},
  claims: [],
  split: [],
  primaryStanding: null,
  anchor: null,
};

const gaps = (reason: string): KeyRecord['unknown'] => ({ created: reason, live: reason });

function keyStoreOf(key: KeyArnParts, id: string | null | undefined, { keyStores }: Context): KeyStoreFact | null {
  return id == null ? null : (keyStores.get(`${realmKey(key)} ${id}`) ?? null);
}

function primaryStandingOf({ key, live }: Gathered, { gathering, proofs, options }: Context): Standing | null {
  const primary = live?.family?.primary;
  const gathered = primary === undefined || primary === key.arn ? undefined : gathering.keys.get(primary);
  return gathered === undefined ? null : standingOf(gathered, proofs, options).standing;
}

/** KMS itself makes a replica's key on behalf of whoever called ReplicateKey (seen in CloudTrail, not documented). */
function creatorOf({ created, replicated }: Gathered): Actor | null {
  if (created === null) return replicated?.actor ?? null;
  return isByKms(created.actor) ? (replicated?.actor ?? created.actor) : created.actor;
}

function gapsOf(
  gathered: Gathered,
  keyStore: KeyStoreFact | null,
  pending: boolean,
  outlook: Outlook,
  context: Context,
): KeyRecord['unknown'] {
  const { key, created, replicated, deletion, configuration, state, live, absent } = gathered;
  const { proofs, declarations } = context;
  const unknown: KeyRecord['unknown'] = {};
  if (created === null) unknown.created = proofs.creationGap(key, createdAtOf(gathered));
  if (replicated === null && isByKms(created?.actor)) {
    unknown.replicated = proofs.replicationGap(primaryRealm(gathered) ?? key);
  }
  if (live === null && absent === null) unknown.live = proofs.liveGap(key);
  const stateGap = state.length === 0 ? proofs.stateGap(key) : undefined;
  if (stateGap !== undefined) unknown.state = stateGap;
  const declared = declarations.gapOf(key, state);
  if (configuration.length === 0 && declared !== undefined) unknown.configuration = declared;
  if (outlook.gap !== undefined) unknown.planned = outlook.gap;
  if (pending && deletion === null) unknown.deletion = proofs.deletionGap(key);
  if (keyStore === null && live?.attributes.customKeyStoreId != null) unknown.keyStore = proofs.keyStoreGap(key);
  return unknown;
}

/** ReplicateKey is recorded in the primary's Region. */
function primaryRealm({ live, created }: Gathered): Realm | undefined {
  const primary = live?.family?.primary ?? created?.attributes.primaryKeyArn;
  return primary == null ? undefined : parseKeyArn(primary);
}

/** Instances that each claim the key for themselves: by lineage and address, since copies of one state are one. */
function claimsOf(state: readonly StateFact[]): readonly StateFact[] {
  const byClaim = new Map<string, StateFact>();
  for (const instance of state) {
    if (instance.status === 'deposed') continue;
    byClaim.set(`${instance.lineage === '' ? instance.source : instance.lineage}#${instance.address}`, instance);
  }
  return byClaim.size > 1 ? [...byClaim.values()] : [];
}

/** Locators of the split that this key is part of: those contents do not all say the same of it. */
function splitOf(state: readonly StateFact[], splits: Context['splits']): readonly string[] {
  for (const { source } of state) {
    const locators = splits.get(source);
    if (locators === undefined) continue;
    const said = locators.map((locator) => saysOf(state.filter((instance) => instance.source === locator)));
    if (new Set(said).size > 1) return locators;
  }
  return [];
}

const saysOf = (instances: readonly StateFact[]): string =>
  JSON.stringify(instances.map(({ address, status, attributes }) => [address, status, attributes]));
