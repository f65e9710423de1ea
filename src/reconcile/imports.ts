import type { ConfigurationFact, ImportFact, PlannedFact } from '../model/facts.ts';
import { grouped } from '../model/grouped.ts';
import { parseKeyArn } from '../model/key-arn.ts';
import type { RootBlocks } from './blocks.ts';
import type { Gathered, Gathering } from './gather.ts';
import { add } from './lists.ts';
import type { PlaceOf } from './moves.ts';
import type { Roots } from './roots.ts';

/** By target block: the import whose key is not known, or was not seen. */
export type OpenImports = ReadonlyMap<ConfigurationFact, ImportFact>;

/**
 * The imports that Terraform does not pass over: those to places where no state or plan that was read has something
 * already, which may be what an apply imported before (Terraform 1.11 says "no changes" of any id there).
 */
export function awaitedImports(
  imports: readonly ImportFact[],
  gathering: Gathering,
  roots: Roots,
  placeOf: PlaceOf,
): readonly ImportFact[] {
  if (imports.length === 0) return imports;
  const filled = filledPlaces(gathering, roots, placeOf);
  const late = overtaken(gathering, imports);
  return imports.filter((wanted) => !filled.has(placeIn(wanted.root, wanted.to)) && !late.has(wanted));
}

const placeIn = (root: string, address: string): string => `${root}\0${address}`;

function filledPlaces({ keys, nameless }: Gathering, roots: Roots, placeOf: PlaceOf): ReadonlySet<string> {
  const found = new Set<string>();
  for (const instance of [...[...keys.values()].flatMap(({ state }) => state), ...nameless]) {
    const owner = roots.ofState(instance);
    if ('gap' in owner || instance.status === 'deposed') continue;
    found.add(placeIn(owner.root, placeOf(instance, owner.root).address));
  }
  return found;
}

/** Imports of other keys than a plan, which saw the state, found at their addresses; one from the repository proves nothing. */
function overtaken({ keys }: Gathering, imports: readonly ImportFact[]): ReadonlySet<ImportFact> {
  const wanted = grouped(imports, ({ root, to }) => placeIn(root, to));
  return new Set(
    [...keys.values()].flatMap(({ key, planned }) =>
      planned.flatMap((change) =>
        change.root !== null && isThere(change)
          ? (wanted.get(placeIn(change.root, change.address)) ?? []).filter(
              ({ id }) => id !== null && id !== key.arn && id !== key.keyId,
            )
          : [],
      ),
    ),
  );
}

const isThere = ({ action, deposed, committed }: PlannedFact): boolean =>
  action !== 'create' && action !== 'import' && !deposed && committed !== true;

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
      for (const candidate of candidates) add(candidate, 'ambiguousImports', wanted);
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
  ((to.includes('[*]') ? blocks?.beside(to) : blocks?.declaring(to)) ?? []).filter(
    ({ instances }) => instances !== 'none',
  );

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
  /** Why it is not known that no state has something there already. */
  readonly stateGap: string | undefined;
}

/** Looks up where an import block brings a key to. */
export type ImportTargetOf = (wanted: ImportFact) => ImportTarget;

/** Import targets by what was read of their roots. */
export const importTargets =
  (byRoot: ReadonlyMap<string, RootBlocks>, roots: Roots): ImportTargetOf =>
  (wanted) => ({
    blocks: blocksAt(wanted, byRoot.get(wanted.root)),
    blockGap: roots.configurationGap(wanted.root, wanted.to),
    stateGap: roots.stateGap(wanted.root),
  });
