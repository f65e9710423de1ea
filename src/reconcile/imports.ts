import type { ConfigurationFact, ImportFact, StateFact } from '../model/facts.ts';
import { parseKeyArn } from '../model/key-arn.ts';
import type { RootBlocks } from './blocks.ts';
import type { Gathered, Gathering } from './gather.ts';
import { add } from './lists.ts';
import type { PlaceOf } from './moves.ts';
import type { Roots } from './roots.ts';

/** By target block: the import whose key is not known, or was not seen. */
export type OpenImports = ReadonlyMap<ConfigurationFact, ImportFact>;

/** Joins the blocks that import blocks bring keys to. */
export function joinImports(
  imports: readonly ImportFact[],
  byRoot: ReadonlyMap<string, RootBlocks>,
  gathering: Gathering,
  declared: Set<ConfigurationFact>,
): OpenImports {
  const open = new Map<ConfigurationFact, ImportFact>();
  for (const wanted of imports) {
    const blocks = blocksAt(wanted, byRoot.get(wanted.root));
    const candidates = inRegionOf(blocks, candidatesOf(wanted, gathering));
    const [only, ...others] = candidates;
    if (only === undefined || others.length > 0) {
      for (const block of blocks) open.set(block, wanted);
      for (const candidate of candidates) candidate.ambiguousImport = wanted;
      continue;
    }
    add(only, 'imports', wanted);
    for (const block of blocks) {
      declared.add(block);
      if (!only.configuration.includes(block)) add(only, 'configuration', block);
    }
  }
  return open;
}

/** An import whose index is not known may be into any instance of the block. */
const blocksAt = ({ to }: ImportFact, blocks: RootBlocks | undefined): readonly ConfigurationFact[] =>
  (to.includes('[*]') ? blocks?.beside(to) : blocks?.declaring(to)) ?? [];

function candidatesOf(wanted: ImportFact, gathering: Gathering): readonly Gathered[] {
  if (wanted.id === null) return [];
  const arn = parseKeyArn(wanted.id)?.arn;
  if (arn === undefined) return gathering.byId.get(wanted.id) ?? [];
  const named = gathering.keys.get(arn);
  return named === undefined ? [] : [named];
}

/** Of members of one family, which share an id, a block gets that of its own Region. */
function inRegionOf(blocks: readonly ConfigurationFact[], candidates: readonly Gathered[]): readonly Gathered[] {
  const [region, ...others] = new Set(blocks.map((block) => block.region));
  if (candidates.length < 2 || region == null || others.length > 0) return candidates;
  return candidates.filter(({ key }) => key.region === region);
}

/** Where an import block brings a key to. */
export interface ImportTarget {
  readonly blocks: readonly ConfigurationFact[];
  /** Why there may be a block where nothing was read. */
  readonly blockGap: string | undefined;
  /** A state has something there already: Terraform passes over the import block then. */
  readonly isFilled: boolean;
  /** Why it is not known that none has. */
  readonly stateGap: string | undefined;
}

/** Looks up where an import block brings a key to. */
export type ImportTargetOf = (wanted: ImportFact) => ImportTarget;

/** What states hold is gone through the first time that somebody asks. */
export function importTargets(
  byRoot: ReadonlyMap<string, RootBlocks>,
  gathering: Gathering,
  roots: Roots,
  placeOf: PlaceOf,
): ImportTargetOf {
  let filled: ReadonlySet<string> | undefined;
  return (wanted) => {
    filled ??= filledPlaces(gathering, roots, placeOf);
    const { root, to } = wanted;
    return {
      blocks: blocksAt(wanted, byRoot.get(root)),
      blockGap: roots.configurationGap(root, to),
      isFilled: filled.has(placeIn(root, to)),
      stateGap: roots.stateGap(root),
    };
  };
}

const placeIn = (root: string, address: string): string => `${root}\0${address}`;

function filledPlaces({ keys, nameless }: Gathering, roots: Roots, placeOf: PlaceOf): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (instance: StateFact): void => {
    const owner = roots.ofState(instance);
    if ('gap' in owner || instance.status === 'deposed') return;
    found.add(placeIn(owner.root, placeOf(instance, owner.root).address));
  };
  for (const { state } of keys.values()) for (const instance of state) add(instance);
  for (const instance of nameless) add(instance);
  return found;
}
