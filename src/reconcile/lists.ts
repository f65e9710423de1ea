import type {
  ConfigurationAliasFact,
  ConfigurationFact,
  ImportFact,
  PlanDriftFact,
  PlannedFact,
  StateAliasFact,
  StateFact,
  StatePolicyFact,
} from '../model/facts.ts';

/** Most keys of a large estate lack most of these: one empty list serves them all. */
export const NONE: readonly never[] = Object.freeze([]);

interface Lists {
  state: StateFact;
  errored: StateFact;
  aliases: StateAliasFact;
  aliasBlocks: ConfigurationAliasFact;
  policies: StatePolicyFact;
  configuration: ConfigurationFact;
  imports: ImportFact;
  ambiguousImports: ImportFact;
  planned: PlannedFact;
  drifts: PlanDriftFact;
}

/** Adds to one of the key's lists, which is its own from the first element on. */
export function add<N extends keyof Lists>(key: { [M in N]: readonly Lists[M][] }, name: N, fact: Lists[N]): void {
  if (key[name] === NONE) key[name] = [fact];
  else (key[name] as Lists[N][]).push(fact);
}
