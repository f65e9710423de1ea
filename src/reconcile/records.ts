import { isByKms } from '../model/facts/cloudtrail.ts';
import { isPendingDeletion } from '../model/facts/live.ts';
import type { KeyStoreFact, StateFact } from '../model/facts.ts';
import type { Realm } from '../model/key-arn.ts';
import type { KeyRecord, Standing } from '../model/key-record.ts';
import { NOT_ASKED, STATE_ELSEWHERE } from '../model/not-asked.ts';
import type { Ownership } from '../model/ownership.ts';
import { type AliasTargets, aliasDriftsOf } from './alias-drift.ts';
import { aliasToCallBy } from './called-by.ts';
import { claimsOf, splitOf } from './claims.ts';
import { creatorOf, primaryRealm } from './creator.ts';
import type { Declarations, LooseKey } from './declarations.ts';
import { blockAliases, declaredAliasesOf, namesOf } from './declared-aliases.ts';
import { policyDeclaration, type SetPolicyTest, withPolicies, withPolicyAddress } from './declared-policy.ts';
import { differencesOf } from './differences.ts';
import type { Gathered, Gathering } from './gather.ts';
import { type KeyStores, missingStores, storeIdsOf } from './key-stores.ts';
import { isLastUseCandidate } from './last-use.ts';
import type { Outlook } from './outlook.ts';
import { isByDeployer } from './owners.ts';
import { looseNotOurs } from './ownership.ts';
import { type Place, type Placed, whereChanged } from './place-in-code.ts';
import { outlookOf, plannedChanges } from './planned.ts';
import type { Proofs } from './proofs.ts';
import type { RealmGap } from './realm-gaps.ts';
import { type ReferredStoreId, withReferredStores } from './referred-stores.ts';
import { createdAtOf, isGoneSince, type StandingOptions, standingAnyway, standingOf } from './standing.ts';
import { type SuccessorOf, withSuccessor } from './successors.ts';

/** What is the same for every key of one inventory. */
export interface Context {
  readonly options: StandingOptions;
  readonly proofs: Proofs;
  readonly gathering: Gathering;
  readonly declarations: Declarations;
  readonly configurationRequested: boolean;
  readonly plansRequested: boolean;
  readonly splits: ReadonlyMap<string, readonly string[]>;
  readonly keyStores: KeyStores;
  readonly referredStoreId: ReferredStoreId;
  readonly aliasTargets: AliasTargets;
  readonly lastUseGap: RealmGap;
  readonly ownership: Ownership;
  readonly isSetPolicy: SetPolicyTest;
  readonly placeOf: (key: Placed) => Place;
  readonly successorOf: SuccessorOf;
}

/** A key that a record, a state or KMS names by its ARN. */
export function joinedRecord(gathered: Gathered, context: Context): KeyRecord {
  const { key, created, replicated, imports, errored } = gathered;
  // What a state said that moved since, an apply may just be making true: no rule is to find fault with it.
  const counted = ({ source }: { readonly source: string }) => context.proofs.stateFault(source) === undefined;
  const policies = gathered.policies.filter(counted);
  const state = withPolicies(gathered.state.filter(counted), policies);
  const gone = isGoneSince(gathered);
  const live = gone ? null : gathered.live;
  const absent = gone ? gathered.absent : null;
  const configuration = withReferredStores(
    { configuration: gathered.configuration, state, live },
    context.referredStoreId,
  );
  const pending = isPendingDeletion(live?.keyState);
  const keyStore = keyStoreOf(key, live?.attributes.customKeyStoreId, context);
  const differences = withPolicyAddress(
    differencesOf({ created, configuration, state, live, absent }, context.ownership.ignoreTags),
    { policies, configuration },
  );
  const outlook = outlookOf({ ...gathered, state, live, absent }, differences, context);
  const standing = standingOf(gathered, context.proofs, context.options);
  const aliasReading = aliasDriftsOf(gathered, context.aliasTargets, context.proofs, context.options.secondLook);
  const missing = missingStores({ key, state, configuration }, context.keyStores, context.proofs);
  const policy = policyDeclaration({ key, state, policies, configuration, differences }, context.isSetPolicy);
  const declared = declaredAliasesOf(gathered);
  const aliases = namesOf(gathered, live, declared, (name) => context.aliasTargets.of(key, name));
  const place = context.placeOf(whereChanged(gathered, outlook.changes));
  const unknown = gapsOf({ ...gathered, state, live, absent }, keyStore, pending, outlook, context);
  note(unknown, 'aliasDrifts', aliasReading.gap);
  note(unknown, 'missingKeyStores', missing.gap);
  note(unknown, 'declaredAliases', declared.gap);
  // Where nobody looked at the key, who sets its policy makes no difference.
  const isCompared = policy.declared !== null || unknown.live !== NOT_ASKED.kms;
  note(unknown, 'policyDeclared', isCompared ? policy.gap : NOT_ASKED.kms);
  if (state.length === 0 && live !== null) note(unknown, 'owners', gathered.ownersGap ?? undefined);
  if (
    gathered.lastUsage === null &&
    isLastUseCandidate({ standing: standing.standing, live, planned: outlook.changes })
  ) {
    note(unknown, 'lastUsage', context.lastUseGap(key));
  }
  return {
    id: key.arn,
    arn: key,
    ...standing,
    notOurs: context.proofs.inScope(key) ? (gathered.notOurs?.by ?? null) : null,
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
    aliases,
    declaredAliases: declared.names,
    calledBy: aliasToCallBy({ gathered, live, aliases, declared, root: place.root, targets: context.aliasTargets }),
    family: gathered.live?.family ?? null,
    differences,
    planned: outlook.changes.map((change) => withSuccessor(change, state, context.successorOf)),
    aliasDrifts: aliasReading.drifts,
    stateKeyStores: heldStoresOf({ state, configuration }, live?.attributes.customKeyStoreId, context),
    missingKeyStores: missing.ids,
    owners: gathered.owners,
    isByDeployer: isByDeployer(gathered, context.ownership),
    lastUsage: gathered.lastUsage,
    policyDeclared: policy.declared,
    unknown,
    claims: claimsOf(state),
    split: splitOf(state, context.splits),
    primaryStanding: primaryStandingOf(gathered, context),
    ...place,
  };
}

