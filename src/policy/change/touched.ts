import type { Change } from '../../model/change.ts';
import type { RootFact } from '../../model/facts.ts';
import { grouped } from '../../model/grouped.ts';

/**
 * Names of the roots that a change touches. A changed file belongs to the nearest directory above it that a root was
 * read from, and so to every root that was, or to those that read it as a file of values; to those that read it by a link
 * as well. What a changed path leads to, as a link or a submodule, changed with it. A root of which nobody says what it was
 * read from is touched.
 */
export function touchedRoots(
  roots: readonly RootFact[],
  { files, resettled }: Pick<Change, 'files' | 'resettled'>,
): ReadonlySet<string> {
  const touched = new Set<string>();
  const told: { readonly root: string; readonly place: string }[] = [];
  for (const { root, places, states } of roots) {
    if (places === undefined || isResettled(root, resettled)) touched.add(root);
    for (const place of [...(places ?? []), ...(states ?? [])]) told.push({ root, place });
  }
  const byPlace = grouped(told, ({ place }) => place);
  const byPlaceAbove = grouped(
    told.flatMap(({ root, place }) => above(place).flatMap((dir) => (isUp(dir) ? [] : [{ root, dir }]))),
    ({ dir }) => dir,
  );
  for (const file of files) {
    const nearest = [...(CONFIGURATION.test(file) ? [] : [file]), ...above(file)].find((path) => byPlace.has(path));
    for (const path of new Set([file, nearest ?? file])) {
      for (const { root } of byPlace.get(path) ?? []) touched.add(root);
    }
    for (const { root } of byPlaceAbove.get(file) ?? []) touched.add(root);
  }
  return touched;
}

/** A root that reads such a file by a link takes it from nobody: who has the directory that it is in reads it, too. */
const CONFIGURATION = /\.(?:tf|tofu)(?:\.json)?$/;

/** Workspaces of one directory are named after it. */
const isResettled = (root: string, resettled: Change['resettled']): boolean =>
  resettled === 'all' || resettled.some((dir) => root === dir || root.startsWith(`${dir}@`));

/** The directories that a path from the working directory lies in, the nearest first; `../..` has none that it names. */
function above(path: string): readonly string[] {
  const dirs: string[] = [];
  for (let dir = dirOf(path); dir !== undefined; dir = dirOf(dir)) dirs.push(dir);
  return dirs;
}

function dirOf(path: string): string | undefined {
  if (path === '.') return '..';
  if (isUp(path)) return path.length > FARTHEST ? undefined : `../${path}`;
  const end = path.lastIndexOf('/');
  return end < 0 ? '.' : path.slice(0, end);
}

/** The working directory, or one that it is in. */
const isUp = (path: string): boolean => /^(?:\.|(?:\.\.\/)*\.\.)$/.test(path);

/** No working directory is this deep in its repository: three characters a step. */
const FARTHEST = 3 * 64;
