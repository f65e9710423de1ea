import { realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { assertSystemError, errorCode, whyUnreadable } from '../../../errors.ts';

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
    ...[cwd, ...dirs].map(async (dir) => {
      const real = await realOrSame(dir);
      return (await workTree(real)) ?? real;
    }),
    // A relative one is the repository's to fill, with links too.
    ...(isAbsolute(dataDir) ? [realOrSame(dataDir)] : []),
  ]);
  return async (path) => {
    try {
      const real = await realpath(path);
      return (await bases).some((base) => isWithin(base, real)) ? { real } : OUTSIDE;
    } catch (error) {
      return unread(error);
    }
  };
}

const OUTSIDE: Unread = { unreadable: 'it is outside of the repository' };

/** What the system's refusal to read something means. Anything but a system error is thrown on. */
export function unread(error: unknown): Unread {
  const unreadable = whyUnreadable(error);
  return ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '') ? { unreadable, isMissing: true } : { unreadable };
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

/** The nearest directory upwards that holds `.git`, a directory or the file of a linked work tree. */
async function workTree(rootDir: string): Promise<string | undefined> {
  for (let dir = rootDir; ; dir = dirname(dir)) {
    if (await exists(join(dir, '.git'))) return dir;
    if (dirname(dir) === dir) return undefined;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    assertSystemError(error);
    return false;
  }
}

async function realOrSame(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    assertSystemError(error);
    return path;
  }
}
