import type { Diagnostic } from '../model/coverage.ts';
import type { AnchorFact, Fact, FactOf, KeyStoreFact } from '../model/facts.ts';
import { grouped } from '../model/grouped.ts';
import type { Inventory } from '../model/inventory.ts';
import { type KeyArn, realmKey } from '../model/key-arn.ts';
import type { KeyRecord } from '../model/key-record.ts';
import { anchorOf } from './anchors.ts';
import { joinDeclarations } from './declarations.ts';
import { gather } from './gather.ts';
import { proofsOf } from './proofs.ts';
import { type Context, joinedRecord, looseRecord, namelessRecord } from './records.ts';
import { ABSENCE_CLAIMS, type StandingOptions } from './standing.ts';
import { chooseStates } from './states.ts';

export interface Reconciled {
  /** Sorted by id. */
  readonly keys: readonly KeyRecord[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Lays all witnesses of an inventory side by side, key by key. Pure: the clock is in the inventory. */
export function reconcile(inventory: Inventory, options: StandingOptions): Reconciled {
  const { facts, coverage } = inventory;
  const states = chooseStates(coverage);
  const proofs = proofsOf(inventory);
  const gathering = gather(facts, states.authoritative);
  const declarations = joinDeclarations(facts, gathering, states.lineages, proofs);
  const anchors = facts.filter((fact): fact is AnchorFact => fact.kind === 'anchor');
  const context: Context = {
    options,
    proofs,
    declarations,
    splits: states.splits,
    keyStores: keyStoresOf(facts),
    anchorOf: anchorOf(anchors),
  };
  const records = [...gathering.keys.values()].map((gathered) => joinedRecord(gathered, context));
  const keys = [
    ...withPrimaryStanding(records),
    ...[...grouped(gathering.nameless, ({ source, address }) => `${source}#${address}`).values()].map((instances) =>
      namelessRecord(instances, context),
    ),
    ...[...grouped(declarations.loose, ({ block }) => `${block.root}#${block.address}`).values()].map((loose) =>
      looseRecord(loose, context),
    ),
  ];
  return { keys: keys.sort(byId), diagnostics: states.diagnostics };
}

/** Keys about to be called unmanaged, unclaimed, missing or gone: KMS is asked about them once more. */
export function absenceClaims(inventory: Inventory, options: Omit<StandingOptions, 'secondLook'>): readonly KeyArn[] {
  const { keys } = reconcile(inventory, { ...options, secondLook: 'assumed' });
  return keys.flatMap(({ arn, standing }) => (arn !== null && ABSENCE_CLAIMS.has(standing) ? [arn.arn] : []));
}

const byId = (a: KeyRecord, b: KeyRecord): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

function withPrimaryStanding(records: readonly KeyRecord[]): readonly KeyRecord[] {
  const standings = new Map(records.map((record) => [record.id, record.standing]));
  return records.map((record) => {
    const primary = record.family?.primary;
    if (primary === undefined || primary === record.id) return record;
    return { ...record, primaryStanding: standings.get(primary) ?? null };
  });
}

function keyStoresOf(facts: readonly Fact[]): ReadonlyMap<string, KeyStoreFact> {
  const stores = facts.filter((fact): fact is FactOf<'key-store'> => fact.kind === 'key-store');
  return new Map(stores.map((store) => [`${realmKey(store.realm)} ${store.id}`, store]));
}
