import type {
  ConfigurationFact,
  Fact,
  FactOf,
  MovedFact,
  PlannedFact,
  RemovedFact,
  StateFact,
} from '../model/facts.ts';
import { grouped } from '../model/grouped.ts';
import type { KeyArnParts } from '../model/key-arn.ts';
import { NOT_ASKED, notAskedOf } from '../model/not-asked.ts';
import { blocksByRoot, byPlace, ofKind, type RootBlocks } from './blocks.ts';
import type { Gathered, Gathering } from './gather.ts';
import { awaitedImports, type ImportTargetOf, importTargets, joinImports, type OpenImports } from './imports.ts';
import { add } from './lists.ts';
import type { Place, PlaceOf } from './moves.ts';
import { droppedByRefresh, isTrusted, joinPlans, plannedAt, toldByPlan } from './plan-blocks.ts';
import type { BlocksAt } from './plan-regions.ts';
import type { Proofs } from './proofs.ts';
import type { Roots } from './roots.ts';

/** A key that a configuration or a plan would make, and no state holds; `reason` set where even that could not be told. */
export interface LooseKey {
  readonly id: string;
  /** Two only where Terraform would refuse them. */
  readonly blocks: readonly ConfigurationFact[];
  readonly planned: readonly PlannedFact[];
  readonly reason: string | undefined;
  /** An import block gives it a key, and which or what that is is not known. */
  readonly isImported?: boolean;
}

