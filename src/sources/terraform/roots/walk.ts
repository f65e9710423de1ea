import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, whyUnreadable } from '../../../errors.ts';
import { realPathOf } from '../../real-path.ts';
import type { ModuleReader, ModuleSource } from '../configuration/module-reader.ts';

/** Every directory of a tree that may hold configuration, level by level. */
export interface Tree {
  readonly sources: readonly ModuleSource[];
  /** Links to directories that were not followed, each with where it stands, and what could not be told of a link. */
  readonly strays: readonly Stray[];
}
interface Stray {
  /** Absolute. */
  readonly path: string;
  readonly reason: string;
}

/** Hidden directories are Terraform's, git's and editors' own; modules in them are reached by calls. */
export const isEntered = (name: string): boolean => !name.startsWith('.') && name !== 'node_modules';

/** Links to directories are not followed, so that a loop of links ends; what they lead to and is not in the tree is told. */
export async function walkTree(dir: string, reader: ModuleReader): Promise<Tree> {
  const sources: ModuleSource[] = [];
  let level = [dir];
  while (level.length > 0) {
    const read = await Promise.all(level.map((each) => reader.read(each)));
    sources.push(...read);
    level = read.flatMap((source) => source.directories.filter(isEntered).map((name) => join(source.dir, name)));
  }
  return { sources, strays: await straysIn(sources) };
}

async function straysIn(sources: readonly ModuleSource[]): Promise<readonly Stray[]> {
  const links = sources.flatMap(({ dir, links: names }) => names.filter(isEntered).map((name) => join(dir, name)));
  if (links.length === 0) return [];
  const seen = new Set(await Promise.all(sources.map(({ dir }) => realPathOf(dir))));
  const strays = await Promise.all(links.map((path) => strayAt(path, seen)));
  return strays.filter((stray) => stray !== undefined);
}

async function strayAt(path: string, seen: ReadonlySet<string>): Promise<Stray | undefined> {
  try {
    if (!(await stat(path)).isDirectory() || seen.has(await realpath(path))) return undefined;
    return { path, reason: 'a link to a directory elsewhere, which is not followed: give it with --config-dir' };
  } catch (error) {
    // A link to nothing hides nothing.
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
    return { path, reason: whyUnreadable(error) };
  }
}
