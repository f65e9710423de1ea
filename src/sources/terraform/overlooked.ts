import { EVERYWHERE } from '../../model/reach.ts';
import type { Looking } from '../source.ts';
import { boundsOf } from './configuration/bounds.ts';
import { lookAtConfiguration } from './configuration/look.ts';
import { createModuleReader } from './configuration/module-reader.ts';
import { discoverRoots } from './roots/discover.ts';

/** Where roots are, and which of them are of interest. */
export interface RootsWithKeysAsk {
  /** Absolute directory that they are in or below. */
  readonly below: string;
  /** Absolute directories; others are not read for keys. */
  readonly dirs: ReadonlySet<string>;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A root that has keys, or calls modules that are not here and may have some. */
export interface RootWithKeys {
  /** As facts name it. */
  readonly root: string;
  readonly isCertain: boolean;
}

/** The root modules in these directories that have keys, sorted. Files are read and nothing else. */
export async function rootsWithKeys(
  { below, dirs, cwd, env }: RootsWithKeysAsk,
  looking: Looking,
): Promise<readonly RootWithKeys[]> {
  const reader = createModuleReader(cwd, looking.signal, boundsOf({ cwd, dirs: [below], env }), env);
  const found = await discoverRoots({ dirs: [below], mayBeNone: true, cwd, reader, now: looking.now });
  const roots = found.roots
    .filter(({ dir }) => dirs.has(dir))
    .map(({ path, dir }) => ({ root: path, dir, workspace: null, varFiles: null, states: null, reach: EVERYWHERE }));
  if (roots.length === 0) return [];
  const { facts, coverage } = await lookAtConfiguration({ roots, cwd, env, reader }, looking);
  const declaring = new Set(
    facts.flatMap((fact) => (fact.kind === 'configuration' || fact.kind === 'import' ? [fact.root] : [])),
  );
  const open = new Set(
    coverage.flatMap(({ locator, status }) => (status === 'complete' ? [] : [locator?.split('#', 1)[0] ?? ''])),
  );
  return roots
    .filter(({ root }) => declaring.has(root) || open.has(root))
    .map(({ root }) => ({ root, isCertain: declaring.has(root) }));
}
