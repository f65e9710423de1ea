import type { Diagnostic } from '../model/coverage.ts';
import type { AnchorFact, Fact, FactOf, KeyStoreFact, StateFact } from '../model/facts.ts';
import { grouped } from '../model/grouped.ts';
import type { Inventory } from '../model/inventory.ts';
import { type KeyArn, realmKey } from '../model/key-arn.ts';
import type { KeyRecord } from '../model/key-record.ts';
import { anchorOf } from './anchors.ts';
import { joinDeclarations, type LooseBlock } from './declarations.ts';
import { gather } from './gather.ts';
import { byContent } from './ordered.ts';
import { proofsOf } from './proofs.ts';
import { type Context, joinedRecord, looseRecord, namelessRecord } from './records.ts';
import { ABSENCE_CLAIMS, type StandingOptions, standingOf } from './standing.ts';
import { chooseStates } from './states.ts';

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
  const records: readonly PendingRecord[] = [
    ...pending(gathering.keys.values(), ({ key }) => key.arn, joinedRecord, context),
    ...pending(
      grouped(gathering.nameless, instanceId).values(),
      ([first]) => instanceId(first),
      namelessRecord,
      context,
    ),
    ...pending(grouped(declarations.loose, blockId).values(), ([first]) => blockId(first), looseRecord, context),
  ].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return { keys: { [Symbol.iterator]: () => made(records) }, diagnostics };
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
  const declarations = joinDeclarations(facts, gathering, states.lineages, proofs);
  const anchors = facts.filter((fact): fact is AnchorFact => fact.kind === 'anchor');
  const context: Context = {
    options,
    proofs,
    gathering,
    declarations,
    splits: states.splits,
    keyStores: keyStoresOf(facts),
    anchorOf: anchorOf(anchors),
  };
  return { gathering, declarations, context, diagnostics: states.diagnostics };
}

interface PendingRecord {
  readonly id: string;
  readonly make: () => KeyRecord;
}

function* pending<T>(
  subjects: Iterable<T>,
  idOf: (subject: T) => string,
  make: (subject: T, context: Context) => KeyRecord,
  context: Context,
): Generator<PendingRecord> {
  for (const subject of subjects) yield { id: idOf(subject), make: () => make(subject, context) };
}

function* made(records: readonly PendingRecord[]): Generator<KeyRecord> {
  for (const { make } of records) yield make();
}

const instanceId = ({ source, address }: StateFact): string => `${source}#${address}`;

const blockId = ({ block }: LooseBlock): string => `${block.root}#${block.address}`;

function keyStoresOf(facts: readonly Fact[]): ReadonlyMap<string, KeyStoreFact> {
  const stores = facts.filter((fact): fact is FactOf<'key-store'> => fact.kind === 'key-store');
  const oldestFirst = stores.sort((a, b) => (a.readAt === b.readAt ? byContent(a, b) : a.readAt < b.readAt ? -1 : 1));
  return new Map(oldestFirst.map((store) => [`${realmKey(store.realm)} ${store.id}`, store]));
}
