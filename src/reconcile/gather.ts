import type {
  AbsentFact,
  ConfigurationAliasFact,
  ConfigurationFact,
  CreationFact,
  DeletionFact,
  Fact,
  ImportFact,
  LastUsageFact,
  LiveFact,
  PlanDriftFact,
  PlannedFact,
  ReplicationFact,
  StateAliasFact,
  StateFact,
  StatePolicyFact,
} from '../model/facts.ts';
import { isMultiRegionId, type KeyArn, type KeyArnParts, parseKeyArn } from '../model/key-arn.ts';
import type { NotOurs, Owner } from '../model/key-record.ts';
import type { Instant } from '../model/time.ts';
import { candidatesOf, namedById, targetNames } from './by-id.ts';
import { add, NONE } from './lists.ts';
import { later, ordered } from './ordered.ts';
import { type CountedStates, isSaidOf, ownCopies } from './own-copies.ts';

/** All that the witnesses said of one ARN, before anything is concluded. */
export interface Gathered {
  readonly key: KeyArnParts;
  created: CreationFact | null;
  replicated: ReplicationFact | null;
  deletion: DeletionFact | null;
  live: LiveFact | null;
  absent: AbsentFact | null;
  state: readonly StateFact[];
  errored: readonly StateFact[];
  aliases: readonly StateAliasFact[];
  /** Alias blocks that name this key by its id or ARN. */
  aliasBlocks: readonly ConfigurationAliasFact[];
  /** When KMS last told the aliases of this key; null when it did not. */
  aliasesReadAt: Instant | null;
  policies: readonly StatePolicyFact[];
  lastUsage: LastUsageFact | null;
  /** Who else has it (owners.ts). */
  owners: readonly Owner[];
  /** Why it is not known that nobody else has it. */
  ownersGap: string | null;
  /** That settings leave it to others (ownership.ts). */
  notOurs: NotOurs | null;
  configuration: readonly ConfigurationFact[];
  imports: readonly ImportFact[];
  planned: readonly PlannedFact[];
  drifts: readonly PlanDriftFact[];
  /** Import blocks whose id several keys share. */
  ambiguousImports: readonly ImportFact[];
  /** A managed instance that may be this key: it names the id alone, which keys in several Regions share. */
  ambiguousInstance: StateFact | null;
}

/** All keys that facts name, before anything is concluded. */
export interface Gathering {
  readonly keys: ReadonlyMap<KeyArn, Gathered>;
  /** Keys by id, for the ids that facts name without an ARN: one for a UUID, one for each Region for a multi-Region id. */
  readonly byId: ReadonlyMap<string, readonly Gathered[]>;
  /** Managed instances whose key no ARN and no unique id names. */
  readonly nameless: readonly StateFact[];
}

/**
 * Joins facts by ARN. Only authoritative states count; of several answers by KMS, and of several records of one kind,
 * the latest counts (a replica deleted and made again has the same ARN).
 */
export function gather(facts: readonly Fact[], states: CountedStates): Gathering {
  const keys = new Map<KeyArn, Gathered>();
  const of = (arn: KeyArn): Gathered => {
    const known = keys.get(arn);
    if (known !== undefined) return known;
    const fresh = empty(arn);
    keys.set(arn, fresh);
    return fresh;
  };
  for (const fact of facts) place(fact, of, states.newest);
  for (const fact of ownCopies(facts, states, keys)) add(of(fact.arn), 'state', fact);
  for (const key of [...keys.values()]) {
    const { family } = key.live ?? {};
    if (family) for (const member of [family.primary, ...family.replicas]) of(member);
  }
  // These only annotate keys that something else names, so they come after all others.
  const byId = namedById(facts, keys.values());
  const nameless: StateFact[] = [];
  for (const fact of facts) annotate(fact, keys, byId, states, nameless);
  for (const key of keys.values()) {
    key.state = ordered(key.state);
    key.errored = ordered(key.errored);
  }
  const inOrder = ordered(nameless);
  for (const instance of inOrder) {
    for (const candidate of candidatesOf(instance, byId)) candidate.ambiguousInstance = instance;
  }
  return { keys, byId, nameless: inOrder };
}

function place(fact: Fact, of: (arn: KeyArn) => Gathered, newest: ReadonlySet<string>): void {
  switch (fact.kind) {
    case 'created': {
      const key = of(fact.arn);
      key.created = later(key.created, fact, 'eventTime');
      return;
    }
    case 'live': {
      const key = of(fact.arn);
      if (fact.aliases !== null && (key.aliasesReadAt ?? '') < fact.readAt) key.aliasesReadAt = fact.readAt;
      key.live = withAliases(later(key.live, fact, 'readAt'), key.live?.aliases ?? fact.aliases);
      return;
    }
    case 'state':
      if (fact.arn === null || fact.mode !== 'managed') return;
      if (fact.errored) add(of(fact.arn), 'errored', fact);
      else if (newest.has(fact.source)) add(of(fact.arn), 'state', fact);
      return;
    case 'planned':
      if (fact.arn !== null) add(of(fact.arn), 'planned', fact);
      return;
    case 'plan-drift':
      if (fact.arn !== null) add(of(fact.arn), 'drifts', fact);
      return;
    default:
      return;
  }
}

