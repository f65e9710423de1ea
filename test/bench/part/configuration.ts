import { lookAtTerraform } from '../../../src/sources/terraform/look.ts';
import { LOOKING } from '../looking.ts';

/** Finds the roots of a monorepo and reads what they declare. Throws when anything of it was not read in full. */
export async function readMonorepo(dir: string): Promise<{ readonly roots: number; readonly keys: number }> {
  const nothing = { states: [], estate: 'partial' as const, roots: [], varFiles: [], plans: [], env: {} };
  const { declared } = await lookAtTerraform({ ...nothing, configDirs: ['.'], cwd: dir }, LOOKING);
  const gap = declared.coverage.find(({ status }) => status !== 'complete');
  if (gap !== undefined) throw new Error(`${gap.locator}: ${gap.reason}`);
  const keys = declared.facts.filter((fact) => fact.kind === 'configuration' && fact.instances === 'one');
  return { roots: new Set(declared.coverage.map(({ locator }) => locator)).size, keys: keys.length };
}
