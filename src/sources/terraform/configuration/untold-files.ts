import { dirname, join } from 'node:path';
import { isConfiguration, isValues } from '../file-names.ts';
import type { ModuleReader } from './module-reader.ts';

/** Paths of the files of values that a root may be given with -var-file, whether or not it reads them by itself too. */
export type FindValueFiles = (rootDir: string, base: string) => Promise<readonly string[]>;

/**
 * People keep such files beside a root, below it, or beside it all (`environments/prod.tfvars`). A directory's files are
 * for the roots at or below the nearest directory upwards that has configuration in it or under it; those beside
 * configuration are that configuration's own. `base` is where the way upwards ends. Nothing but names is read, each
 * directory once; links are not followed.
 */
export function createValueFileFinder({ list }: Pick<ModuleReader, 'list'>): FindValueFiles {
  const shared = new Map<string, Promise<readonly string[]>>();
  /** The files of a directory and of all below it; undefined where there is configuration among them. */
  const loose = async (dir: string): Promise<readonly string[] | undefined> => {
    const { names, directories } = await list(dir);
    if (names.some(isConfiguration)) return undefined;
    const files = filesIn(dir, names);
    for (const name of directories.filter(isEntered)) {
      const below = await loose(join(dir, name));
      if (below === undefined) return undefined;
      files.push(...below);
    }
    return files;
  };
  const sharedIn = async (dir: string): Promise<readonly string[]> => {
    const { names, directories } = await list(dir);
    const below = await Promise.all(directories.filter(isEntered).map((name) => loose(join(dir, name))));
    const own = names.some(isConfiguration) ? [] : filesIn(dir, names);
    return [...own, ...below.flatMap((files) => files ?? [])];
  };
  const sharedOnce = (dir: string): Promise<readonly string[]> => {
    const found = shared.get(dir) ?? sharedIn(dir);
    shared.set(dir, found);
    return found;
  };
  return async (rootDir, base) => {
    const own = filesIn(rootDir, (await list(rootDir)).names);
    const others = await Promise.all(upwards(rootDir, base).map(sharedOnce));
    return [...own, ...others.flat()];
  };
}

const filesIn = (dir: string, names: readonly string[]): string[] =>
  names.filter((name) => isValues(name)).map((name) => join(dir, name));

/** Hidden directories are Terraform's, git's and editors' own. */
const isEntered = (name: string): boolean => !name.startsWith('.') && name !== 'node_modules';

/** From a directory to one that it is in, both included. */
function upwards(from: string, to: string): readonly string[] {
  const dirs = [from];
  for (let dir = from; dir !== to && dirname(dir) !== dir; ) {
    dir = dirname(dir);
    dirs.push(dir);
  }
  return dirs;
}
