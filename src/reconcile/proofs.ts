import type { Coverage } from '../model/coverage.ts';
import type { Fact, RootFact } from '../model/facts.ts';
import { grouped } from '../model/grouped.ts';
import type { Inventory } from '../model/inventory.ts';
import { type KeyArnParts, type Realm, realmKey } from '../model/key-arn.ts';
import { beforeRecords, NOT_ASKED, STATE_ELSEWHERE } from '../model/not-asked.ts';
import { type Reach, reaches } from '../model/reach.ts';
import type { Instant } from '../model/time.ts';

/**
 * What an inventory's coverage proves, and what it leaves open. Every gap is a sentence for people; undefined means
 * there is none, so that absence may be claimed.
 */
export interface Proofs {
  readonly inScope: (realm: Realm) => boolean;
  readonly whyOutOfScope: (realm: Realm) => string;
  readonly statesRequested: boolean;
  /** Why "in no state" is not proved of a key there; null for a key of which nobody says where it is. */
  readonly stateGap: (realm: Realm | null) => string | undefined;
  /** Why this one state was not read in full. */
  readonly incompleteState: (locator: string) => string | undefined;
  /** Why this one state does not count: it failed, moved, or is of a cut inventory. What damage left readable of one counts. */
  readonly stateFault: (locator: string) => string | undefined;
  /** When the first and the last of the states was read. */
  readonly statesRead: { readonly first: Instant; readonly last: Instant } | undefined;
  /** Why there is no creation record. Absence of a record is never proof. */
  readonly creationGap: (key: KeyArnParts, createdAt: Instant | null) => string;
  readonly deletionGap: (realm: Realm) => string;
  readonly replicationGap: (realm: Realm) => string;
  /** Why KMS says neither "here" nor "not found". */
  readonly liveGap: (key: KeyArnParts) => string;
  readonly keyStoreGap: (realm: Realm) => string;
  readonly configurationRequested: boolean;
  /** Directories that were read as root modules, also those that declare no key. */
  readonly configurationRoots: ReadonlySet<string>;
}

/** Reads an inventory’s coverage once; every answer after that is a look-up. */
export function proofsOf({ header, facts, coverage }: Pick<Inventory, 'header' | 'facts' | 'coverage'>): Proofs {
  const judged = new Set([...header.scope, ...(header.named ?? [])].map(realmKey));
  const states = coverage.filter((entry) => entry.source === 'state');
  const stateFaults = new Map(states.filter(incomplete).map((entry) => [entry.locator ?? '', because(entry)]));
  const uncounted = new Set(states.filter(doesNotCount).map(({ locator }) => locator ?? ''));
  const statesRequested = header.requested.includes('state');
  const configurationRequested = header.requested.includes('configuration');
  const untold = header.requested.includes('kms') ? 'KMS was not asked for this key' : NOT_ASKED.kms;
  const denied = new Map<string, string>();
  const byOperation = new Map<string, Coverage>();
  for (const entry of coverage) {
    if (entry.source === 'kms' && entry.locator !== undefined) denied.set(entry.locator, because(entry));
    else if (entry.operation !== undefined) keepWorst(byOperation, operationKey(entry.operation, entry), entry);
  }
  const recordGap = (operation: string, realm: Realm, otherwise: string): string => {
    const entry = byOperation.get(operationKey(operation, realm));
    if (entry === undefined) {
      const asked = header.requested.includes('cloudtrail');
      return asked ? `${operation} records of ${realm.region} were not asked for` : NOT_ASKED.cloudtrail;
    }
    return entry.status === 'complete' ? otherwise : `${operation} records: ${because(entry)}`;
  };
  const kmsGap = (operation: string, realm: Realm, otherwise: string): string => {
    const entry = byOperation.get(operationKey(operation, realm));
    return entry === undefined || entry.status === 'complete' ? otherwise : `${operation}: ${because(entry)}`;
  };
  return {
    inScope: (realm) => judged.has(realmKey(realm)),
    whyOutOfScope: (realm) => whyOutOfScope(realm, header.scope),
    statesRequested,
    stateGap: stateGapIn(
      statesRequested,
      states,
      new Map([...stateFaults, ...unreadStates(facts, states)]),
      reachesOf(facts),
    ),
    incompleteState: (locator) => stateFaults.get(locator),
    stateFault: (locator) => (uncounted.has(locator) ? stateFaults.get(locator) : undefined),
    statesRead: readSpan(states),
    creationGap: (key, createdAt) => {
      // What was read may begin later than what was asked for: CloudTrail keeps 90 days.
      const begin = byOperation.get(operationKey('CreateKey', key))?.window?.start ?? header.window?.start;
      return begin !== undefined && createdAt !== null && createdAt < begin
        ? beforeRecords(begin)
        : recordGap('CreateKey', key, 'no CreateKey record in the window was delivered for it');
    },
    deletionGap: (realm) =>
      recordGap('ScheduleKeyDeletion', realm, 'no ScheduleKeyDeletion record of the last 30 days names it'),
    replicationGap: (realm) => recordGap('ReplicateKey', realm, 'no ReplicateKey record names it'),
    liveGap: (key) => denied.get(key.arn) ?? kmsGap('DescribeKey', key, kmsGap('ListKeys', key, untold)),
    keyStoreGap: (realm) => kmsGap('DescribeCustomKeyStores', realm, 'KMS did not list its key store'),
    configurationRequested,
    configurationRoots: configurationRoots(coverage),
  };
}

