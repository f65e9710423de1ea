import type { Diagnostic } from '../model/coverage.ts';
import type { AnchorFact, StateFact } from '../model/facts.ts';
import { grouped } from '../model/grouped.ts';
import type { Inventory } from '../model/inventory.ts';
import type { KeyArn, Realm } from '../model/key-arn.ts';
import type { KeyRecord, Standing } from '../model/key-record.ts';
import { LAST_USE_NOT_ASKED } from '../model/not-asked.ts';
import { by } from '../model/order.ts';
import { aliasDoubtsOf, aliasDriftsOf, aliasTargetsOf } from './alias-drift.ts';
import { anchorOf } from './anchors.ts';
import { joinDeclarations } from './declarations.ts';
import { setPolicyTest } from './declared-policy.ts';
import { type Gathered, type Gathering, gather } from './gather.ts';
import { keyStoresOf, missingStoreDiagnostics, realmsToAsk } from './key-stores.ts';
import { isLastUseCandidate } from './last-use.ts';
import { joinOwners } from './owners.ts';
import { proofsOf } from './proofs.ts';
import { realmGaps } from './realm-gaps.ts';
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
  return arnsWhere(gathering, (gathered) =>
    ABSENCE_CLAIMS.has(standingOf(gathered, context.proofs, context.options).standing),
  );
}

/**
 * Keys that would be unmanaged or unclaimed if nobody else had them: other tools are asked about these, and no others. To
 * be called before they were.
 */
export function ownerCandidates(inventory: Inventory, options: Omit<StandingOptions, 'secondLook'>): readonly KeyArn[] {
  const requested = inventory.header.requested.filter((source) => source !== 'owners');
  const { gathering, context } = lay(
    { ...inventory, header: { ...inventory.header, requested } },
    { ...options, secondLook: 'assumed' },
  );
  return arnsWhere(gathering, (gathered) => UNHELD.has(standingOf(gathered, context.proofs, context.options).standing));
}

const UNHELD: ReadonlySet<Standing> = new Set(['unmanaged', 'unclaimed']);

/** Keys whose last use a finding may want to tell. */
export function lastUseCandidates(
  inventory: Inventory,
  options: Omit<StandingOptions, 'secondLook'>,
): readonly KeyArn[] {
  const { gathering, context } = lay(inventory, { ...options, secondLook: 'assumed' });
  return arnsWhere(gathering, (gathered) => isLastUseCandidate(joinedRecord(gathered, context)));
}

/** Keys whose aliases KMS is to be asked for once more, before it is said that they are not where a state has them. */
export function aliasDoubts(inventory: Inventory, options: Omit<StandingOptions, 'secondLook'>): readonly KeyArn[] {
  const { gathering, context } = lay(inventory, { ...options, secondLook: 'assumed' });
  return aliasDoubtsOf(
    [...gathering.keys.values()].flatMap((gathered) =>
      gathered.aliases.length === 0
        ? []
        : [[gathered, aliasDriftsOf(gathered, context.aliasTargets, context.proofs, 'assumed')] as const],
    ),
  );
}

/** Where KMS is to be asked for its custom key stores once the states were read. */
export function keyStoreDoubts(inventory: Inventory, options: Omit<StandingOptions, 'secondLook'>): readonly Realm[] {
  const { gathering, context } = lay(inventory, { ...options, secondLook: 'assumed' });
  return realmsToAsk(inventory, gathering, context.keyStores, context.proofs);
}

const arnsWhere = ({ keys }: Gathering, holds: (gathered: Gathered) => boolean): readonly KeyArn[] =>
  [...keys.values()].flatMap((gathered) => (holds(gathered) ? [gathered.key.arn] : [])).sort();

/** All that is known before the first key is concluded. */
function lay(inventory: Inventory, options: StandingOptions) {
  const { facts, coverage } = inventory;
  const states = chooseStates(coverage);
  const proofs = proofsOf(inventory);
  const gathering = gather(facts, states.authoritative);
  joinOwners(inventory, gathering, proofs);
  const keyStores = keyStoresOf(inventory, states.authoritative, proofs);
  const roots = rootsOf(facts, coverage, proofs);
  const declarations = joinDeclarations(facts, gathering, roots, proofs);
  const anchors = facts.filter((fact): fact is AnchorFact => fact.kind === 'anchor');
  const context: Context = {
    options,
    proofs,
    gathering,
    declarations,
    configurationRequested: proofs.configurationRequested,
    plansRequested: inventory.header.requested.includes('plan'),
    splits: states.splits,
    keyStores,
    aliasTargets: aliasTargetsOf(gathering, coverage),
    lastUseGap: realmGaps(coverage, 'kms', 'GetKeyLastUsage', LAST_USE_NOT_ASKED),
    ownership: inventory.header.ownership,
    isSetPolicy: setPolicyTest(),
    anchorOf: anchorOf(anchors),
  };
  const diagnostics = [...states.diagnostics, ...missingStoreDiagnostics(inventory, gathering, keyStores, proofs)];
  return { gathering, declarations, context, diagnostics };
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
