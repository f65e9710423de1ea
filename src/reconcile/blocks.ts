import { blockPath, type Step, stepsOf } from '../model/address.ts';
import type { ConfigurationFact, Fact, FactOf, PlannedFact, RemovedFact } from '../model/facts.ts';
import { grouped } from '../model/grouped.ts';
import { by, inTurn } from '../model/order.ts';
import { ANY, isLike, isWithin } from './addresses.ts';
import { type Move, moveOf, type Place, placesOf, type RepetitionOf } from './moves.ts';
import { byContent } from './ordered.ts';

/** What the blocks of one root say of an address, as the configuration has it: after its moves. */
export interface RootBlocks {
  /** Blocks that declare the key at this address; two only where Terraform would refuse them. */
  readonly declaring: (address: string) => readonly ConfigurationFact[];
  /** Blocks that declare other instances, or none, where this address has its own. */
  readonly beside: (address: string) => readonly ConfigurationFact[];
  /** The `removed` block that is about one of these addresses. */
  readonly removing: (...addresses: readonly string[]) => RemovedFact | undefined;
  /** The block that removes what a plan has, else one that declares other instances; undefined where one declares it. */
  readonly lettingGo: (
    of: Pick<PlannedFact, 'address' | 'previousAddress'>,
  ) => RemovedFact | ConfigurationFact | undefined;
  /** Where the next apply looks for each of the addresses that one state holds. */
  readonly places: (held: Iterable<string>) => ReadonlyMap<string, Place>;
}

/** The blocks of each root that declares, moves or removes anything. */
export function blocksByRoot(facts: readonly Fact[]): ReadonlyMap<string, RootBlocks> {
  const declared = grouped(ofKind(facts, 'configuration').toSorted(byPlace), ({ root }) => root);
  const moves = grouped(ofKind(facts, 'moved').toSorted(byPlace), ({ root }) => root);
  const removed = grouped(ofKind(facts, 'removed').toSorted(byPlace), ({ root }) => root);
  const roots = new Set([...declared.keys(), ...moves.keys(), ...removed.keys()]);
  return new Map(
    [...roots].map((root) => [
      root,
      rootBlocks(declared.get(root) ?? [], (moves.get(root) ?? []).map(moveOf), removed.get(root) ?? []),
    ]),
  );
}

/** The facts of one kind, in their order. */
export const ofKind = <K extends Fact['kind']>(facts: readonly Fact[], kind: K): readonly FactOf<K>[] =>
  facts.filter((fact): fact is FactOf<K> => fact.kind === kind);

type Placed = FactOf<'configuration' | 'import' | 'moved' | 'removed'>;

/** By file and line; of two at one place, by what they say. */
export const byPlace = inTurn<Placed>(
  by(({ path }) => path),
  (a, b) => a.line - b.line,
  byContent,
);

function rootBlocks(
  blocks: readonly ConfigurationFact[],
  moves: readonly Move[],
  removed: readonly RemovedFact[],
): RootBlocks {
  const some = blocks.filter(({ instances }) => instances !== 'none');
  const byAddress = grouped(some, ({ address }) => address);
  const open = grouped(
    some.filter(({ instances }) => instances === 'unknown').map((block) => ({ block, steps: stepsOf(block.address) })),
    ({ block }) => blockPath(block.address),
  );
  const byPath = grouped(blocks, ({ address }) => blockPath(address));
  const removals = removed.map((fact) => ({ fact, steps: stepsOf(fact.from) }));
  const openAt = (address: string): readonly ConfigurationFact[] => {
    const patterns = open.get(blockPath(address)) ?? [];
    const steps = stepsOf(address);
    return patterns.flatMap((pattern) => (isLike(pattern.steps, steps) ? [pattern.block] : []));
  };
  const declaring: RootBlocks['declaring'] = (address) => byAddress.get(address) ?? openAt(address);
  const beside: RootBlocks['beside'] = (address) => byPath.get(blockPath(address)) ?? [];
  const removing: RootBlocks['removing'] = (...addresses) => {
    if (removals.length === 0) return undefined;
    const places = addresses.map(stepsOf);
    return removals.find(({ steps }) => places.some((place) => isWithin(steps, place)))?.fact;
  };
  return {
    declaring,
    beside,
    removing,
    lettingGo: ({ address, previousAddress }) =>
      declaring(address).length > 0 ? undefined : (removing(address, previousAddress ?? address) ?? beside(address)[0]),
    places: (held) => placesOf(held, moves, (path) => repetitionOf(byPath.get(path) ?? [])),
  };
}

/** As the addresses of a block's instances show it: of a block without any it makes no difference. */
function repetitionOf(blocks: readonly ConfigurationFact[]): ReturnType<RepetitionOf> {
  const [repetition, ...others] = new Set(
    blocks.map(({ address, instances }) => (instances === 'none' ? undefined : repeatedBy(stepsOf(address).at(-1)))),
  );
  return others.length === 0 ? repetition : undefined;
}

function repeatedBy(resource: Step | undefined): ReturnType<RepetitionOf> {
  const index = resource?.index ?? null;
  if (index === null) return 'single';
  if (index === ANY) return undefined;
  return index.startsWith('["') ? 'each' : 'count';
}