function annotate(
  fact: Fact,
  keys: ReadonlyMap<KeyArn, Gathered>,
  byId: ReadonlyMap<string, readonly Gathered[]>,
  states: CountedStates,
  nameless: StateFact[],
): void {
  switch (fact.kind) {
    // NotFound alone makes no key: a superseded copy of a state may name keys that ended long ago.
    case 'absent':
    case 'replicated':
    case 'deletion':
    case 'last-usage': {
      const key = keys.get(fact.arn);
      if (key !== undefined) keepLatest(key, fact);
      return;
    }
    case 'state-alias':
    case 'state-policy': {
      const key = targetOf(fact, keys, byId);
      if (key === undefined || fact.errored || !isSaidOf(fact, key, states)) return;
      if (fact.kind === 'state-alias') add(key, 'aliases', fact);
      else add(key, 'policies', fact);
      return;
    }
    case 'configuration-alias': {
      const key = targetOf(fact, keys, byId);
      if (key !== undefined) add(key, 'aliasBlocks', fact);
      return;
    }
    case 'planned': {
      if (fact.arn !== null) return;
      const [only, ...others] = byId.get(fact.keyId ?? '') ?? [];
      if (only !== undefined && others.length === 0) add(only, 'planned', fact);
      return;
    }
    case 'state':
      if (fact.arn === null && fact.mode === 'managed' && (fact.errored || states.authoritative.has(fact.source))) {
        placeById(fact, byId, nameless);
      }
      return;
    default:
      return;
  }
}

/** What is said of a key that something else names: the latest word of each kind counts. */
function keepLatest(key: Gathered, fact: AbsentFact | ReplicationFact | DeletionFact | LastUsageFact): void {
  switch (fact.kind) {
    case 'absent':
      key.absent = later(key.absent, fact, 'readAt');
      return;
    case 'replicated':
      key.replicated = later(key.replicated, fact, 'eventTime');
      return;
    case 'deletion':
      key.deletion = later(key.deletion, fact, 'eventTime');
      return;
    case 'last-usage':
      key.lastUsage = later(key.lastUsage, fact, 'readAt');
      return;
  }
}

/** An instance that names its key by id alone. */
function placeById(fact: StateFact, byId: Gathering['byId'], nameless: StateFact[]): void {
  const [only, ...others] = candidatesOf(fact, byId);
  if (only !== undefined && others.length === 0 && isTheOnly(only, fact)) {
    add(only, fact.errored ? 'errored' : 'state', fact);
  } else if (!fact.errored) nameless.push(fact);
}

/** A multi-Region id may be about a member in a Region that was not scanned; only a described family names them all. */
const isTheOnly = ({ key, live }: Gathered, { region }: StateFact): boolean =>
  region !== null || !isMultiRegionId(key.keyId) || live?.family != null;

function targetOf(
  fact: ConfigurationAliasFact | StateAliasFact | StatePolicyFact,
  keys: ReadonlyMap<KeyArn, Gathered>,
  byId: ReadonlyMap<string, readonly Gathered[]>,
): Gathered | undefined {
  const { arn, id } = targetNames(fact);
  if (arn !== null) return keys.get(arn);
  const candidates = byId.get(id ?? '') ?? [];
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** Aliases are listed once for a whole Region; a later word on one key alone says nothing of them. */
const withAliases = (live: LiveFact, aliases: LiveFact['aliases']): LiveFact =>
  live.aliases === null && aliases !== null ? { ...live, aliases } : live;

function empty(arn: KeyArn): Gathered {
  const key = parseKeyArn(arn);
  if (key === undefined) throw new TypeError(`a fact names ${arn}, which is no key ARN`);
  return {
    key,
    created: null,
    replicated: null,
    deletion: null,
    live: null,
    absent: null,
    state: NONE,
    errored: NONE,
    aliases: NONE,
    aliasBlocks: NONE,
    aliasesReadAt: null,
    policies: NONE,
    lastUsage: null,
    owners: NONE,
    ownersGap: null,
    notOurs: null,
    configuration: NONE,
    imports: NONE,
    planned: NONE,
    drifts: NONE,
    ambiguousImports: NONE,
    ambiguousInstance: null,
  };
}
