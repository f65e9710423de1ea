import { readFile } from 'node:fs/promises';
import { lookAtStates } from '../../../src/sources/terraform/state/look.ts';
import { byFlag } from '../../../src/sources/terraform/state/where.ts';
import { LOOKING } from '../looking.ts';

/** As where no block moves a module. */
const ASK = { cwd: '/', stdin: nothing(), access: { env: {}, session: null, headers: [] }, withModules: false };

/** How many keys keydrift reads from state files. */
export async function lookAt(paths: readonly string[]): Promise<number> {
  const { facts, coverage } = await lookAtStates({ ...ASK, where: paths.map(byFlag) }, LOOKING);
  if (coverage.some(({ status }) => status !== 'complete')) throw new Error('a state was not read in full');
  return facts.length;
}

/** The same files as plain JSON, one after another. */
export async function parseAll(paths: readonly string[]): Promise<number> {
  let objects = 0;
  for (const path of paths) if (typeof JSON.parse(await readFile(path, 'utf8')) === 'object') objects += 1;
  return objects;
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
