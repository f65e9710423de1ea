import type { StateAliasFact } from '../model/facts.ts';
import type { Inventory } from '../model/inventory.ts';
import { type KeyArn, type KeyArnParts, parseKeyArn, type Realm, realmKey } from '../model/key-arn.ts';
import type { AliasDrift } from '../model/key-record.ts';
import { NOT_ASKED } from '../model/not-asked.ts';
import { by, inTurn } from '../model/order.ts';
import type { Instant } from '../model/time.ts';
import { declaredAliasesOf } from './declared-aliases.ts';
import type { Gathered, Gathering } from './gather.ts';
import type { Proofs } from './proofs.ts';
import { type RealmGap, realmGaps } from './realm-gaps.ts';
import { isGoneSince, type StandingOptions } from './standing.ts';

/** What KMS says of the aliases that states hold. */
export interface AliasTargets {
  /** The key that KMS has an alias on; undefined where it lists no such alias on a key. */
  readonly of: (realm: Realm, name: string) => KeyArn | undefined;
  /** Whether a state binds an alias of this name to another key than this, in its account and Region. */
  readonly isBoundElsewhere: (key: KeyArnParts, name: string) => boolean;
  readonly gap: RealmGap;
}

/** Looks up the aliases that states and blocks name, and no others: an account may have tens of thousands. */
export function aliasTargetsOf({ keys }: Gathering, { coverage, header }: Inventory, proofs: Proofs): AliasTargets {
  const wanted = new Set([...keys.values()].flatMap(namedOf));
  const targets = new Map<string, KeyArn>();
  if (wanted.size > 0) {
    for (const { key, live } of keys.values()) {
      for (const name of live?.aliases ?? []) if (wanted.has(name)) targets.set(placeOf(key, name), key.arn);
    }
  }
  const notAsked = header.requested.includes('kms') ? undefined : NOT_ASKED.kms;
  const bound = boundByStates(keys, proofs);
  return {
    of: (realm, name) => targets.get(placeOf(realm, name)),
    isBoundElsewhere: (key, name) => bound.get(placeOf(key, name))?.some((arn) => arn !== key.arn) ?? false,
    gap: realmGaps(coverage, 'kms', 'ListAliases', notAsked),
  };
}

function boundByStates(keys: Gathering['keys'], proofs: Proofs): ReadonlyMap<string, readonly KeyArn[]> {
  const bound = new Map<string, KeyArn[]>();
  for (const { key, aliases } of keys.values()) {
    for (const alias of aliases.filter((each) => isBinding(each, proofs))) {
      const place = placeOf(realmOf(alias) ?? key, alias.name);
      bound.set(place, [...(bound.get(place) ?? []), key.arn]);
    }
  }
  return bound;
}

/** A data source binds nothing, nor does a state that moved since. */
const isBinding = ({ mode, source }: StateAliasFact, proofs: Proofs): boolean =>
  mode === 'managed' && proofs.stateFault(source) === undefined;

const namedOf = (key: Gathered): readonly string[] => [
  ...key.aliases.map(({ name }) => name),
  ...declaredAliasesOf(key).names,
];

const placeOf = (realm: Realm, name: string): string => `${realmKey(realm)} ${name}`;

/** Where the aliases of a key went, or why that is not known. */
export interface AliasReading {
  readonly drifts: readonly AliasDrift[];
  readonly gap?: string;
}

const NOTHING: AliasReading = { drifts: [] };

/**
 * The aliases that a state binds to this key and that KMS has elsewhere, or nowhere. Only where KMS told all aliases of
 * the Region, and this key's own again after the state was read: an apply may have moved one in between.
 */
export function aliasDriftsOf(
  gathered: Gathered,
  targets: AliasTargets,
  proofs: Proofs,
  secondLook: StandingOptions['secondLook'],
): AliasReading {
  const bound = gathered.aliases.filter((alias) => isBinding(alias, proofs));
  if (bound.length === 0 || !proofs.inScope(gathered.key)) return NOTHING;
  const listed = targets.gap(gathered.key);
  if (listed !== undefined) return { drifts: [], gap: listed };
  const moved = bound.flatMap((alias) => driftOf(alias, gathered, targets));
  const [late] = moved.filter(({ fact }) => secondLook === 'required' && !isAskedSince(gathered, fact.readAt));
  if (late !== undefined) return { drifts: [], gap: `KMS was not asked again after ${late.fact.source} was read` };
  return moved.length === 0 ? NOTHING : { drifts: moved.map(({ drift }) => drift).sort(inOrder) };
}

const inOrder = inTurn<AliasDrift>(
  by(({ name }) => name),
  by(({ source }) => source),
  by(({ address }) => address),
);

interface Moved {
  readonly drift: AliasDrift;
  readonly fact: StateAliasFact;
}

function driftOf(fact: StateAliasFact, gathered: Gathered, targets: AliasTargets): Moved[] {
  const { key, live } = gathered;
  const { name, address, source } = fact;
  if (live?.aliases?.includes(name)) return [];
  const target = targets.of(realmOf(fact) ?? key, name) ?? null;
  if (target === key.arn) return [];
  // KMS deletes the aliases of a key with it: that the key is gone says it all.
  if (target === null && (live === null || isGoneSince(gathered))) return [];
  return [{ drift: { name, address, source, target }, fact }];
}

const ALIAS_ARN = /^arn:(aws[a-z-]*):kms:([a-z0-9-]+):(\d{12}):alias\//;

function realmOf({ aliasArn }: StateAliasFact): Realm | undefined {
  const [, partition, region, account] = ALIAS_ARN.exec(aliasArn ?? '') ?? [];
  return partition === undefined || region === undefined || account === undefined
    ? undefined
    : { partition, region, account };
}

const isAskedSince = (gathered: Gathered, readAt: Instant): boolean => {
  const { absent, aliasesReadAt } = gathered;
  const askedAt = isGoneSince(gathered) ? absent?.readAt : aliasesReadAt;
  return askedAt != null && askedAt >= readAt;
};

/** The keys whose aliases are to be asked for once more: those that lost one, and those that KMS has it on. */
export const aliasDoubtsOf = (drifts: readonly (readonly [Gathered, AliasReading])[]): readonly KeyArn[] =>
  [
    ...new Set(
      drifts.flatMap(([{ key }, reading]) =>
        reading.drifts.flatMap(({ target }) =>
          [key.arn, target].flatMap((arn) => (arn === null ? [] : (parseKeyArn(arn)?.arn ?? []))),
        ),
      ),
    ),
  ].sort();
