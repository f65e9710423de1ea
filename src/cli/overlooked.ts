import { dirname, posix, resolve } from 'node:path';
import { isWithin } from '../files/within.ts';
import type { Overlooked } from '../model/change.ts';
import type { Changed } from '../sources/git/changed.ts';
import { isConfiguration, isValues } from '../sources/terraform/file-names.ts';
import type { Sight } from './former.ts';
import type { Host } from './host.ts';
import type { HeldSettings } from './settings.ts';

type Touching = Pick<Changed, 'files' | 'tree'>;

/**
 * Roots with keys that a change touches and that the settings do not lead to: they name some, and whoever made another did
 * not. One that calls modules which are not here may have keys: that counts where it is new. Where a flag says where to
 * look, whoever gave it means just that.
 */
export async function overlookedOf(
  { files, tree }: Touching,
  { settings, file }: HeldSettings,
  sight: Sight,
  { cwd, env, signal, now }: Pick<Host, 'cwd' | 'env' | 'signal' | 'now'>,
): Promise<readonly Overlooked[]> {
  const { roots, configDirs } = settings;
  if (file === undefined || sight.configDirs.length > 0 || roots.length + configDirs.length === 0) return [];
  const named = new Set(roots.map(({ dir }) => dir));
  const isLookedAt = (dir: string): boolean => named.has(dir) || configDirs.some((base) => isWithin(base, dir));
  const below = dirname(file);
  const dirs = new Set(
    files
      .filter((path) => isConfiguration(posix.basename(path)) || isValues(path))
      .map((path) => resolve(cwd, posix.dirname(path)))
      .filter((dir) => isWithin(below, dir) && !isLookedAt(dir)),
  );
  if (dirs.size === 0) return [];
  const { rootsWithKeys } = await import('../sources/terraform/overlooked.ts');
  const found = await rootsWithKeys({ below, dirs, cwd, env }, { signal, now, onProgress: () => {} });
  if (found.length === 0) return [];
  const before = new Set(
    (await tree()).paths.filter((path) => isConfiguration(posix.basename(path))).map(posix.dirname),
  );
  return found
    .filter(({ root, isCertain }) => isCertain || !before.has(root))
    .map(({ root, isCertain }) => ({ dir: root, isCertain }));
}
