import type { ConfigurationFact, PlanDriftFact, PlannedFact } from '../model/facts.ts';

/** The blocks at the address of what a plan says. */
export type BlocksAt = (fact: Pick<PlannedFact, 'root' | 'address'>) => readonly ConfigurationFact[];

/**
 * Where a refresh looked for a key that it did not find: in the Region of its provider, by the plan, else by configuration.
 * Undefined where neither tells, or where they differ on what the plan does not say itself.
 */
export function lookedIn(drift: PlanDriftFact, blocksAt: BlocksAt): string | undefined {
  const { name = null, by } = drift.region ?? {};
  const declared = declaredIn(blocksAt(drift));
  if (name === null) return declared;
  return by !== 'variable' || declared === undefined || declared === name ? name : undefined;
}

/**
 * The Region of the provider of a key that a plan leaves where it is, where that is another than the key's: a plan that was
 * made without a refresh does not see it. A plan that was made with one found the key there, so what is not certain counts
 * where plan and configuration agree. Undefined else.
 */
export function leftFor(planned: PlannedFact, blocksAt: BlocksAt, region: string): string | undefined {
  const { action, deposed, region: said } = planned;
  if (said === undefined || said.by === 'resource' || deposed || (action !== 'none' && action !== 'update')) {
    return undefined;
  }
  const declared = declaredIn(blocksAt(planned));
  const isAgreed = said.by === 'provider' ? declared === undefined || declared === said.name : declared !== undefined;
  const next = said.name ?? declared;
  return isAgreed && (declared ?? next) === next && next !== region ? next : undefined;
}

/** The Region that blocks declare for certain. */
function declaredIn(blocks: readonly ConfigurationFact[]): string | undefined {
  const [first] = blocks;
  const isCertain = blocks.every(
    ({ instances, region, regionBy }) => instances === 'one' && regionBy !== undefined && region === first?.region,
  );
  return isCertain ? (first?.region ?? undefined) : undefined;
}

/** Why a refresh does not find a key. */
export const notLookedFor = (next: string, region: string): string =>
  `its provider names ${next}, and the key is in ${region}, where a refresh no longer looks for it`;
