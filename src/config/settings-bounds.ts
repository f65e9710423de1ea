import { lstat, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assertSystemError, errorCode, fileError, UserError } from '../errors.ts';
import { isWithin } from '../files/within.ts';
import { workTree } from '../files/work-tree.ts';
import type { NamedPath } from './settings-paths.ts';

/** How a settings file was come by. */
export interface SettingsOrigin {
  /** Absolute. */
  readonly file: string;
  /** How messages call it. */
  readonly shown: string;
  /** By whoever runs keydrift; otherwise it was found. */
  readonly isNamed: boolean;
  readonly cwd: string;
}

/**
 * The real path of the directory that nothing in a settings file may lead out of: the repository of one that was found
 * (the directory with `.git`, else its own directory). Naming a file does not make its words the runner's: one in the
 * repository around the working directory, or in one below it, is bounded like one that was found. undefined: whoever
 * runs keydrift keeps this file elsewhere, and its paths are free. Throws UserError for a link out of the repository.
 */
export async function settingsBounds({ file, shown, isNamed, cwd }: SettingsOrigin): Promise<string | undefined> {
  const real = await realOf(file, shown);
  const tree = (await reviewedTree(dirname(file), cwd)) ?? (await reviewedTree(dirname(real), cwd));
  if (tree === undefined && isNamed) return undefined;
  const bounds = await realOf(tree ?? dirname(file), shown);
  if (isWithin(bounds, real)) return bounds;
  throw new UserError(`${shown}: this link leads outside of the repository; settings in it are a file of its own`);
}

/** Throws UserError, with its place, for the first path that leads out of `bounds`, by itself or through a link. */
export async function assertWithin(bounds: string, paths: readonly NamedPath[]): Promise<void> {
  for (const { at, field, path } of paths) {
    const end = await endOf(path);
    if (end === 'nowhere') throw new UserError(`${at}: ${field}: this path goes through a link that leads nowhere`);
    if (isWithin(bounds, end)) continue;
    throw new UserError(
      `${at}: ${field}: this path leads outside of the repository, which a file in it may not ask for; give it with a flag`,
    );
  }
}

/** Whether a file stands in a git work tree, and a link leads from there to another place. */
export async function leavesItsTree(file: string): Promise<boolean> {
  const tree = await workTree(dirname(file));
  return tree !== undefined && !isWithin(await realpath(tree), await realpath(file));
}

async function realOf(path: string, shown: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    throw fileError(`cannot read the settings ${shown}`, error);
  }
}

/** The git work tree that a directory is in, if that is around the working directory, or below it. */
async function reviewedTree(dir: string, cwd: string): Promise<string | undefined> {
  const tree = await workTree(dir);
  return tree !== undefined && (isWithin(tree, cwd) || isWithin(cwd, tree)) ? tree : undefined;
}

/** Where a path ends once links are followed; what is not there yet would be made below what is. */
async function endOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) throw fileError(`cannot follow ${path}`, error);
    if ((await isLink(path)) || dirname(path) === path) return 'nowhere';
    const above = await endOf(dirname(path));
    return above === 'nowhere' ? above : join(above, path.slice(dirname(path).length));
  }
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch (error) {
    assertSystemError(error);
    return false;
  }
}