const operationKey = (operation: string, realm: Partial<Realm> | Coverage): string =>
  `${operation} ${realm.partition}:${realm.account}:${realm.region}`;

/** Of several entries about one thing, one that is not complete says what is missing. */
function keepWorst(entries: Map<string, Coverage>, key: string, entry: Coverage): void {
  const known = entries.get(key);
  if (known === undefined || !incomplete(known)) entries.set(key, entry);
}

const incomplete = (entry: Coverage): boolean => entry.status !== 'complete';

const doesNotCount = ({ status, state }: Coverage): boolean => status === 'failed' || state?.inDoubt === true;

const because = (entry: Coverage): string => entry.reason ?? `${entry.source} ${entry.status}`;

function whyOutOfScope(realm: Realm, scope: readonly Realm[]): string {
  if (!scope.some((scanned) => scanned.partition === realm.partition))
    return `partition ${realm.partition} not scanned`;
  if (!scope.some((scanned) => scanned.account === realm.account)) return `account ${realm.account} not scanned`;
  return `Region ${realm.region} of account ${realm.account} not scanned`;
}

type StateGapIn = Proofs['stateGap'];

/** A state that was not read may hold any key that its root reaches, and any at all where nobody says which it reaches. */
function stateGapIn(
  requested: boolean,
  states: readonly Coverage[],
  faults: ReadonlyMap<string, string>,
  reachesOf: (locator: string) => readonly Reach[],
): StateGapIn {
  if (!requested) return () => NOT_ASKED.state;
  if (states.length === 0) return () => 'no state was read';
  const unread = [...faults].map(([locator, reason]) => ({
    reaches: reachesOf(locator),
    isExpected: reason === STATE_ELSEWHERE,
    said: locator === '' ? reason : `${locator}: ${reason}`,
  }));
  const gapOf = (realm: Realm | null): string | undefined => {
    const hiding = unread.filter(
      (state) => realm === null || state.reaches.length === 0 || state.reaches.some((reach) => reaches(reach, realm)),
    );
    const [first, ...more] = hiding.filter((state) => !state.isExpected);
    if (first === undefined) return hiding.length === 0 ? undefined : STATE_ELSEWHERE;
    return more.length === 0
      ? `not every state was read (${first.said})`
      : `not every state was read (${first.said}; and ${more.length} more)`;
  };
  const everywhere = gapOf(null);
  if (everywhere === undefined) return () => undefined;
  const byRealm = new Map<string, string | undefined>();
  return (realm) => {
    if (realm === null) return everywhere;
    const key = realmKey(realm);
    if (!byRealm.has(key)) byRealm.set(key, gapOf(realm));
    return byRealm.get(key);
  };
}

/** States that a root is said to have and nobody looked at. */
function unreadStates(facts: readonly Fact[], states: readonly Coverage[]): ReadonlyMap<string, string> {
  const asked = new Set(states.map(({ locator }) => locator));
  const roots = facts.filter((fact): fact is RootFact => fact.kind === 'root');
  return new Map(
    roots.flatMap(({ states, elsewhere }) =>
      (states ?? [])
        .filter((locator) => !asked.has(locator))
        .map((locator) => [locator, elsewhere ? STATE_ELSEWHERE : LEFT_OUT]),
    ),
  );
}

const LEFT_OUT = 'nobody asked for it, and keydrift.yaml names its root';

/** What each root says of the states that hold it, and of itself where it is not known which those are. */
function reachesOf(facts: readonly Fact[]): (locator: string) => readonly Reach[] {
  const told = facts.flatMap((fact) =>
    fact.kind === 'root' ? [fact.root, ...(fact.states ?? [])].map((locator) => ({ locator, reach: fact.reach })) : [],
  );
  const byLocator = grouped(told, ({ locator }) => locator);
  return (locator) => byLocator.get(locator)?.map(({ reach }) => reach) ?? [];
}

function readSpan(states: readonly Coverage[]): Proofs['statesRead'] {
  let span: { first: Instant; last: Instant } | undefined;
  for (const { readAt } of states) {
    if (readAt === undefined) continue;
    if (span === undefined) span = { first: readAt, last: readAt };
    if (readAt < span.first) span.first = readAt;
    if (readAt > span.last) span.last = readAt;
  }
  return span;
}

/** Coverage names a file, a module or a directory that may hold roots only where that could not be read in full. */
const CONFIGURATION_FILE = /\.(tf|tofu)(\.json)?$/;

const configurationRoots = (coverage: readonly Coverage[]): ReadonlySet<string> =>
  new Set(
    coverage.flatMap(({ source, operation, locator }) =>
      source === 'configuration' &&
      operation !== 'module' &&
      operation !== 'roots' &&
      locator !== undefined &&
      !CONFIGURATION_FILE.test(locator)
        ? [locator]
        : [],
    ),
  );
