import { join, resolve } from 'node:path';
import { boundsOf } from '../configuration/bounds.ts';
import { createModuleReader, type ModuleReader } from '../configuration/module-reader.ts';
import { marksOf } from './marks.ts';
import { walkTree } from './walk.ts';

/** Of which directories the files are wanted. */
export interface FilesAsk {
  /** Directories below which roots are looked for. */
  readonly dirs: readonly string[];
  /** Directories of root modules. */
  readonly rootDirs: readonly string[];
  readonly cwd: string;
}

/** Absolute paths of every file that may be read as configuration there, those of called local modules too. */
export async function configurationFiles(
  { dirs, rootDirs, cwd }: FilesAsk,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const all = [...dirs, ...rootDirs].map((dir) => resolve(cwd, dir));
  const reader = createModuleReader(cwd, signal, boundsOf({ cwd, dirs: all }));
  const trees = await Promise.all(dirs.map((dir) => walkTree(resolve(cwd, dir), reader)));
  const below = trees.flatMap(({ sources }) => sources.map(({ dir }) => dir));
  return filesCalledFrom(new Set([...below, ...rootDirs.map((dir) => resolve(cwd, dir))]), reader);
}

async function filesCalledFrom(dirs: Set<string>, reader: ModuleReader): Promise<readonly string[]> {
  const files: string[] = [];
  for (const dir of dirs) {
    const source = await reader.read(dir);
    files.push(...source.files.map(({ name }) => join(dir, name)));
    for (const called of marksOf(source).calls) dirs.add(called);
  }
  return files;
}
