import { relative, resolve, sep } from 'node:path';
import { notInstalled } from '../../../model/coverage.ts';
import { filesOf, type Program } from '../file-names.ts';
import { evaluated, NOTHING } from './expressions.ts';
import type { InstalledModules } from './installed-modules.ts';
import type { MergedBlock } from './merged-block.ts';
import { type Declared, type Module, mergedBlock, moduleOf } from './module.ts';
import type { ModuleReader, ModuleSource } from './module-reader.ts';
import { isLocalSource, plainSource, withoutCredentials } from './source-address.ts';

/** A module where a root calls it, and the modules that it calls: one node for a call, whatever its count or for_each. */
export interface ModuleNode {
  readonly module: Module;
  /** The names of the calls from the root to it; empty for the root. */
  readonly path: readonly string[];
  /** `path.module`: from the root's directory; null where that is not exact. */
  readonly fromRoot: string | null;
  readonly calls: ReadonlyMap<string, ModuleCall>;
}

/** One `module` block: what it calls, or why that could not be read. */
export interface ModuleCall {
  readonly name: string;
  readonly declared: Declared;
  /** undefined where the block itself is no HCL, or stands twice. */
  readonly block: MergedBlock | undefined;
  readonly target: ModuleNode | Unread;
}

/** Why a call is not followed; `source` where there was a directory, and nothing in it for this program. */
interface Unread {
  readonly unread: string;
  readonly source?: ModuleSource;
}

/** Whether a call leads to a module that was read. */
export const isRead = (target: ModuleCall['target']): target is ModuleNode => 'module' in target;

/** What a root's modules are found with. */
export interface TreeAsk {
  readonly rootDir: string;
  readonly program: Program;
  readonly reader: Pick<ModuleReader, 'read'>;
  readonly installed: InstalledModules;
}

/** Calls within calls; no configuration that people write comes near. */
const DEEPEST = 32;
/** Calls followed in one root. */
const MOST_CALLS = 10_000;

/** All modules of a root, read from disk; calls that lead in a circle, too deep or out of bounds are not followed. */
export async function moduleTree(root: ModuleSource, ask: TreeAsk): Promise<ModuleNode> {
  let left = MOST_CALLS;
  const nodeOf = async (
    source: ModuleSource,
    path: readonly string[],
    above: readonly string[],
  ): Promise<ModuleNode> => {
    const module = moduleOf(source, ask.program);
    const dirs = [...above, source.dir];
    const calls = new Map<string, ModuleCall>();
    for (const [name, declared] of module.named('module')) {
      left -= 1;
      const merged = mergedBlock(declared);
      const found = merged.ok ? await callee(merged.value, name, { source, path, dirs }) : { unread: merged.reason };
      const target = 'unread' in found ? found : await nodeOf(found, [...path, name], dirs);
      calls.set(name, { name, declared, block: merged.ok ? merged.value : undefined, target });
    }
    return { module, path, fromRoot: fromRoot(ask.rootDir, source.dir), calls };
  };
  const callee = async (
    block: MergedBlock,
    name: string,
    caller: { readonly source: ModuleSource; readonly path: readonly string[]; readonly dirs: readonly string[] },
  ): Promise<ModuleSource | Unread> => {
    if (left < 0) return { unread: `the configuration calls more than ${MOST_CALLS} modules` };
    const place = calledDirectory(block, [...caller.path, name], caller.source.dir, ask.installed);
    if ('unread' in place) return place;
    if (caller.dirs.includes(place.dir)) return { unread: `${place.shown} calls itself` };
    if (caller.dirs.length > DEEPEST) return { unread: `modules are nested more than ${DEEPEST} deep` };
    return readable(await ask.reader.read(place.dir), place.shown, ask.program);
  };
  return nodeOf(root, [], []);
}

function readable(source: ModuleSource, shown: string, program: Program): ModuleSource | Unread {
  if (source.unreadable !== null) return { unread: `${shown}: ${source.unreadable}` };
  const { primary, overriding } = filesOf(program, source.names);
  return primary.length + overriding.length > 0 ? source : { unread: `${shown} holds no configuration`, source };
}

interface Place {
  readonly dir: string;
  /** As messages name it: what the block says. */
  readonly shown: string;
}

function calledDirectory(
  block: MergedBlock,
  path: readonly string[],
  callerDir: string,
  installed: InstalledModules,
): Place | Unread {
  const argument = block.arguments.get('source');
  if (argument === undefined) return { unread: 'it has no source' };
  const source = evaluated(argument, NOTHING);
  // OpenTofu takes variables here; which module they name depends on who runs it.
  if (source.kind !== 'string') return { unread: 'its source is an expression' };
  const shown = withoutCredentials(source.value);
  if (isLocalSource(source.value)) return { dir: resolve(callerDir, source.value), shown };
  const module = installed.modules.get(path.join('.'));
  if (module === undefined && installed.unreadable !== null)
    return { unread: `${shown}: the list of installed modules cannot be used: ${installed.unreadable}` };
  if (module === undefined) return { unread: notInstalled(`${shown} is not installed`) };
  if (plainSource(module.source) !== plainSource(source.value)) {
    return { unread: notInstalled(`another source than ${shown} is installed`) };
  }
  const wanted = exactVersion(block);
  if (wanted !== undefined && module.version !== null && wanted !== module.version) {
    return { unread: notInstalled(`${shown} is installed in version ${module.version}, not ${wanted}`) };
  }
  return { dir: module.dir, shown };
}

/** The version that a call is pinned to; undefined where it leaves a choice. */
function exactVersion(block: MergedBlock): string | undefined {
  const argument = block.arguments.get('version');
  const version = argument === undefined ? undefined : evaluated(argument, NOTHING);
  return version?.kind === 'string' ? /^=?\s*v?(\d+\.\d+\.\d+)$/.exec(version.value.trim())?.[1] : undefined;
}

/** Terraform records module directories from the root's, with slashes (hashicorp/terraform, internal/modsdir/manifest.go). */
function fromRoot(rootDir: string, dir: string): string | null {
  const way = relative(rootDir, dir).split(sep).join('/');
  return /^[A-Za-z]:/.test(way) ? null : way || '.';
}
