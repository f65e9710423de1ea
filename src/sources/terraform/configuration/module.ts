import { filesOf, type Program } from '../file-names.ts';
import { type Block, type Cut, cutBody } from './blocks.ts';
import type { MergedBlock, PlacedArgument, PlacedBlock } from './merged-block.ts';
import type { ModuleSource, SourceFile } from './module-reader.ts';
import { mergedOf, overridden } from './override.ts';

/** The blocks that declare one thing: one in the primary files, unless Terraform would refuse it, and what overrides it. */
export interface Declared {
  readonly base: readonly PlacedBlock[];
  readonly overrides: readonly PlacedBlock[];
}

/** A module as one of the two programs reads it: overrides known, nothing evaluated. */
export interface Module {
  readonly source: ModuleSource;
  /** Files that could not be read as a whole. */
  readonly unread: readonly (SourceFile & { readonly blocks: { readonly ok: false } })[];
  /** By their labels with a dot between. A provider's alias is no label: `providersOf` tells them apart. */
  readonly named: (type: string) => ReadonlyMap<string, Declared>;
  /** The blocks of a type, in the order of the files, overriding ones last. */
  readonly all: (type: string) => readonly PlacedBlock[];
}

const modules = new WeakMap<ModuleSource, Map<Program, Module>>();

/** The same module each time it is asked for: all that is worked out of it can be kept with it. */
export function moduleOf(source: ModuleSource, program: Program): Module {
  const known = modules.get(source) ?? new Map<Program, Module>();
  modules.set(source, known);
  const module = known.get(program) ?? readModule(source, program);
  known.set(program, module);
  return module;
}

function readModule(source: ModuleSource, program: Program): Module {
  const { primary, overriding } = filesOf(
    program,
    source.files.map(({ name }) => name),
  );
  const byName = new Map(source.files.map((file) => [file.name, file]));
  const filesNamed = (names: readonly string[]): SourceFile[] => names.flatMap((name) => byName.get(name) ?? []);
  const base = grouping(filesNamed(primary));
  const overrides = grouping(filesNamed(overriding));
  const merged = new Map<string, ReadonlyMap<string, Declared>>();
  return {
    source,
    unread: filesNamed([...primary, ...overriding]).filter(isUnread),
    all: (type) => [...(base.get(type) ?? []), ...(overrides.get(type) ?? [])],
    named: (type) => {
      const known = merged.get(type) ?? declaredIn(base.get(type) ?? [], overrides.get(type) ?? []);
      merged.set(type, known);
      return known;
    },
  };
}

const isUnread = (file: SourceFile): file is SourceFile & { readonly blocks: { readonly ok: false } } =>
  !file.blocks.ok;

function grouping(files: readonly SourceFile[]): ReadonlyMap<string, readonly PlacedBlock[]> {
  const groups = new Map<string, PlacedBlock[]>();
  for (const { path, blocks } of files) {
    if (!blocks.ok) continue;
    for (const block of blocks.value) {
      const group = groups.get(block.type);
      if (group === undefined) groups.set(block.type, [{ block, path }]);
      else group.push({ block, path });
    }
  }
  return groups;
}

function declaredIn(base: readonly PlacedBlock[], overrides: readonly PlacedBlock[]): ReadonlyMap<string, Declared> {
  const found = new Map<string, { base: PlacedBlock[]; overrides: PlacedBlock[] }>();
  const at = (block: Block): { base: PlacedBlock[]; overrides: PlacedBlock[] } => {
    const key = block.labels.join('.');
    const declared = found.get(key) ?? { base: [], overrides: [] };
    found.set(key, declared);
    return declared;
  };
  for (const placed of base) at(placed.block).base.push(placed);
  for (const placed of overrides) at(placed.block).overrides.push(placed);
  return found;
}

const merges = new WeakMap<Declared, Cut<MergedBlock>>();

/** What counts of one declaration; a failure where its text is no HCL, or Terraform would refuse it. */
export function mergedBlock(declared: Declared): Cut<MergedBlock> {
  const known = merges.get(declared) ?? merge(declared);
  merges.set(declared, known);
  return known;
}

function merge({ base: [first, ...others], overrides }: Declared): Cut<MergedBlock> {
  // hashicorp/terraform, internal/configs/module.go: "Missing resource to override" and its like.
  if (first === undefined) return refused(overrides[0], 'overrides a block that is not there');
  if (others.length > 0)
    return refused(first, `is declared ${others.length === 1 ? 'twice' : `${others.length + 1} times`}`);
  let merged = mergedOf(first);
  for (const override of overrides) {
    if (!merged.ok) return merged;
    merged = overridden(merged.value, override);
  }
  return merged;
}

const refused = (placed: PlacedBlock | undefined, what: string): Cut<never> => ({
  ok: false,
  line: placed?.block.startLine ?? 0,
  reason: `the ${placed?.block.type ?? ''} block ${what}: Terraform refuses that`,
});

const locals = new WeakMap<Module, ReadonlyMap<string, PlacedArgument | 'refused'>>();

/** The named values of all `locals` blocks; those in override files take the place of others (Terraform language, "Override Files"). */
export function localsOf(module: Module): ReadonlyMap<string, PlacedArgument | 'refused'> {
  const known = locals.get(module) ?? readLocals(module);
  locals.set(module, known);
  return known;
}

function readLocals(module: Module): ReadonlyMap<string, PlacedArgument | 'refused'> {
  const found = new Map<string, PlacedArgument | 'refused'>();
  const { base, overrides } = module.named('locals').get('') ?? { base: [], overrides: [] };
  for (const argument of base.flatMap(argumentsIn)) {
    // hashicorp/terraform, internal/configs/module.go: "Duplicate local value definition".
    found.set(argument.name, found.has(argument.name) ? 'refused' : argument);
  }
  for (const argument of overrides.flatMap(argumentsIn)) found.set(argument.name, argument);
  return found;
}

/** Of a block that is no HCL nothing: what refers to it is Unknown. */
function argumentsIn({ block }: PlacedBlock): readonly PlacedArgument[] {
  const body = cutBody(block);
  return body.ok ? body.value.arguments.map((argument) => ({ ...argument, block })) : [];
}
