import { resolve } from 'node:path';
import { UserError } from '../../../errors.ts';
import type { Coverage, Diagnostic } from '../../../model/coverage.ts';
import { by } from '../../../model/order.ts';
import type { Instant } from '../../../model/time.ts';
import { shownPath } from '../../shown-path.ts';
import type { ModuleReader, ModuleSource } from '../configuration/module-reader.ts';
import { type Marks, marksOf } from './marks.ts';
import { type Tree, walkTree } from './walk.ts';

/** The root modules below the directories that were given. */
export interface Discovered {
  /** Sorted by path; each once. */
  readonly roots: readonly ModuleSource[];
  /** What of the trees could not be looked through. */
  readonly coverage: readonly Coverage[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Where to look for root modules. */
export interface DiscoverAsk {
  /** `--config-dir` arguments. */
  readonly dirs: readonly string[];
  /** They need not hold any. */
  readonly mayBeNone?: boolean;
  readonly cwd: string;
  readonly reader: ModuleReader;
  readonly now: () => Instant;
}

/**
 * A directory that was given and has configuration is a root, and so is every one below it with a backend or cloud block
 * or `.terraform`, or with a provider block where no other directory calls it. Throws UserError for a directory that
 * cannot be listed and for one without any root; what cannot be looked into below is coverage.
 */
export async function discoverRoots({ dirs, mayBeNone, cwd, reader, now }: DiscoverAsk): Promise<Discovered> {
  const given = [...new Set(dirs.map((dir) => resolve(cwd, dir)))];
  const trees = await Promise.all(given.map((dir) => walkTree(dir, reader)));
  const sources = new Map(trees.flatMap((tree) => tree.sources).map((source) => [source.dir, source]));
  const marks = new Map([...sources].map(([dir, source]) => [dir, marksOf(source)]));
  const called = new Set([...marks.values()].flatMap(({ calls }) => calls));
  const isRoot = ({ dir }: ModuleSource): boolean => {
    const mark = marks.get(dir);
    if (mark?.hasConfiguration !== true) return false;
    return given.includes(dir) || mark.isCertain || (mark.hasProvider && !called.has(dir));
  };
  for (const [index, tree] of trees.entries()) if (!mayBeNone) refuseNothing(given[index] ?? '', tree, isRoot, cwd);
  const roots = [...sources.values()].filter(isRoot).toSorted(by(({ path }) => path));
  const strangers = notReached(sources, marks, roots);
  const gaps = [...trees.flatMap((tree) => gapsIn(tree, cwd)), ...strangers.flatMap(undecided)];
  return {
    roots,
    coverage: gaps.map(({ path, reason }) => rootsUnknown(path, reason, now())),
    diagnostics: strangers.filter(({ dir }) => marks.get(dir)?.hasKeys === true).map(uncalledModule),
  };
}

function refuseNothing(dir: string, tree: Tree, isRoot: (source: ModuleSource) => boolean, cwd: string): void {
  const shown = shownPath(dir, cwd);
  const top = tree.sources.find((source) => source.dir === dir);
  if (top !== undefined && top.unreadable !== null) throw new UserError(unlisted(shown, top.unreadable));
  if (tree.sources.some(isRoot)) return;
  const below = tree.sources.some(({ files }) => files.length > 0);
  throw new UserError(
    below
      ? `no root module in or below ${shown} (nothing there has a backend, cloud or provider block, or .terraform): name the directory of one`
      : noConfiguration(shown),
  );
}

/** What is said of a directory that was named and holds no configuration. */
export const noConfiguration = (shown: string): string =>
  `no .tf files in ${shown}: name the directory of a root module`;

/** The same of one that cannot be listed. */
export const unlisted = (shown: string, why: string): string =>
  `cannot read the configuration directory ${shown}: ${why.replace(/^cannot be read: /, '')}`;

/** A place, from the working directory, where there may be roots. */
interface Gap {
  readonly path: string;
  readonly reason: string;
}

function gapsIn({ sources, strays }: Tree, cwd: string): readonly Gap[] {
  const closed = sources.flatMap(({ path, unreadable }) => (unreadable === null ? [] : [{ path, reason: unreadable }]));
  return [...closed, ...strays.map(({ path, reason }) => ({ path: shownPath(path, cwd), reason }))];
}

/** What would make the directory a root may stand in a file that is no HCL, or could not be read. */
const undecided = ({ path, files }: ModuleSource): readonly Gap[] =>
  files.flatMap((file) => (file.blocks.ok ? [] : [{ path, reason: `${file.path} could not be read` }])).slice(0, 1);

const rootsUnknown = (locator: string, reason: string, readAt: Instant): Coverage => ({
  source: 'configuration',
  operation: 'roots',
  locator,
  status: 'partial',
  reason: `${reason}: whether there are roots is not known`,
  readAt,
});

/** Directories that are no roots and that no root was seen to call. */
function notReached(
  sources: ReadonlyMap<string, ModuleSource>,
  marks: ReadonlyMap<string, Marks>,
  roots: readonly ModuleSource[],
): readonly ModuleSource[] {
  const reached = new Set(roots.map(({ dir }) => dir));
  for (const dir of reached) for (const called of marks.get(dir)?.calls ?? []) reached.add(called);
  return [...sources.values()].filter(({ dir }) => !reached.has(dir));
}

const uncalledModule = ({ path }: ModuleSource): Diagnostic => ({
  level: 'warning',
  source: 'configuration',
  message: `${path} declares keys, and no root that was found calls it: they are left out; name its root in keydrift.yaml or with --config-dir`,
});
