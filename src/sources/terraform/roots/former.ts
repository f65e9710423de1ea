import { posix, resolve } from 'node:path';
import type { FormerRoot } from '../../../model/change.ts';
import { grouped } from '../../../model/grouped.ts';
import { shownPath } from '../../shown-path.ts';
import { cutFile } from '../configuration/cut-file.ts';
import type { FormerTree } from '../configuration/former-reader.ts';
import type { ModuleSource } from '../configuration/module-reader.ts';
import { isConfiguration } from '../file-names.ts';
import { type Marks, marksOf } from './marks.ts';
import { isEntered } from './walk.ts';

/** Where roots were looked for before a change, or would have been. */
export interface Sight {
  /** Absolute directories below which every root was one. */
  readonly dirs: readonly string[];
  /** Absolute directories of the roots that settings named: they are all there were where there are no others. */
  readonly named: readonly string[];
}

/** The roots of a tree that is no longer there. */
export interface FormerRoots {
  readonly roots: readonly (Pick<FormerRoot, 'dir' | 'isCertain' | 'hasKeys'> & { readonly source: ModuleSource })[];
  /** Whether a directory was looked at, and none of these called it. */
  readonly isSeenAlone: (dir: string) => boolean;
}

/** The same roots as `discoverRoots` and the settings give of what stands in the work tree, but for what `init` left. */
export async function formerRoots(tree: FormerTree, { dirs, named }: Sight, cwd: string): Promise<FormerRoots> {
  const given = new Set(dirs.length > 0 ? dirs : named);
  const isSeen = (dir: string): boolean =>
    dirs.length > 0 ? isBelow(resolve(cwd, dir), dirs) : given.has(resolve(cwd, dir));
  const paths = tree.paths.filter((path) => isConfiguration(posix.basename(path)) && isSeen(posix.dirname(path)));
  const texts = await tree.texts(paths);
  const sources = [...grouped(paths, posix.dirname)].map(([path, files]) => sourceOf(path, files, texts, cwd));
  const marked = sources.map((source) => ({ source, marks: marksOf(source) }));
  const called = new Set(marked.flatMap(({ marks }) => marks.calls));
  const withState = new Set(tree.paths.filter((path) => path.endsWith('.tfstate')).map(posix.dirname));
  const isRoot = ({ source, marks }: (typeof marked)[number]): boolean =>
    given.has(source.dir) ||
    (dirs.length > 0 && (marks.isCertain || isLikely(marks, called.has(source.dir)) || isNotHeld(source)));
  const roots = marked.filter(isRoot);
  return {
    isSeenAlone: (dir) => isSeen(dir) && !called.has(resolve(cwd, dir)),
    roots: roots.map(({ source, marks }) => ({
      dir: source.path,
      isCertain: marks.isCertain || given.has(source.dir) || withState.has(source.path),
      ...(marks.hasKeys ? { hasKeys: true as const } : {}),
      source,
    })),
  };
}

const isNotHeld = ({ files }: ModuleSource): boolean => files.some(({ blocks }) => blocks === NOT_HELD);

/** What could hold no key is no loss: an example of how something is called is what is left. */
const isLikely = ({ hasProvider, hasKeys, callsModules }: Marks, isCalled: boolean): boolean =>
  hasProvider && !isCalled && (hasKeys || callsModules);

function sourceOf(
  path: string,
  files: readonly string[],
  texts: ReadonlyMap<string, string>,
  cwd: string,
): ModuleSource {
  const names = files.map((file) => posix.basename(file)).sort();
  const read = names.map((name) => {
    const file = posix.join(path, name);
    const text = texts.get(file);
    return { name, path: file, blocks: text === undefined ? NOT_HELD : cutFile(name, text), faults: [] };
  });
  return {
    dir: resolve(cwd, path),
    path,
    names,
    directories: [],
    links: [],
    files: read,
    unreadable: null,
    isInstalled: false,
  };
}

/** A clone without all blobs, which nobody is asked for. */
const NOT_HELD = { ok: false, line: 0, reason: 'this clone does not hold it' } as const;

/** Whether looking below one of the directories comes by. */
const isBelow = (dir: string, dirs: readonly string[]): boolean =>
  dirs.some((top) => {
    const way = shownPath(dir, top);
    return way === '.' || way.split('/').every(isEntered);
  });
