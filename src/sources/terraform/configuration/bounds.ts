import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute } from 'node:path';
import { errorCode, whyUnreadable } from '../../../errors.ts';
import { isWithin } from '../../../files/within.ts';
import { workTree } from '../../../files/work-tree.ts';
import { realPathOf } from '../../real-path.ts';

/** Tells of a path whether it may be read: its real one, all links followed, or why not. */
export type Bounds = (path: string) => Promise<{ readonly real: string } | Unread>;

/** Why something is not read. */
export interface Unread {
  readonly unreadable: string;
  /** Nothing is there, or only a link that leads nowhere. */
  readonly isMissing?: true;
}

/** What whoever runs keydrift names: absolute paths of directories. */
export interface Named {
  readonly cwd: string;
  /** Those of configuration, and that of the settings. */
  readonly dirs?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Configuration is under review: whatever it names, and wherever links in it lead, it is read within what whoever runs
 * keydrift names alone, with the git work tree around each of these, and where TF_DATA_DIR says that modules are.
 */
export function boundsOf({ cwd, dirs = [], env = {} }: Named): Bounds {
  const dataDir = env['TF_DATA_DIR'] ?? '';
  const bases = Promise.all([
    ...[cwd, ...dirs].map((dir) => basesAt(dir, cwd)),
    // A relative one is the repository's to fill, with links too.
    ...(isAbsolute(dataDir) ? [realPathOf(dataDir).then((real) => [real])] : []),
  ]);
  return async (path) => {
    try {
      const real = await realpath(path);
      return (await bases).flat().some((base) => isWithin(base, real)) ? { real } : OUTSIDE;
    } catch (error) {
      return unread(error);
    }
  };
}

/** A directory that is named in a repository may have become a link in the change under review. */
async function basesAt(dir: string, cwd: string): Promise<readonly string[]> {
  if ((await leavesRepository(dir, cwd)) !== undefined) return [];
  const real = await realPathOf(dir);
  return [(await workTree(real)) ?? real];
}

const OUTSIDE: Unread = { unreadable: 'it is outside of the repository' };

/** What the system's refusal to read something means. Anything but a system error is thrown on. */
export function unread(error: unknown): Unread {
  const unreadable = whyUnreadable(error);
  return ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '') ? { unreadable, isMissing: true } : { unreadable };
}

/** Real paths of the directories that what stands in a root may name something in: the working directory, and its own tree. */
export const basesOf = async (rootDir: string, cwd: string): Promise<readonly string[]> =>
  Promise.all([cwd, (await workTree(rootDir)) ?? rootDir].map(realPathOf));

/** Why a real path may not be read, if it is in none of these directories. */
export const leadsOutside = (real: string, bases: readonly string[]): string | undefined =>
  bases.some((base) => isWithin(base, real)) ? undefined : OUTSIDE.unreadable;

/**
 * Why a path may not be read although it was named: it stands in a git work tree, or in the working directory outside of
 * any, and a link leads out of there. undefined also of what is not there, which whoever reads it tells.
 */
export async function leavesRepository(path: string, cwd: string): Promise<string | undefined> {
  const real = await realPathOf(path);
  if (real === path) return undefined;
  const tree = (await workTree(dirname(path))) ?? (isWithin(cwd, path) ? cwd : undefined);
  if (tree === undefined) return undefined;
  const bases = await Promise.all([tree, cwd].map(realPathOf));
  return leadsOutside(real, bases) === undefined ? undefined : 'a link leads outside of the repository';
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
