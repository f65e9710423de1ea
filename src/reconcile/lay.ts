import type { Coverage, Diagnostic } from '../model/coverage.ts';
import type { Inventory } from '../model/inventory.ts';
import { LAST_USE_NOT_ASKED } from '../model/not-asked.ts';
import { aliasTargetsOf } from './alias-drift.ts';
import { ofKind } from './blocks.ts';
import { type Declarations, joinDeclarations } from './declarations.ts';
import { setPolicyTest } from './declared-policy.ts';
import { type Gathering, gather } from './gather.ts';
import { keyStoresOf, missingStoreDiagnostics } from './key-stores.ts';
import { joinOwners } from './owners.ts';
import { joinOwnership } from './ownership.ts';
import { placing } from './place-in-code.ts';
import { proofsOf } from './proofs.ts';
import { realmGaps } from './realm-gaps.ts';
import type { Context } from './records.ts';
import { referredStoreIds } from './referred-stores.ts';
import { rootsOf } from './roots.ts';
import type { StandingOptions } from './standing.ts';
import { chooseStates } from './states.ts';
import { successorsOf } from './successors.ts';

/** All that is known before the first key is concluded. */
export interface Laid {
  readonly gathering: Gathering;
  readonly declarations: Declarations;
  readonly context: Context;
  readonly diagnostics: readonly Diagnostic[];
}

/** Lays the facts of an inventory side by side: costs about as much as all that is concluded from them. */
export function lay(inventory: Inventory, options: StandingOptions): Laid {
  const { facts, coverage } = inventory;
  const states = chooseStates(coverage, ofKind(facts, 'root'));
  const proofs = proofsOf(inventory);
  const gathering = gather(facts, states);
  joinOwners(inventory, gathering, proofs);
  const keyStores = keyStoresOf(inventory, states.authoritative, proofs);
  const roots = rootsOf(facts, coverage, proofs);
  const declarations = joinDeclarations(facts, gathering, roots, proofs);
  joinOwnership(inventory.header.ownership, gathering, declarations, proofs);
  const context: Context = {
    options,
    proofs,
    gathering,
    declarations,
    configurationRequested: proofs.configurationRequested,
    plansRequested: inventory.header.requested.includes('plan'),
    splits: states.splits,
    keyStores,
    referredStoreId: referredStoreIds(facts, keyStores, roots, declarations),
    aliasTargets: aliasTargetsOf(gathering, inventory, proofs),
    lastUseGap: realmGaps(lastUseCoverage(coverage), 'kms', 'GetKeyLastUsage', LAST_USE_NOT_ASKED),
    ownership: inventory.header.ownership,
    isSetPolicy: setPolicyTest(),
    placeOf: placing(facts, roots),
    successorOf: successorsOf(facts, { gathering, declarations, roots }),
  };
  const diagnostics = [...states.diagnostics, ...missingStoreDiagnostics(inventory, gathering, keyStores, proofs)];
  return { gathering, declarations, context, diagnostics };
}

/** Of an endpoint that does not have the API everything was asked that could be, and no last use is known all the same. */
const lastUseCoverage = (coverage: readonly Coverage[]): readonly Coverage[] =>
  coverage.flatMap((entry) => {
    if (entry.operation !== 'GetKeyLastUsage') return [];
    return [entry.reason === undefined ? entry : { ...entry, status: 'partial' as const }];
  });
