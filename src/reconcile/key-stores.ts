import type { Attested } from '../model/attributes.ts';
import type { Coverage, Diagnostic } from '../model/coverage.ts';
import type { Fact, KeyStoreFact, StateKeyStoreFact } from '../model/facts.ts';
import { grouped } from '../model/grouped.ts';
import type { Inventory } from '../model/inventory.ts';
import { type Realm, realmKey } from '../model/key-arn.ts';
import { NOT_ASKED } from '../model/not-asked.ts';
import { by, byText } from '../model/order.ts';
import type { Reach } from '../model/reach.ts';
import type { Instant } from '../model/time.ts';
import type { Gathered, Gathering } from './gather.ts';
import { byContent } from './ordered.ts';
import type { Proofs } from './proofs.ts';

/** Custom key stores: what KMS lists, and what states hold. */
export interface KeyStores {
  readonly live: (realm: Realm, id: string) => KeyStoreFact | undefined;
  /** Instances that manage a store, in states that count. */
  readonly instances: readonly StateKeyStoreFact[];
  /** Those of the store with this id. */
  readonly held: (id: string) => readonly StateKeyStoreFact[];
  /** Why it is not known which stores there are; undefined where KMS listed them all after `since`. */
  readonly gap: (realm: Realm, since: Instant | undefined) => string | undefined;
}

/** Lays the stores that states hold beside those that KMS lists. */
export function keyStoresOf(
  { facts, coverage, header }: Inventory,
  authoritative: ReadonlySet<string>,
  proofs: Proofs,
): KeyStores {
  const live = new Map<string, KeyStoreFact>();
  for (const fact of facts) if (fact.kind === 'key-store') keepLatest(live, fact);
  const counted = facts.flatMap((fact) =>
    fact.kind === 'state-key-store' && counts(fact, authoritative, proofs) ? [fact] : [],
  );
  const held = grouped(counted, ({ id }) => id);
  const listings = grouped(
    coverage.filter(({ operation }) => operation === 'DescribeCustomKeyStores'),
    ({ partition = '', account = '', region = '' }) => realmKey({ partition, account, region }),
  );
  return {
    live: (realm, id) => live.get(placeOf(realm, id)),
    instances: counted,
    held: (id) => (held.get(id) ?? []).toSorted(by(placeOfInstance)),
    gap: (realm, since) =>
      header.requested.includes('kms') ? listingGap(listings.get(realmKey(realm)) ?? [], realm, since) : NOT_ASKED.kms,
  };
}

const placeOf = (realm: Realm, id: string): string => `${realmKey(realm)} ${id}`;

const placeOfInstance = ({ source, address }: StateKeyStoreFact): string => `${source}\0${address}`;

function keepLatest(stores: Map<string, KeyStoreFact>, fact: KeyStoreFact): void {
  const place = placeOf(fact.realm, fact.id);
  const known = stores.get(place);
  if (
    known === undefined ||
    known.readAt < fact.readAt ||
    (known.readAt === fact.readAt && byContent(known, fact) < 0)
  ) {
    stores.set(place, fact);
  }
}

const counts = ({ mode, errored, source }: StateKeyStoreFact, authoritative: ReadonlySet<string>, proofs: Proofs) =>
  mode === 'managed' && !errored && authoritative.has(source) && proofs.stateFault(source) === undefined;

function listingGap(listings: readonly Coverage[], realm: Realm, since: Instant | undefined): string | undefined {
  const last = listings.toSorted(by(({ readAt }) => readAt ?? '')).at(-1);
  if (last === undefined) return `KMS was not asked for the custom key stores of ${realm.region}`;
  if (last.status !== 'complete') return `DescribeCustomKeyStores: ${last.reason ?? last.status}`;
  if (since === undefined || (last.readAt !== undefined && last.readAt >= since)) return undefined;
  return 'KMS was not asked for custom key stores again after the states were read';
}

/** The stores that a state or a configuration puts a key in. */
export const storeIdsOf = ({ state, configuration }: Pick<Gathered, 'state' | 'configuration'>): readonly string[] =>
  state.some(isInStore) || configuration.some(isInStore)
    ? [...new Set([...state, ...configuration].flatMap(({ attributes }) => attributes.customKeyStoreId ?? []))].sort(
        byText,
      )
    : NO_IDS;

