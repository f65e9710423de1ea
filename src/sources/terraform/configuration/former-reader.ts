import { posix, resolve } from 'node:path';
import { grouped } from '../../../model/grouped.ts';
import { shownPath } from '../../shown-path.ts';
import { isConfiguration, isReadByTerraform } from '../file-names.ts';
import { cutFile } from './cut-file.ts';
import { byCodePoint } from './language/text-order.ts';
import type { ModuleReader, SourceFile } from './module-reader.ts';

/** What there was before a change; paths from the working directory, with slashes. */
export interface FormerTree {
  readonly paths: readonly string[];
  readonly texts: (paths: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/**
 * Has a reader give what stood in the work tree before a change: files that it altered or removed as they were, none that
 * it added, and all others, such as what `init` left, as they stand.
 */
export async function formerReader(
  tree: FormerTree,
  changed: readonly string[],
  cwd: string,
): Promise<(reader: ModuleReader) => ModuleReader> {
  const altered = new Set(changed);
  const texts = await tree.texts(tree.paths.filter((path) => altered.has(path) && isReadByTerraform(path)));
  const files = grouped(texts.keys(), posix.dirname);
  const dirs = grouped(tree.paths.flatMap(dirsAbove), posix.dirname);
  const isAltered = (dir: string, name: string): boolean => altered.has(posix.join(dir, name));
  const namesIn = (dir: string, names: readonly string[]): readonly string[] => {
    const were = (files.get(dir) ?? []).map((path) => posix.basename(path));
    return [...new Set([...names.filter((name) => !isAltered(dir, name)), ...were])].sort(byCodePoint);
  };
  const directoriesIn = (dir: string, names: readonly string[]): readonly string[] => {
    const were = (dirs.get(dir) ?? []).map((path) => posix.basename(path));
    return [...new Set([...names, ...were])].sort(byCodePoint);
  };
  const sourceFile = (path: string): SourceFile => {
    const name = posix.basename(path);
    return { name, path, blocks: cutFile(name, texts.get(path) ?? ''), faults: [] };
  };
  return (reader) => ({
    read: async (given) => {
      const source = await reader.read(given);
      const { path } = source;
      const kept = source.files.filter(({ name }) => !isAltered(path, name));
      const were = (files.get(path) ?? []).filter((file) => isConfiguration(posix.basename(file))).map(sourceFile);
      return {
        ...source,
        names: namesIn(path, source.names),
        directories: directoriesIn(path, source.directories),
        links: source.links.filter((name) => !isAltered(path, name)),
        files: [...kept, ...were].sort((a, b) => byCodePoint(a.name, b.name)),
        unreadable: files.has(path) || dirs.has(path) ? null : source.unreadable,
      };
    },
    list: async (given) => {
      const { names, directories } = await reader.list(given);
      const path = shownPath(resolve(cwd, given), cwd);
      return { names: namesIn(path, names), directories: directoriesIn(path, directories) };
    },
    text: async (file) => {
      const path = shownPath(file, cwd);
      if (!altered.has(path)) return reader.text(file);
      return texts.get(path) ?? { unreadable: 'it was not there', isMissing: true };
    },
  });
}

function dirsAbove(path: string): readonly string[] {
  const dir = posix.dirname(path);
  return dir === '.' || posix.basename(dir) === '..' ? [] : [dir, ...dirsAbove(dir)];
}
