import { blockPath, isModuleCall, stepsOf } from '../model/address.ts';
import { REPLACING } from '../model/comparisons.ts';
import type { ConfigurationFact, Fact, StateFact } from '../model/facts.ts';
import { grouped } from '../model/grouped.ts';
import { parseKeyArn } from '../model/key-arn.ts';
import type { PlannedChange } from '../model/key-record.ts';
import { ofKind } from './blocks.ts';
import type { Declarations } from './declarations.ts';
import type { Gathering } from './gather.ts';
import type { Roots } from './roots.ts';

type Successor = NonNullable<PlannedChange['successor']>;

/** Where an instance that no block declares may have gone; undefined where that is nowhere, or one of several. */
export type SuccessorOf = (instance: StateFact) => Successor | undefined;

/**
 * Lays what states hold and no block declares beside what blocks of the same root would make: a module whose call is gone
 * beside one that makes the very same keys, and the only key of a type that is dropped beside the only one that is made.
 * Nothing that would be replaced there. All that is looked at the first time that somebody asks, for most changes drop none.
 */
export function successorsOf(
  facts: readonly Fact[],
  from: { readonly gathering: Gathering; readonly declarations: Declarations; readonly roots: Roots },
): SuccessorOf {
  let known: ReadonlyMap<StateFact, Successor> | undefined;
  return (instance) => {
    known ??= pairs(facts, from);
    return known.get(instance);
  };
}

/** A destroy with where the key may have gone. */
export function withSuccessor(
  change: PlannedChange,
  state: readonly StateFact[],
  successorOf: SuccessorOf,
): PlannedChange {
  if (change.action !== 'destroy') return change;
  const instance = state.find(
    ({ address, source, status }) =>
      address === change.address && status !== 'deposed' && [undefined, source].includes(change.source),
  );
  const successor = instance === undefined ? undefined : successorOf(instance);
  return successor === undefined ? change : { ...change, successor };
}

function pairs(
  facts: readonly Fact[],
  { gathering, declarations, roots }: Parameters<typeof successorsOf>[1],
): ReadonlyMap<StateFact, Successor> {
  const dropped = [...gathering.keys.values()]
    .flatMap(({ state }) => state)
    .flatMap((instance) => {
      const owner = roots.ofState(instance);
      if ('gap' in owner || instance.status === 'deposed') return [];
      const isDropped = declarations.fateOf(instance).kind === 'dropped';
      // What another moved block leads on is at its end already.
      const isUnmoved = declarations.placeOf(instance, owner.root).address === instance.address;
      return isDropped && isUnmoved ? [{ root: owner.root, instance }] : [];
    });
  const free = declarations.loose.flatMap(({ blocks, reason }) =>
    blocks.map((block): Free => ({ block, isSure: block.instances === 'one' && reason === undefined })),
  );
  const made = grouped(free, ({ block }) => block.root);
  const called = new Set(ofKind(facts, 'anchor').map(({ root, address }) => JSON.stringify([root, address])));
  const found = new Map<StateFact, Successor>();
  for (const [root, group] of grouped(dropped, (each) => each.root)) {
    const lost = group.map(({ instance }) => instance);
    const blocks = made.get(root) ?? [];
    const isGone = (module: string): boolean => !called.has(JSON.stringify([root, blockPath(module)]));
    for (const [instance, to] of [...alone(lost, blocks), ...renamedModules(lost, blocks, isGone)])
      found.set(instance, to);
  }
  return found;
}

/** A block that makes a key which no state holds; unsure where it may make several, none, or one that a state does hold. */
interface Free {
  readonly block: ConfigurationFact;
  readonly isSure: boolean;
}

type Pairs = readonly (readonly [StateFact, Successor])[];

/** The only one of its type. */
function alone(lost: readonly StateFact[], blocks: readonly Free[]): Pairs {
  return [...grouped(lost, ({ resourceType }) => resourceType)].flatMap(([type, [instance, ...others]]) => {
    const [free, ...more] = blocks.filter(({ block }) => block.resourceType === type);
    if (free === undefined || others.length + more.length > 0 || !isKept(instance, free)) return [];
    return [[instance, { from: instance.address, to: free.block.address }] as const];
  });
}

/** Modules that nothing calls any more, each with the only one that makes all its keys and no others. */
function renamedModules(
  lost: readonly StateFact[],
  blocks: readonly Free[],
  isGone: (module: string) => boolean,
): Pairs {
  const left = [...grouped(lost, ({ address }) => moduleOf(address))].filter(([from]) => from !== '' && isGone(from));
  const made = [...grouped(blocks, ({ block }) => moduleOf(block.address))].filter(([to]) => to !== '');
  const fits = left.flatMap(([from, instances]) =>
    made.flatMap(([to, group]) => {
      const at = new Map(group.map((free) => [free.block.address.slice(to.length), free]));
      const areAll = instances.every((instance) => {
        const free = at.get(instance.address.slice(from.length));
        return free !== undefined && free.block.resourceType === instance.resourceType && isKept(instance, free);
      });
      return areAll && group.length === instances.length ? [{ from, to, instances }] : [];
    }),
  );
  return fits
    .filter((fit) => fits.every((other) => other === fit || (other.from !== fit.from && other.to !== fit.to)))
    .flatMap(({ from, to, instances }) => instances.map((instance) => [instance, { from, to }] as const));
}

/** The calls that lead to a resource, with their indexes; the empty string in the root module. */
function moduleOf(address: string): string {
  const steps = stepsOf(address);
  const end = steps.findIndex(({ name }) => !isModuleCall(name));
  return steps
    .slice(0, end === -1 ? steps.length : end)
    .map(({ name, index }) => `${name}${index ?? ''}`)
    .join('.');
}

/** Nothing that the block says would replace the key, and nothing that could is open. */
function isKept(instance: StateFact, { block, isSure }: Free): boolean {
  const { region = null } = parseKeyArn(instance.arn ?? '') ?? {};
  const isHere = block.region === null || region === null || block.region === region;
  return (
    isSure &&
    isHere &&
    (REPLACING[block.resourceType] ?? []).every((attribute) => {
      const [declared, held] = [block.attributes[attribute], instance.attributes[attribute]];
      if (block.unknown[attribute] !== undefined) return false;
      return declared === undefined || held === undefined || declared === held;
    })
  );
}
