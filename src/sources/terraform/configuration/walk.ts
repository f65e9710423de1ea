import type { AnchorFact, Fact } from '../../../model/facts.ts';
import type { Reach } from '../../../model/reach.ts';
import type { Instant } from '../../../model/time.ts';
import { callAnchors, fileAnchor } from './anchors.ts';
import { addCompanions, type Companions, joinedFacts, noCompanions } from './companions.ts';
import { decidingIn, NOBODY_ASKS } from './deciding.ts';
import { declarationOf, providerOf, shaded } from './declaration.ts';
import { type Expansion, expand, isExpanded } from './expansion.ts';
import type { PlacedKey } from './key-policies.ts';
import { referredKeyStore } from './key-stores.ts';
import type { MergedBlock } from './merged-block.ts';
import type { Module } from './module.ts';
import type { ModuleInstance } from './module-instance.ts';
import { isRead, type ModuleCall, type ModuleNode } from './module-tree.ts';
import { importsOf, movedOf, removedOf } from './moves.ts';
import type { ProviderConfig } from './providers.ts';
import { addRegion, nothingReached, type Reached, reachOf, widen } from './reached.ts';
import type { BlockReader, FileFailure, ReadBlocks, ResourceBlock } from './read-blocks.ts';
import { TOO_MANY } from './room.ts';
import { suppressionsFor } from './suppressions.ts';
import type { OthersOf } from './trail.ts';

/** A module that could not be read, where a root calls it: `[*]` for each index of the way. */
export interface UnreadModule {
  readonly address: string;
  readonly reason: string;
}

/** What a root and its modules say. */
export interface Walked {
  readonly facts: readonly Fact[];
  readonly failures: readonly FileFailure[];
  readonly unread: readonly UnreadModule[];
  readonly reach: Reach;
}

/** Where a walk stands, and who wants to know. */
interface Walk {
  readonly root: string;
  readonly readAt: Instant;
  readonly blocksOf: BlockReader;
  /** To tell what decides what is not known; undefined where nobody asks. */
  readonly othersOf?: OthersOf | undefined;
  readonly isRelevant: (node: ModuleNode) => boolean;
  readonly keys: PlacedKey[];
  readonly companions: Companions;
  readonly anchors: Map<string, AnchorFact>;
  readonly unread: Map<string, UnreadModule>;
  readonly reached: Reached;
}

/** Goes through a root's modules, instance by instance where it is known which there are. */
export function walkRoot(top: ModuleInstance, at: Pick<Walk, 'root' | 'readAt' | 'blocksOf' | 'othersOf'>): Walked {
  const walk: Walk = {
    ...at,
    isRelevant: relevance(at.blocksOf),
    keys: [],
    companions: noCompanions(),
    anchors: new Map(),
    unread: new Map(),
    reached: nothingReached(),
  };
  walkModule(walk, top, { pattern: '', isNone: false, open: undefined });
  const statics = [...nodesOf(top.node)].map(([node, pattern]) => staticFacts(walk, node, pattern, top));
  const failures = [...nodesOf(top.node)].flatMap(([{ module }]) => at.blocksOf(module).failures);
  const placed = [...joinedFacts(walk.keys, walk.companions), ...walk.anchors.values(), ...statics.flat()];
  return {
    facts: [...placed, ...fileAnchor(top.module, at.root, placed)],
    failures,
    unread: [...walk.unread.values()],
    reach: reachOf(walk.reached, top.module, walk.unread.size === 0 && failures.length === 0),
  };
}

/** Whether anything in a module or below it can say something of keys, so that evaluating it is worth while. */
function relevance(blocksOf: BlockReader): Walk['isRelevant'] {
  const known = new Map<ModuleNode, boolean>();
  const isRelevant = (node: ModuleNode): boolean => {
    const { keys, policies, aliases, keyStores, providers } = blocksOf(node.module);
    const is =
      known.get(node) ??
      (keys.length + policies.length + aliases.length + keyStores.length + providers.size > 0 ||
        [...node.calls.values()].some(({ target }) => !isRead(target) || isRelevant(target)));
    known.set(node, is);
    return is;
  };
  return isRelevant;
}

/** Every call once, with the address that stands for all its instances. */
function* nodesOf(node: ModuleNode, pattern = ''): Generator<readonly [ModuleNode, string]> {
  yield [node, pattern];
  for (const call of node.calls.values()) {
    if (isRead(call.target)) yield* nodesOf(call.target, patternOf(pattern, call));
  }
}

const patternOf = (above: string, { name, block }: ModuleCall): string =>
  `${above === '' ? '' : `${above}.`}module.${name}${block === undefined || isExpanded(block) ? '[*]' : ''}`;

interface At {
  readonly pattern: string;
  /** The module is declared, and has no instance. */
  readonly isNone: boolean;
  /** Why it is not known which instances it has; undefined where it is one of them. */
  readonly open: string | undefined;
}

function walkModule(walk: Walk, module: ModuleInstance, at: At): void {
  const blocks = walk.blocksOf(module.module);
  for (const resource of blocks.keys) walkKey(walk, module, resource, at);
  if (!at.isNone) walkCompanionsAndProviders(walk, module, blocks, at);
  walkCalls(walk, module, at);
}

