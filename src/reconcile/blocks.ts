import { blockPath, type Step, stepsOf } from '../model/address.ts';
import type { ConfigurationFact, Fact, FactOf, RemovedFact } from '../model/facts.ts';
import { grouped } from '../model/grouped.ts';
import { by, inTurn } from '../model/order.ts';
import { isLike, isWithin, type Move, movedAddress, moveOf, singular } from './addresses.ts';
import { byContent } from './ordered.ts';

/** What the blocks of one root say of an address. */
export interface RootBlocks {
  /** Blocks that declare the key at this address, `moved` blocks heeded; two only where Terraform would refuse them. */
  readonly declaring: (address: string) => readonly ConfigurationFact[];
  /** Blocks that declare other instances, or none, where this address has its own. */
  readonly beside: (address: string) => readonly ConfigurationFact[];
  /** The `removed` block that is about this address. */
  readonly removing: (address: string) => RemovedFact | undefined;
  /** The address as the configuration has it, after its `moved` blocks. */
  readonly moved: (address: string) => readonly Step[];
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

export const ofKind = <K extends Fact['kind']>(facts: readonly Fact[], kind: K): readonly FactOf<K>[] =>
  facts.filter((fact): fact is FactOf<K> => fact.kind === kind);

type Placed = FactOf<'configuration' | 'import' | 'moved' | 'removed'>;

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
  const bySingular = grouped(some, ({ address }) => singular(address));
  const open = grouped(
    some.filter(({ instances }) => instances === 'unknown').map((block) => ({ block, steps: stepsOf(block.address) })),
    ({ block }) => blockPath(block.address),
  );
  const byPath = grouped(blocks, ({ address }) => blockPath(address));
  const removals = removed.map((fact) => ({ fact, steps: stepsOf(fact.from) }));
  const movedText = (address: string): string => (moves.length === 0 ? address : movedAddress(address, moves));
  const openAt = (address: string): readonly ConfigurationFact[] => {
    const patterns = open.get(blockPath(address)) ?? [];
    const steps = stepsOf(address);
    return patterns.flatMap((pattern) => (isLike(pattern.steps, steps) ? [pattern.block] : []));
  };
  return {
    declaring: (given) => {
      const address = movedText(given);
      return byAddress.get(address) ?? bySingular.get(singular(address)) ?? openAt(address);
    },
    beside: (given) => byPath.get(blockPath(movedText(given))) ?? [],
    removing: (given) => {
      if (removals.length === 0) return undefined;
      const places = [stepsOf(given), stepsOf(movedText(given))];
      return removals.find(({ steps }) => places.some((place) => isWithin(steps, place)))?.fact;
    },
    moved: (given) => stepsOf(movedText(given)),
  };
}
