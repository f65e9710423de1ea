import type { Change, Unjudged } from '../../model/change.ts';
import type { RootFact } from '../../model/facts.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { KeyRecord, PlannedChange } from '../../model/key-record.ts';
import { touchedRoots } from './touched.ts';

/** The records of an inventory. */
type RecordsOf = (inventory: Inventory) => Iterable<KeyRecord>;

/**
 * Keys in a state that several roots lead to, which an apply of one that the change touches ends, and did not end before.
 * Which of them applies the state, nobody knows (a pipeline may give each another place), so that this is no finding; but
 * where one does, the key is lost.
 */
export function endedInShared(
  change: Change,
  { now, before }: { readonly now: Inventory; readonly before: Inventory },
  recordsOf: RecordsOf,
): readonly Unjudged[] {
  const roots = now.facts.filter((fact): fact is RootFact => fact.kind === 'root');
  const shared = sharedBy(roots);
  if (shared.size === 0) return [];
  const touched = touchedRoots(roots, change);
  const sharing = new Set([...shared.values()].flatMap((names) => [...names]));
  return [...sharing]
    .filter((root) => touched.has(root))
    .flatMap((root) => {
      const alone = (inventory: Inventory): Iterable<KeyRecord> => recordsOf(ofOne(inventory, root, shared));
      const were = new Set([...alone(before)].flatMap((record) => endsOf(record, shared)).map(({ name }) => name));
      const ends = [...alone(now)].flatMap((record) => endsOf(record, shared)).filter(({ name }) => !were.has(name));
      return ends.map(({ key, address, source }) => {
        const others = [...(shared.get(source) ?? [])].filter((other) => other !== root);
        return {
          key,
          root,
          address,
          reason: `${others.join(', ')} and ${root} share ${source}`,
          isEnded: true as const,
        };
      });
    });
}

type Shared = ReadonlyMap<string, ReadonlySet<string>>;

/** The roots of each state that more than one has. */
function sharedBy(roots: readonly RootFact[]): Shared {
  const holders = new Map<string, Set<string>>();
  for (const { root, states } of roots) {
    for (const locator of states ?? []) holders.set(locator, (holders.get(locator) ?? new Set()).add(root));
  }
  return new Map([...holders].filter(([, names]) => names.size > 1));
}

/** The inventory as it is where one root alone has the states that several share. */
const ofOne = (inventory: Inventory, root: string, shared: Shared): Inventory => ({
  ...inventory,
  facts: inventory.facts.map((fact) =>
    fact.kind === 'root' && fact.root !== root && fact.states !== null
      ? { ...fact, states: fact.states.filter((locator) => !shared.has(locator)) }
      : fact,
  ),
});

/** What configuration and state come to that ends a key in one of these states. */
function endsOf({ id, state, planned }: KeyRecord, shared: Shared) {
  const ending = planned.filter(({ by, action }) => by === 'configuration' && ENDING.has(action));
  return ending.flatMap(({ address, action }) => {
    const instance = state.find((each) => each.address === address && shared.has(each.source));
    return instance === undefined
      ? []
      : [{ key: id, address, source: instance.source, name: JSON.stringify([id, address, action]) }];
  });
}

const ENDING: ReadonlySet<PlannedChange['action']> = new Set(['destroy', 'replace']);