const isInStore = ({ attributes }: Attested): boolean => attributes.customKeyStoreId != null;

const NO_IDS: readonly string[] = [];

/** Stores that a witness puts a key in and that KMS does not have, or why that is not known. */
export interface MissingStores {
  readonly ids: readonly string[];
  readonly gap?: string;
}

/** A key lives in a store of its own account and Region (AWS KMS developer guide, "Key stores"). */
export function missingStores(
  gathered: Pick<Gathered, 'key' | 'state' | 'configuration'>,
  stores: KeyStores,
  proofs: Proofs,
): MissingStores {
  const { key } = gathered;
  const unlisted = storeIdsOf(gathered).filter((id) => stores.live(key, id) === undefined);
  if (unlisted.length === 0 || !proofs.inScope(key)) return { ids: [] };
  const gap = stores.gap(key, proofs.statesRead?.last);
  return gap === undefined ? { ids: unlisted } : { ids: [], gap };
}

/** Where KMS is to be asked for its stores after the states were read: wherever a store may be that it did not list. */
export function realmsToAsk(
  { header, facts }: Inventory,
  { keys }: Gathering,
  stores: KeyStores,
  proofs: Proofs,
): readonly Realm[] {
  const held = heldStores(facts, stores);
  const wanted = new Set<string>();
  for (const gathered of keys.values()) {
    for (const id of storeIdsOf(gathered)) {
      if (stores.live(gathered.key, id) === undefined) wanted.add(realmKey(gathered.key));
    }
  }
  for (const store of held) {
    if (header.scope.some((realm) => stores.live(realm, store.id) !== undefined)) continue;
    for (const realm of header.scope)
      if (store.region === null || store.region === realm.region) wanted.add(realmKey(realm));
  }
  return header.scope.filter(
    (realm) => wanted.has(realmKey(realm)) && stores.gap(realm, proofs.statesRead?.last) !== undefined,
  );
}

const heldStores = (facts: readonly Fact[], stores: KeyStores): readonly StateKeyStoreFact[] => [
  ...new Set(facts.flatMap((fact) => (fact.kind === 'state-key-store' ? stores.held(fact.id) : []))),
];

/**
 * Stores of states that KMS does not have and that no key is in: no key's finding would tell of them. A state names no
 * Region before AWS provider 6: then a store is missing only when its root reaches scanned Regions alone.
 */
export function missingStoreDiagnostics(
  { header, facts }: Inventory,
  { keys }: Gathering,
  stores: KeyStores,
  proofs: Proofs,
): readonly Diagnostic[] {
  const held = heldStores(facts, stores);
  if (held.length === 0) return [];
  const withKeys = new Set([...keys.values()].flatMap(storeIdsOf));
  return held
    .filter(({ id }) => !withKeys.has(id) && !header.scope.some((realm) => stores.live(realm, id) !== undefined))
    .flatMap((store): Diagnostic[] => {
      const realms = homesOf(store, facts, header.scope);
      if (realms === undefined || realms.some((realm) => stores.gap(realm, proofs.statesRead?.last) !== undefined))
        return [];
      const { source, address, id } = store;
      return [
        { level: 'error', source: 'kms', message: `${source} holds ${address}, but KMS has no custom key store ${id}` },
      ];
    });
}

/** The scanned accounts and Regions that a store can only be in; undefined when it may be elsewhere. */
function homesOf(
  store: StateKeyStoreFact,
  facts: readonly Fact[],
  scope: readonly Realm[],
): readonly Realm[] | undefined {
  const reaches = facts.flatMap((fact) =>
    fact.kind === 'root' && fact.states?.includes(store.source) ? [fact.reach] : [],
  );
  const [reach, ...others] = reaches;
  if (reach === undefined || others.length > 0) return undefined;
  const { accounts } = reach;
  const regions = store.region === null ? reach.regions : [store.region];
  return isWithinScope({ accounts, regions }, scope)
    ? scope.filter(({ account, region }) => accounts?.includes(account) && regions?.includes(region))
    : undefined;
}

const isWithinScope = ({ accounts, regions }: Reach, scope: readonly Realm[]): boolean =>
  accounts !== null &&
  regions !== null &&
  accounts.length > 0 &&
  regions.length > 0 &&
  accounts.every((account) =>
    regions.every((region) => scope.some((realm) => realm.account === account && realm.region === region)),
  );
