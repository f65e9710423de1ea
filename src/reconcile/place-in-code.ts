import type { ConfigurationFact, Fact, ImportFact, MovedFact, RemovedFact } from '../model/facts.ts';
import type { Realm } from '../model/key-arn.ts';
import type { KeyRecord, PlannedChange } from '../model/key-record.ts';
import { anchorOf } from './anchors.ts';
import { ofKind } from './blocks.ts';
import type { Gathered } from './gather.ts';
import type { Roots } from './roots.ts';

/** What names a key, of whichever root. */
export type Placed = Partial<
  Pick<Gathered, 'configuration' | 'imports' | 'state' | 'errored' | 'planned' | 'drifts'>
> & { readonly key?: Realm };

/** Whose a key is, and where a finding on it is shown that has no block which git can show. */
export type Place = Pick<KeyRecord, 'root' | 'anchor'>;

/** Places keys: by their blocks, else by the root that has their states, else by the plans that name them. */
export function placing(facts: readonly Fact[], roots: Pick<Roots, 'ofState'>): (key: Placed) => Place {
  const anchor = anchorOf(ofKind(facts, 'anchor'));
  const areSeveral = new Set(ofKind(facts, 'root').map(({ root }) => root)).size > 1;
  return ({ key, configuration = [], imports = [], state = [], errored = [], planned = [], drifts = [] }) => {
    const owners = [...state, ...errored].map((instance) => {
      const owner = roots.ofState(instance);
      return 'gap' in owner ? null : owner.root;
    });
    const named = [...configuration, ...imports, ...owners.map((root) => ({ root })), ...planned, ...drifts];
    const root = named.find((each) => each.root !== null)?.root ?? null;
    const addresses = [...configuration, ...planned, ...drifts, ...state, ...errored].map(({ address }) => address);
    return { root: areSeveral ? root : null, anchor: anchor({ realm: key ?? null, root, addresses }) };
  };
}

/** Of several roots that have a key, those that do something to it. */
export function whereChanged(gathered: Gathered, changes: readonly PlannedChange[]): Placed {
  const sources = new Set(changes.flatMap(({ source }) => source ?? []));
  if (sources.size === 0) return gathered;
  return { key: gathered.key, state: gathered.state.filter(({ source }) => sources.has(source)) };
}

/** Where a block stands that says what becomes of a key. */
export const locationOf = ({
  path,
  line,
  installed,
}: ConfigurationFact | ImportFact | MovedFact | RemovedFact): NonNullable<PlannedChange['location']> =>
  installed ? { path, line, installed } : { path, line };
