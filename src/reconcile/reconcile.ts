import type { Diagnostic } from '../model/coverage.ts';
import type { AnchorFact, Fact, FactOf, KeyStoreFact, StateFact } from '../model/facts.ts';
import { grouped } from '../model/grouped.ts';
import type { Inventory } from '../model/inventory.ts';
import { type KeyArn, realmKey } from '../model/key-arn.ts';
import type { KeyRecord } from '../model/key-record.ts';
import { by, inTurn } from '../model/order.ts';
import { anchorOf } from './anchors.ts';
import { joinDeclarations } from './declarations.ts';
import { type Gathered, gather } from './gather.ts';
import { byContent } from './ordered.ts';
import { proofsOf } from './proofs.ts';
import { type Context, joinedRecord, looseRecord, namelessRecord } from './records.ts';
import { rootsOf } from './roots.ts';
import { ABSENCE_CLAIMS, type StandingOptions, standingOf } from './standing.ts';
import { chooseStates } from './states.ts';

/** What an inventory comes to. */
export interface Reconciled {
  /**
   * Sorted by id. Each record is made when it is asked for, so that whoever lets go of one before taking the next
   * never holds all: a large estate's records together outweigh its facts.
   */
  readonly keys: Iterable<KeyRecord>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Lays all witnesses of an inventory side by side, key by key. Pure: the clock is in the inventory. */
export function reconcile(inventory: Inventory, options: StandingOptions): Reconciled {
  const { gathering, declarations, context, diagnostics } = lay(inventory, options);
  const named = [...gathering.keys.values()].sort(by(({ key }) => key.arn));
  const others = [
    ...[...grouped(gathering.nameless, instanceId).values()].map((instances) => namelessRecord(instances)),
    ...declarations.loose.map(looseRecord),
  ].sort(by(({ id }) => id));
  return { keys: { [Symbol.iterator]: () => merged(named, others, context) }, diagnostics };
}

/** Keys about to be called unmanaged, unclaimed, missing or gone: KMS is asked about them once more. */
export function absenceClaims(inventory: Inventory, options: Omit<StandingOptions, 'secondLook'>): readonly KeyArn[] {
  const { gathering, context } = lay(inventory, { ...options, secondLook: 'assumed' });
  const claims: KeyArn[] = [];
  for (const gathered of gathering.keys.values()) {
    const { standing } = standingOf(gathered, context.proofs, context.options);
    if (ABSENCE_CLAIMS.has(standing)) claims.push(gathered.key.arn);
  }
  return claims.sort();
}

/** All that is known before the first key is concluded. */
function lay(inventory: Inventory, options: StandingOptions) {
  const { facts, coverage } = inventory;
  const states = chooseStates(coverage);
  const proofs = proofsOf(inventory);
  const gathering = gather(facts, states.authoritative);
  const roots = rootsOf(facts, coverage, proofs);
  const declarations = joinDeclarations(facts, gathering, roots, proofs);
  const anchors = facts.filter((fact): fact is AnchorFact => fact.kind === 'anchor');
  const context: Context = {
    options,
    proofs,
    gathering,
    declarations,
    configurationRequested: proofs.configurationRequested,
    splits: states.splits,
    keyStores: keyStoresOf(facts),
    anchorOf: anchorOf(anchors),
  };
  return { gathering, declarations, context, diagnostics: states.diagnostics };
}

/** Both in order of their ids, the records of keys with an ARN made on the way. */
function* merged(named: readonly Gathered[], others: readonly KeyRecord[], context: Context): Generator<KeyRecord> {
  let next = 0;
  for (const gathered of named) {
    for (let other = others[next]; other !== undefined && other.id < gathered.key.arn; other = others[next]) {
      yield other;
      next += 1;
    }
    yield joinedRecord(gathered, context);
  }
  yield* others.slice(next);
}

const instanceId = ({ source, address }: StateFact): string => `${source}#${address}`;

function keyStoresOf(facts: readonly Fact[]): ReadonlyMap<string, KeyStoreFact> {
  const stores = facts.filter((fact): fact is FactOf<'key-store'> => fact.kind === 'key-store');
  const oldestFirst = stores.sort(
    inTurn<KeyStoreFact>(
      by(({ readAt }) => readAt),
      byContent,
    ),
  );
  return new Map(oldestFirst.map((store) => [`${realmKey(store.realm)} ${store.id}`, store]));
}
