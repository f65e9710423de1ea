import { type BackendAnchor, backendAnchors } from './anchors.ts';
import type { Cut, CutFailure } from './blocks.ts';
import type { Gate } from './expressions.ts';
import { ALIAS_NAMES, isKeyResource, KEY_POLICY, KEY_STORE } from './kept-blocks.ts';
import { type MergedBlock, type PlacedBlock, placeOf } from './merged-block.ts';
import { type Declared, type Module, mergedBlock } from './module.ts';
import { type Addressing, addressing } from './moves.ts';
import { mergedOf } from './override.ts';
import { awsProviders } from './providers.ts';

/** A resource of a module: `aws_kms_key` and `this`. */
export interface ResourceBlock {
  readonly resourceType: string;
  readonly name: string;
  readonly block: MergedBlock;
  /** Why nothing that it says counts: Terraform would refuse it. */
  readonly refused: string | undefined;
}

/** Why a file, or a block of it, could not be read. */
export interface FileFailure {
  readonly path: string;
  /** 0: the file as a whole. */
  readonly line: number;
  readonly reason: string;
  /** Nothing of the file was read. */
  readonly isUnread: boolean;
}

/** The blocks of a module that say something of keys, their syntax checked, and what of them could not be read. */
export interface ReadBlocks {
  readonly keys: readonly ResourceBlock[];
  readonly policies: readonly ResourceBlock[];
  readonly aliases: readonly ResourceBlock[];
  readonly keyStores: readonly ResourceBlock[];
  /** undefined: it is there and cannot be read. */
  readonly providers: ReadonlyMap<string, MergedBlock | undefined>;
  readonly imports: readonly Addressing[];
  readonly moved: readonly Addressing[];
  readonly removed: readonly Addressing[];
  readonly backends: readonly (BackendAnchor & { readonly path: string })[];
  readonly failures: readonly FileFailure[];
}

/** Reads the blocks of a module; each module once. */
export type BlockReader = (module: Module) => ReadBlocks;

/** A reader that remembers: a module that is called many times is read once. */
export function createBlockReader(gate: Gate): BlockReader {
  const read = new WeakMap<Module, ReadBlocks>();
  return (module) => {
    const known = read.get(module) ?? readBlocks(module, gate);
    read.set(module, known);
    return known;
  };
}

function readBlocks(module: Module, gate: Gate): ReadBlocks {
  const failures: FileFailure[] = module.unread.map(({ path, blocks: { line, reason } }) => ({
    path,
    line,
    reason,
    isUnread: true,
  }));
  const fail = (path: string, { line, reason }: CutFailure): void => {
    failures.push({ path, line, reason, isUnread: false });
  };
  /** A block that both readers take, or none. */
  const checked = (path: string, cut: Cut<MergedBlock>): MergedBlock | undefined => {
    const refusal = cut.ok ? refusalOf(cut.value, gate) : cut;
    if (refusal !== undefined) fail(path, refusal);
    return refusal === undefined && cut.ok ? cut.value : undefined;
  };
  const each = (type: string, names: readonly string[]): Addressing[] => {
    const { base, overrides } = module.named(type).get('') ?? { base: [], overrides: [] };
    for (const { block, path } of overrides) {
      // hashicorp/terraform, internal/configs/module.go: "Cannot override 'moved' blocks" and its like.
      fail(path, {
        ok: false,
        line: block.startLine,
        reason: `a ${type} block stands in an override file: Terraform refuses that`,
      });
    }
    return base.flatMap((placed) => {
      const merged = mergedOf(placed);
      const found = merged.ok ? addressing(merged.value, names) : merged;
      if (!found.ok) fail(placed.path, found);
      if (!found.ok || found.value === undefined) return [];
      return checked(placed.path, { ok: true, value: found.value.block }) === undefined ? [] : [found.value];
    });
  };
  const backends = module.all('terraform').flatMap(({ block, path }) => {
    const anchors = backendAnchors(block);
    if (!anchors.ok) fail(path, anchors);
    return anchors.ok ? anchors.value.map((anchor) => ({ ...anchor, path })) : [];
  });
  const providers = new Map(
    [...awsProviders(module)].map(
      ([key, declared]) => [key, checked(pathOf(declared), mergedBlock(declared))] as const,
    ),
  );
  const resources = [...module.named('resource')].flatMap(([, declared]) => readResource(declared, checked, fail));
  return {
    keys: resources.filter(({ resourceType }) => isKeyResource(resourceType)),
    policies: resources.filter(({ resourceType }) => resourceType === KEY_POLICY),
    aliases: resources.filter(({ resourceType }) => ALIAS_NAMES.has(resourceType)),
    keyStores: resources.filter(({ resourceType }) => resourceType === KEY_STORE),
    providers,
    imports: each('import', ['to']),
    moved: each('moved', ['from', 'to']),
    removed: each('removed', ['from']),
    backends,
    failures,
  };
}

const pathOf = ({ base, overrides }: Declared): string => [...base, ...overrides][0]?.path ?? '';

/** Every block that an argument comes from, and the nested ones that are read, must be HCL to hcl2-parser too. */
function refusalOf(merged: MergedBlock, gate: Gate): CutFailure | undefined {
  return (
    gate.refusal(merged.source) ??
    merged.overrides.map((block) => gate.refusal(block)).find((found) => found !== undefined)
  );
}

function readResource(
  declared: Declared,
  checked: (path: string, cut: Cut<MergedBlock>) => MergedBlock | undefined,
  fail: (path: string, failure: CutFailure) => void,
): readonly ResourceBlock[] {
  const { base } = declared;
  const refused = base.length > 1 ? contradiction(base) : undefined;
  const blocks: readonly (readonly [PlacedBlock | undefined, Cut<MergedBlock>])[] =
    refused === undefined ? [[base[0], mergedBlock(declared)]] : base.map((placed) => [placed, mergedOf(placed)]);
  return blocks.flatMap(([placed, cut]) => {
    const path = placed?.path ?? pathOf(declared);
    const [resourceType, name, ...more] = (placed ?? declared.overrides[0])?.block.labels ?? [];
    if (resourceType === undefined || name === undefined || more.length > 0) {
      fail(path, {
        ok: false,
        line: placed?.block.startLine ?? 0,
        reason: 'a resource block needs a type and a name, and no more',
      });
      return [];
    }
    const block = checked(path, cut);
    return block === undefined ? [] : [{ resourceType, name, block, refused }];
  });
}

/** Neither block is more right than the other. */
function contradiction(base: readonly PlacedBlock[]): string {
  const places = base.map(({ block, path }) => placeOf({ path, line: block.startLine })).join(' and ');
  return `declared ${base.length === 2 ? 'twice' : `${base.length} times`}, at ${places}: Terraform refuses that`;
}
