import type { StateFact } from '../model/facts.ts';

/** Instances that each claim the key for themselves: by lineage and address, since copies of one state are one. */
export function claimsOf(state: readonly StateFact[]): readonly StateFact[] {
  const byClaim = new Map<string, StateFact>();
  for (const instance of state) {
    if (instance.status === 'deposed') continue;
    byClaim.set(`${instance.lineage === '' ? instance.source : instance.lineage}#${instance.address}`, instance);
  }
  return byClaim.size > 1 ? [...byClaim.values()] : [];
}

/** Locators of the split that this key is part of: those contents do not all say the same of it. */
export function splitOf(
  state: readonly StateFact[],
  splits: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  for (const { source } of state) {
    const locators = splits.get(source);
    if (locators === undefined) continue;
    const said = locators.map((locator) => saysOf(state.filter((instance) => instance.source === locator)));
    if (new Set(said).size > 1) return locators;
  }
  return [];
}

const saysOf = (instances: readonly StateFact[]): string =>
  JSON.stringify(instances.map(({ address, status, attributes }) => [address, status, attributes]));
