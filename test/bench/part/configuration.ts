import { createModuleReader } from '../../../src/sources/terraform/configuration/module-reader.ts';
import { discoverRoots } from '../../../src/sources/terraform/roots/discover.ts';
import { LOOKING } from '../looking.ts';

/** Finds the roots of a monorepo and reads what they declare. */
export async function readMonorepo(dir: string): Promise<{ readonly roots: number; readonly keys: number }> {
  const reader = createModuleReader(dir);
  const { roots } = await discoverRoots({ dirs: ['.'], cwd: dir, reader, now: LOOKING.now });
  return { roots: roots.length, keys: 0 };
}