/** Instances at one address of one state that name no ARN, and whose id is not that of one key alone. */
export function namelessRecord(
  instances: readonly [StateFact, ...StateFact[]],
  { placeOf }: Pick<Context, 'placeOf'>,
): KeyRecord {
  const [{ source, address, keyId }] = instances;
  const reason =
    keyId === null
      ? `${source} holds it without ARN or id`
      : `${source} holds it without an ARN, and no single key in scope has the id ${keyId}`;
  const place = placeOf({ state: instances });
  return { ...NOTHING, id: `${source}#${address}`, reason, state: instances, unknown: gaps(reason), ...place };
}

/** A key that a configuration or a plan would make, and that no state holds. */
export function looseRecord(
  { id, blocks, planned, reason, isImported }: LooseKey,
  { ownership, placeOf }: Pick<Context, 'ownership' | 'placeOf'>,
): KeyRecord {
  const { names, gap } = blockAliases(blocks);
  const unknown = gap === undefined ? {} : { declaredAliases: gap };
  const declared = { configuration: blocks, aliases: names, declaredAliases: names, calledBy: names[0] ?? null };
  const place = placeOf({ configuration: blocks, planned });
  const base = { ...NOTHING, id, ...declared, planned: plannedChanges(planned), unknown, ...place };
  const notOurs = looseNotOurs({ blocks, planned }, ownership);
  if (notOurs !== null) return { ...base, standing: 'out-of-scope', reason: notOurs.reason, notOurs: notOurs.by };
  if (reason === undefined) return { ...base, standing: 'not-created' };
  // It is a key that nobody was asked for, or whose state was not: what becomes of it is as unknown as it is itself.
  const isUnplanned = (isImported || reason === STATE_ELSEWHERE) && planned.length === 0;
  const outlook = isUnplanned ? { planned: reason } : {};
  return { ...base, reason, unknown: { ...unknown, ...gaps(reason), state: reason, ...outlook } };
}

const NOTHING: Omit<KeyRecord, 'id'> = {
  arn: null,
  standing: 'undetermined',
  notOurs: null,
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
  declaredAliases: [],
  calledBy: null,
  family: null,
  differences: [],
  planned: [],
  aliasDrifts: [],
  stateKeyStores: [],
  missingKeyStores: [],
  owners: [],
  isByDeployer: false,
  lastUsage: null,
  policyDeclared: null,
  unknown: {},
  claims: [],
  split: [],
  primaryStanding: null,
  root: null,
  anchor: null,
};

const gaps = (reason: string): KeyRecord['unknown'] => ({ created: reason, live: reason });

/** Adds the gap of one facet, where there is one. */
function note(unknown: KeyRecord['unknown'], facet: keyof KeyRecord['unknown'], gap: string | undefined): void {
  if (gap !== undefined) unknown[facet] = gap;
}

function keyStoreOf(key: Realm, id: string | null | undefined, { keyStores }: Context): KeyStoreFact | null {
  return id == null ? null : (keyStores.live(key, id) ?? null);
}

/** The instances that hold a store which a witness puts the key in. */
function heldStoresOf(
  declared: Pick<Gathered, 'state' | 'configuration'>,
  live: string | null | undefined,
  { keyStores }: Context,
): KeyRecord['stateKeyStores'] {
  const ids = storeIdsOf(declared);
  if (ids.length === 0 && live == null) return NOTHING.stateKeyStores;
  return [...new Set([...ids, ...(live == null ? [] : [live])])].flatMap((id) => keyStores.held(id));
}

function primaryStandingOf({ key, live }: Gathered, { gathering, proofs, options }: Context): Standing | null {
  const primary = live?.family?.primary;
  const gathered = primary === undefined || primary === key.arn ? undefined : gathering.keys.get(primary);
  return gathered === undefined ? null : standingAnyway(gathered, proofs, options).standing;
}

function gapsOf(
  gathered: Gathered,
  keyStore: KeyStoreFact | null,
  pending: boolean,
  outlook: Outlook,
  context: Context,
): KeyRecord['unknown'] {
  const { key, created, replicated, deletion, configuration, state, planned, live, absent } = gathered;
  const { proofs, declarations } = context;
  const unknown: KeyRecord['unknown'] = {};
  if (created === null) unknown.created = proofs.creationGap(key, createdAtOf(gathered));
  if (replicated === null && isByKms(created?.actor)) {
    unknown.replicated = proofs.replicationGap(primaryRealm(gathered) ?? key);
  }
  if (live === null && absent === null) unknown.live = proofs.liveGap(key);
  const stateGap = state.length === 0 ? proofs.stateGap(key) : undefined;
  if (stateGap !== undefined) unknown.state = stateGap;
  const declared = declarations.gapOf(key, { state, planned });
  if (configuration.length === 0 && declared !== undefined) unknown.configuration = declared;
  if (outlook.gap !== undefined) unknown.planned = outlook.gap;
  if (pending && deletion === null) unknown.deletion = proofs.deletionGap(key);
  if (keyStore === null && live?.attributes.customKeyStoreId != null) unknown.keyStore = proofs.keyStoreGap(key);
  return unknown;
}
