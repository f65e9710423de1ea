import { readFile } from 'node:fs/promises';
import { lookAtStates } from '../../../src/sources/terraform/state/look.ts';
import { byFlag } from '../../../src/sources/terraform/state/where.ts';
import { LOOKING } from '../looking.ts';

const ASK = { cwd: '/', stdin: nothing(), access: { env: {}, session: null, headers: [] } };

/** How many keys keydrift reads from a state file. */
export async function lookAtState(path: string): Promise<number> {
  const { facts, coverage } = await lookAtStates({ ...ASK, where: [byFlag(path)] }, LOOKING);
  if (coverage.some(({ status }) => status !== 'complete')) throw new Error(`${path} was not read in full`);
  return facts.length;
}

/** The same file as plain JSON. */
export const jsonState = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));

async function* nothing(): AsyncGenerator<Uint8Array> {}