/** What a root's configuration makes of an instance that a state holds. */
export type Fate =
  /** `isCertain`: not only by a block whose count or for_each is not known. */
  | { readonly kind: 'declared'; readonly blocks: readonly ConfigurationFact[]; readonly isCertain: boolean }
  | { readonly kind: 'removed'; readonly by: RemovedFact }
  /**
   * No block declares it; `beside` is one that declares other instances or none, `blockedBy` the `moved` block that would
   * take it to a place which the state fills already.
   */
  | {
      readonly kind: 'dropped';
      readonly beside: ConfigurationFact | undefined;
      readonly blockedBy: MovedFact | null;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Which blocks declare which keys, and what becomes of the instances that states hold. */
export interface Declarations {
  /** Why it is not known whether a block declares the key that these instances hold. */
  readonly gapOf: (key: KeyArnParts, known: Pick<Gathered, 'state' | 'planned'>) => string | undefined;
  readonly fateOf: (instance: StateFact) => Fate;
  /** The root that an instance is of; null where that is not known. */
  readonly ownerOf: (instance: StateFact) => string | null;
  readonly placeOf: PlaceOf;
  /** Where no state was read: the block that lets go of what a plan has; undefined where one declares it. */
  readonly lettingGo: (of: PlannedFact) => RemovedFact | ConfigurationFact | undefined;
  /** The blocks at the address of what a plan of a known root says. */
  readonly blocksAt: BlocksAt;
  readonly targetOf: ImportTargetOf;
  readonly loose: readonly LooseKey[];
}

/**
 * Joins blocks to keys: through the addresses of the states that belong to the same root, and through `import` blocks.
 * The blocks found are added to what was gathered of each key.
 */
export function joinDeclarations(
  facts: readonly Fact[],
  gathering: Gathering,
  roots: Roots,
  proofs: Proofs,
): Declarations {
  const blocks = ofKind(facts, 'configuration').toSorted(byPlace);
  const byRoot = blocksByRoot(facts);
  const declared = new Set<ConfigurationFact>();
  const placeOf = placesIn(facts, byRoot);
  const imports = awaitedImports(ofKind(facts, 'import').toSorted(byPlace), gathering, roots, placeOf);
  const open = joinImports(imports, byRoot, gathering, declared);
  const fateOf = (instance: StateFact): Fate => fateIn(instance, roots, byRoot, placeOf);
  joinAddresses(gathering, fateOf, declared);
  joinPlans(ofKind(facts, 'planned'), byRoot, gathering, declared);
  const isTold = toldByPlan(roots);
  return {
    fateOf,
    ownerOf: (instance) => {
      const owner = roots.ofState(instance);
      return 'gap' in owner ? null : owner.root;
    },
    placeOf,
    lettingGo: (of) => byRoot.get(of.root ?? '')?.lettingGo(of),
    blocksAt: ({ root, address }) => byRoot.get(root ?? '')?.declaring(address) ?? [],
    targetOf: importTargets(byRoot, roots),
    gapOf: (key, known) =>
      known.state.length === 0 && isTold(known.planned) ? undefined : gapOf(key, known.state, fateOf, proofs),
    loose: looseKeys(blocks, declared, ofKind(facts, 'planned'), droppedByRefresh(facts), byRoot, (block) =>
      whyUnsure(block, roots, open),
    ).map((key) => (key.blocks.some((block) => open.has(block)) ? { ...key, isImported: true } : key)),
  };
}

/** A state is moved as a whole, once: what else it holds decides where its instances can go. */
function placesIn(facts: readonly Fact[], byRoot: ReadonlyMap<string, RootBlocks>): PlaceOf {
  const held = grouped(facts.filter(isHeld), ({ source }) => source);
  const bySource = new Map<string, ReadonlyMap<string, Place> | undefined>();
  return ({ source, address }, root) => {
    if (!bySource.has(source)) {
      const addresses = (held.get(source) ?? []).flatMap((fact) =>
        fact.kind === 'state-modules' ? fact.modules : [fact.address],
      );
      bySource.set(source, byRoot.get(root)?.places(addresses));
    }
    return bySource.get(source)?.get(address) ?? { address, blockedBy: null };
  };
}

const isHeld = (
  fact: Fact,
): fact is FactOf<'state' | 'state-alias' | 'state-policy' | 'state-key-store' | 'state-modules'> =>
  fact.kind === 'state' ||
  fact.kind === 'state-alias' ||
  fact.kind === 'state-policy' ||
  fact.kind === 'state-key-store' ||
  fact.kind === 'state-modules';

function fateIn(instance: StateFact, roots: Roots, byRoot: ReadonlyMap<string, RootBlocks>, placeOf: PlaceOf): Fate {
  const found = roots.ofState(instance);
  if ('gap' in found) return { kind: 'unknown', reason: found.gap };
  const blocks = byRoot.get(found.root);
  const { address, blockedBy } = placeOf(instance, found.root);
  const declaring = blocks?.declaring(address) ?? [];
  if (declaring.length > 0) {
    const isCertain = declaring.some(({ instances }) => instances === 'one');
    return { kind: 'declared', blocks: declaring, isCertain };
  }
  const gap = roots.configurationGap(found.root, address);
  if (gap !== undefined) return { kind: 'unknown', reason: gap };
  const by = blocks?.removing(instance.address, address);
  return by === undefined
    ? { kind: 'dropped', beside: blocks?.beside(address)[0], blockedBy }
    : { kind: 'removed', by };
}

function joinAddresses(
  gathering: Gathering,
  fateOf: (instance: StateFact) => Fate,
  declared: Set<ConfigurationFact>,
): void {
  for (const gathered of gathering.keys.values()) {
    for (const instance of gathered.state) {
      for (const block of declaringBlocks(fateOf(instance))) {
        declared.add(block);
        // A deposed instance is the block's former key: the block says nothing of it.
        if (instance.status !== 'deposed' && !gathered.configuration.includes(block))
          add(gathered, 'configuration', block);
      }
    }
  }
  for (const instance of gathering.nameless) {
    for (const block of declaringBlocks(fateOf(instance))) declared.add(block);
  }
}

const declaringBlocks = (fate: Fate): readonly ConfigurationFact[] => (fate.kind === 'declared' ? fate.blocks : []);

function looseKeys(
  blocks: readonly ConfigurationFact[],
  declared: ReadonlySet<ConfigurationFact>,
  planned: readonly PlannedFact[],
  dropped: ReadonlySet<string>,
  byRoot: ReadonlyMap<string, RootBlocks>,
  whyUnsureOf: (block: ConfigurationFact) => string | undefined,
): readonly LooseKey[] {
  const loose = new Map<string, { blocks: ConfigurationFact[]; planned: PlannedFact[]; reason: string | undefined }>();
  const at = (id: string, reason: string | undefined) => {
    const known = loose.get(id) ?? { blocks: [], planned: [], reason };
    loose.set(id, known);
    return known;
  };
  for (const block of blocks) {
    if (declared.has(block) || block.instances === 'none') continue;
    at(`${block.root}#${block.address}`, whyUnsureOf(block)).blocks.push(block);
  }
  for (const fact of planned) {
    // What a refresh dropped is made again under its address: that is told of the key that was dropped.
    if (fact.arn !== null || fact.keyId !== null || fact.action !== 'create' || dropped.has(plannedAt(fact))) continue;
    const block = fact.root === null ? undefined : byRoot.get(fact.root)?.declaring(fact.address)[0];
    const id = block === undefined ? `${fact.root ?? fact.plan}#${fact.address}` : `${block.root}#${block.address}`;
    const found = at(id, undefined);
    found.planned.push(fact);
    // The plan was made with the state that was not read.
    if (isTrusted(fact) && block?.address === fact.address) found.reason = undefined;
  }
  return [...loose].map(([id, found]) => ({ id, ...found }));
}

function whyUnsure(block: ConfigurationFact, roots: Roots, imports: OpenImports): string | undefined {
  const wanted = imports.get(block);
  if (wanted !== undefined) {
    return wanted.id === null
      ? `an import block gives it a key whose id is not known: ${wanted.unknownId ?? 'an expression'}`
      : `an import block gives it the key ${wanted.id}, which was not found or stands in several Regions`;
  }
  const gap = roots.stateGap(block.root);
  // Listed beside the keys that KMS knows, it is not to be taken for one more.
  if (gap !== undefined) return notAskedOf(gap) === undefined ? `which key it has is not known: ${gap}` : gap;
  return block.instances === 'unknown' ? `it may declare no key: ${whyOpen([block])}` : undefined;
}

/** Why it is not known which instances these blocks have. */
export const whyOpen = (blocks: readonly ConfigurationFact[]): string =>
  blocks.find(({ open }) => open !== undefined)?.open ?? 'its count or for_each is an expression';

function gapOf(
  key: KeyArnParts,
  instances: readonly StateFact[],
  fateOf: (instance: StateFact) => Fate,
  proofs: Proofs,
): string | undefined {
  if (!proofs.configurationRequested) return NOT_ASKED.configuration;
  if (instances.length === 0) return proofs.stateGap(key);
  for (const instance of instances) {
    const fate = fateOf(instance);
    if (fate.kind === 'unknown') return fate.reason;
  }
  return undefined;
}
