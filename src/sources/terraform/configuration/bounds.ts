import { realpath } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';
import { assertSystemError, whyUnreadable } from '../../../errors.ts';
import { workTree } from '../../work-tree.ts';

/** Tells whether a directory may be read as a module, links followed: why not, or undefined. */
export type Bounds = (dir: string) => Promise<string | undefined>;

/**
 * A configuration is followed within the working directory, the git work tree that its root stands in, and where whoever
 * runs keydrift says that installed modules are. It is under review: nothing that it names elsewhere is read.
 */
export async function boundsOf(rootDir: string, cwd: string, dataDir?: string): Promise<Bounds> {
  const data = dataDir === undefined ? [] : [await realOrSame(dataDir)];
  const allowed = [...(await basesOf(rootDir, cwd)), ...data];
  return async (dir) => {
    try {
      return leadsOutside(await realpath(dir), allowed);
    } catch (error) {
      return whyUnreadable(error);
    }
  };
}

/** Real paths of the directories that what stands in a root may name something in: the working directory, and its own tree. */
export const basesOf = async (rootDir: string, cwd: string): Promise<readonly string[]> =>
  Promise.all([cwd, (await workTree(rootDir)) ?? rootDir].map(realOrSame));

/** Why a real path may not be read, if it is in none of these directories. */
export const leadsOutside = (real: string, bases: readonly string[]): string | undefined =>
  bases.some((base) => isWithin(base, real)) ? undefined : 'it is outside of the repository';

/**
 * Why a path may not be read although it was named: it stands in a git work tree, or in the working directory outside of
 * any, and a link leads out of there. undefined also of what is not there, which whoever reads it tells.
 */
export async function leavesRepository(path: string, cwd: string): Promise<string | undefined> {
  const tree = (await workTree(dirname(path))) ?? (isWithin(cwd, path) ? cwd : undefined);
  if (tree === undefined) return undefined;
  const real = await realOrSame(path);
  if (real === path) return undefined;
  const bases = await Promise.all([tree, cwd].map(realOrSame));
  return leadsOutside(real, bases) === undefined ? undefined : 'a link leads outside of the repository';
}

function isWithin(base: string, path: string): boolean {
  const way = relative(base, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !/^[A-Za-z]:/.test(way);
}

/**
 * Where what belongs to a root may begin: its git work tree; else the working directory that it is in, unless that is all
 * there is; else the root's own directory.
 */
export async function topOf(rootDir: string, cwd: string): Promise<string> {
  const tree = await workTree(rootDir);
  if (tree !== undefined) return tree;
  return isWithin(cwd, rootDir) && dirname(cwd) !== cwd ? cwd : rootDir;
}

async function realOrSame(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    assertSystemError(error);
    return path;
  }
}
