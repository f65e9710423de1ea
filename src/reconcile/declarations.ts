import type { ConfigurationFact, Fact, FactOf, ImportFact, StateFact } from '../model/facts.ts';
import { grouped } from '../model/grouped.ts';
import { parseKeyArn } from '../model/key-arn.ts';
import { NOT_ASKED } from '../model/not-asked.ts';
import { by, inTurn } from '../model/order.ts';
import { blockAddress, isInModule, movedAddress, movesOf } from './addresses.ts';
import { add, type Gathered, type Gathering } from './gather.ts';
import { byContent } from './ordered.ts';
import type { Proofs } from './proofs.ts';

/** A block that declares a key which no state holds; `reason` set where even that could not be told. */
export interface LooseBlock {
  readonly block: ConfigurationFact;
  readonly reason: string | undefined;
}

export interface Declarations {
  /** Why it is not known whether a block declares this instance. */
  readonly gapOf: (instances: readonly StateFact[]) => string | undefined;
  readonly loose: readonly LooseBlock[];
}

/**
 * Joins blocks to keys: through the state's addresses where one configuration and one state are all there is, and
 * through `import` blocks always. The blocks found are added to what was gathered of each key.
 */
export function joinDeclarations(
  facts: readonly Fact[],
  gathering: Gathering,
  lineages: number,
  proofs: Proofs,
): Declarations {
  const blocks = ofKind(facts, 'configuration').toSorted(byPlace);
  const joinGap = whyNotJoined(facts, lineages, proofs);
  const declared = new Set<ConfigurationFact>();
  const imports = joinImports(ofKind(facts, 'import').toSorted(byPlace), blocks, gathering, declared);
  if (joinGap === undefined) joinAddresses(facts, blocks, gathering, declared);
  return {
    gapOf: (instances) => gapOf(instances, joinGap, proofs),
    loose: blocks
      .filter((block) => !declared.has(block) && block.instances !== 'none')
      .map((block) => ({ block, reason: whyUnsure(block, joinGap, imports) })),
  };
}

const ofKind = <K extends Fact['kind']>(facts: readonly Fact[], kind: K): readonly FactOf<K>[] =>
  facts.filter((fact): fact is FactOf<K> => fact.kind === kind);

type Placed = FactOf<'configuration' | 'import' | 'moved'>;

const byPlace = inTurn<Placed>(
  by(({ path }) => path),
  (a, b) => a.line - b.line,
  byContent,
);

function whyNotJoined(facts: readonly Fact[], lineages: number, proofs: Proofs): string | undefined {
  if (!proofs.configurationRequested) return NOT_ASKED.configuration;
  if (proofs.stateGap !== undefined) return proofs.stateGap;
  const declaring = facts.flatMap((fact) => (fact.kind === 'configuration' ? [fact.root] : []));
  const roots = new Set([...proofs.configurationRoots, ...declaring]);
  if (lineages === 1 && roots.size <= 1) return undefined;
  return `which of ${lineages} states belongs to which of ${roots.size} configurations is not known`;
}

function joinAddresses(
  facts: readonly Fact[],
  blocks: readonly ConfigurationFact[],
  gathering: Gathering,
  declared: Set<ConfigurationFact>,
): void {
  // Two at one address only where Terraform would refuse them: then neither is more right than the other.
  const byAddress = grouped(blocks, ({ address }) => address);
  const moves = movesOf(ofKind(facts, 'moved').toSorted(byPlace));
  const blocksOf = (instance: StateFact): readonly ConfigurationFact[] =>
    byAddress.get(blockAddress(movedAddress(instance.address, moves))) ?? [];
  for (const gathered of gathering.keys.values()) {
    for (const instance of gathered.state) {
      for (const block of blocksOf(instance)) {
        declared.add(block);
        // A deposed instance is the block's former key: the block says nothing of it.
        if (instance.status !== 'deposed' && !gathered.configuration.includes(block))
          add(gathered, 'configuration', block);
      }
    }
  }
  for (const block of gathering.nameless.flatMap(blocksOf)) declared.add(block);
}

/** By target block: the import whose key is not known, or was not seen. */
type OpenImports = ReadonlyMap<string, ImportFact>;

function joinImports(
  imports: readonly ImportFact[],
  blocks: readonly ConfigurationFact[],
  gathering: Gathering,
  declared: Set<ConfigurationFact>,
): OpenImports {
  const open = new Map<string, ImportFact>();
  const byTarget = new Map(blocks.map((block) => [`${block.root}#${block.address}`, block]));
  for (const wanted of imports) {
    const candidates = candidatesOf(wanted, gathering);
    const [only, ...others] = candidates;
    const target = `${wanted.root}#${blockAddress(wanted.to)}`;
    const block = byTarget.get(target);
    if (only === undefined || others.length > 0) {
      open.set(target, wanted);
      for (const candidate of candidates) candidate.ambiguousImport = wanted;
      continue;
    }
    add(only, 'imports', wanted);
    if (block === undefined) continue;
    declared.add(block);
    if (!only.configuration.includes(block)) add(only, 'configuration', block);
  }
  return open;
}

function candidatesOf(wanted: ImportFact, gathering: Gathering): readonly Gathered[] {
  if (wanted.id === null) return [];
  const arn = parseKeyArn(wanted.id)?.arn;
  if (arn === undefined) return gathering.byId.get(wanted.id) ?? [];
  const named = gathering.keys.get(arn);
  return named === undefined ? [] : [named];
}

function whyUnsure(block: ConfigurationFact, joinGap: string | undefined, imports: OpenImports): string | undefined {
  const wanted = imports.get(`${block.root}#${block.address}`);
  if (wanted !== undefined) {
    return wanted.id === null
      ? `an import block gives it a key whose id is not known: ${wanted.unknownId ?? 'an expression'}`
      : `an import block gives it the key ${wanted.id}, which was not found or stands in several Regions`;
  }
  if (joinGap !== undefined) return joinGap;
  return block.instances === 'unknown' ? 'its count or for_each is an expression: it may declare no key' : undefined;
}

function gapOf(instances: readonly StateFact[], joinGap: string | undefined, proofs: Proofs): string | undefined {
  if (joinGap !== undefined) return joinGap;
  if (instances.some((instance) => isInModule(instance.address))) return 'declared in a module, which is not followed';
  return proofs.configurationGap;
}