function walkCompanionsAndProviders(walk: Walk, module: ModuleInstance, blocks: ReadBlocks, { open }: At): void {
  const { root, readAt, companions } = walk;
  const instancesOf = (block: MergedBlock): Expansion => instancesIn(module, block);
  addCompanions(companions, blocks, module, { root, readAt, open, instancesOf });
  for (const [key, block] of blocks.providers) {
    const config = module.provider(key);
    widen(walk.reached, config);
    if (block !== undefined && !module.module.source.isInstalled) addAnchor(walk, config, block);
  }
}

function walkCalls(walk: Walk, module: ModuleInstance, { pattern, isNone, open }: At): void {
  for (const call of module.node.calls.values()) {
    const { target } = call;
    const inner = { pattern: patternOf(pattern, call), isNone, open };
    if (!isRead(target)) {
      if (!isNone && module.called(call).expansion.instances.length > 0)
        addUnread(walk, call, inner.pattern, target.unread);
      continue;
    }
    if (!walk.isRelevant(target)) continue;
    if (module.room.left <= 0) {
      addUnread(walk, call, inner.pattern, TOO_MANY);
      continue;
    }
    const { instances } = module.called(call);
    if (isNone || instances.length === 0) {
      walkModule(walk, module.standIn(call, target, ''), { ...inner, isNone: true });
    } else {
      for (const [at, { instance, module: child }] of instances.entries()) {
        if (at > 0 && module.room.left <= 0) {
          addUnread(walk, call, inner.pattern, TOO_MANY);
          break;
        }
        if (child !== undefined) walkModule(walk, child, { ...inner, open: open ?? instance.open });
      }
    }
  }
}

function addUnread(walk: Walk, { name, block, declared }: ModuleCall, address: string, reason: string): void {
  const first = declared.base[0] ?? declared.overrides[0];
  const place = `${first?.path ?? ''}:${block?.line ?? first?.block.startLine ?? 0}`;
  walk.unread.set(address, { address, reason: `module ${JSON.stringify(name)} (${place}) is not followed: ${reason}` });
}

const instancesIn = (module: ModuleInstance, block: MergedBlock): Expansion =>
  module.room.for(expand(block, (argument) => module.checked(argument)));

function walkKey(walk: Walk, module: ModuleInstance, resource: ResourceBlock, at: At): void {
  const { resourceType, name, block, refused } = resource;
  const { root, readAt } = walk;
  const address = `${module.address === '' ? '' : `${module.address}.`}${resourceType}.${name}`;
  const suppressions = [...suppressionsFor(block, module)];
  const fact = {
    kind: 'configuration',
    resourceType,
    root,
    path: block.path,
    line: block.line,
    ...installedIn(module.module),
    ...(suppressions.length === 0 ? {} : { suppressions }),
    readAt,
  } as const;
  const { instances } = at.isNone ? NO_INSTANCES : instancesIn(module, block);
  if (instances.length === 0) {
    module.room.take(1);
    const silent = { region: null, deletionWindowInDays: null, attributes: {}, unknown: {} };
    walk.keys.push({ block: address, fact: { ...fact, address, instances: 'none', ...silent } });
    return;
  }
  widen(walk.reached, providerOf(resourceType, block, module));
  const decidingOf = walk.othersOf === undefined ? NOBODY_ASKS : decidingIn(resource, module, walk.othersOf);
  for (const { index, repetition, open: own } of instances) {
    const open = own ?? at.open;
    const declaration = declarationOf(resourceType, block, module, repetition);
    const { isRegionOpen, ...declared } = declaration;
    const undecided = decidingOf({ repetition, declared: declaration, isOpen: own !== undefined });
    addRegion(walk.reached, declared, isRegionOpen);
    const customKeyStore = referredKeyStore(block, module, repetition, walk.companions.effort);
    const said = {
      address: address + index,
      ...(customKeyStore === undefined ? {} : { customKeyStore }),
      ...(undecided.length === 0 ? {} : { undecided: [...undecided] }),
      ...(open === undefined ? { instances: 'one' as const } : { instances: 'unknown' as const, open }),
      ...(refused === undefined ? declared : shaded(declared, refused)),
    };
    walk.keys.push({ block: address, fact: { ...fact, ...said } });
  }
}

/** What git does not have is nowhere to show a finding. */
const installedIn = ({ source }: Module): { readonly installed?: true } =>
  source.isInstalled ? { installed: true } : {};

const NO_INSTANCES: Pick<Expansion, 'instances'> = { instances: [] };

function addAnchor(
  walk: Walk,
  { region, accounts }: ProviderConfig,
  { path, line }: { path: string; line: number },
): void {
  const anchor: AnchorFact = {
    kind: 'anchor',
    block: 'provider',
    region,
    accounts: [...(accounts ?? [])],
    root: walk.root,
    path,
    line,
  };
  walk.anchors.set(JSON.stringify(anchor), anchor);
}

function staticFacts(walk: Walk, node: ModuleNode, pattern: string, top: ModuleInstance): readonly Fact[] {
  const { root } = walk;
  const { moved, removed, imports, backends }: ReadBlocks = walk.blocksOf(node.module);
  const isRoot = node.path.length === 0;
  return [
    ...(isRoot ? imports.flatMap((block) => importsOf(block, top)) : []),
    ...moved.map((block) => movedOf(block, pattern)),
    ...removed.map((block) => removedOf(block, pattern, top)),
    // A backend counts in the root module alone (Terraform language, "Backend Block Configuration Overview").
    ...(isRoot ? backends.map((anchor) => ({ kind: 'anchor' as const, region: null, accounts: [], ...anchor })) : []),
    ...callAnchors(node),
  ].map((fact) => ({ ...fact, root, ...installedIn(node.module) }));
}
