import type { ConfigurationFact, Fact, PlannedFact } from '../model/facts.ts';
import { ofKind, type RootBlocks } from './blocks.ts';
import type { Gathering } from './gather.ts';
import { add } from './lists.ts';
import type { Roots } from './roots.ts';
import { isKept } from './stray-plans.ts';

/** A plan of a known root, and not one that came with the repository that it speaks of. */
export const isTrusted = (fact: PlannedFact): fact is PlannedFact & { readonly root: string } =>
  fact.root !== null && fact.committed !== true;

/**
 * Where no state was read that says it, the plan of a root knows which key each of its blocks has: it was made with the
 * state. The blocks found are added to what was gathered of each key.
 */
export function joinPlans(
  planned: readonly PlannedFact[],
  byRoot: ReadonlyMap<string, RootBlocks>,
  gathering: Gathering,
  declared: Set<ConfigurationFact>,
): void {
  for (const fact of planned) {
    const gathered = fact.arn === null ? undefined : gathering.keys.get(fact.arn);
    if (gathered === undefined || gathered.state.length > 0 || !isTrusted(fact) || !isKept(fact)) continue;
    for (const block of byRoot.get(fact.root)?.declaring(fact.address) ?? []) {
      declared.add(block);
      if (!gathered.configuration.includes(block)) add(gathered, 'configuration', block);
    }
  }
}

/** Tells whether plans leave nothing open of which block declares a key that they name. */
export const toldByPlan =
  ({ configurationGap }: Pick<Roots, 'configurationGap'>) =>
  (planned: readonly PlannedFact[]): boolean =>
    planned.length > 0 &&
    planned.every((fact) => isTrusted(fact) && configurationGap(fact.root, fact.address) === undefined);

/** A place in a plan. */
export const plannedAt = ({ plan, address }: Pick<PlannedFact, 'plan' | 'address'>): string => `${plan}#${address}`;

/** The places whose key a refresh no longer found: it is made again there. */
export const droppedByRefresh = (facts: readonly Fact[]): ReadonlySet<string> =>
  new Set(ofKind(facts, 'plan-drift').flatMap((drift) => (drift.change === 'deleted' ? [plannedAt(drift)] : [])));
