import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { errorCode } from '../../src/errors.ts';

const run = promisify(execFile);

/** What keydrift reads of a state, as jq would select it. */
const KMS = '.resources[] | select(.type | startswith("aws_kms_"))';

/** The version of the jq on this machine; undefined when there is none. */
export async function jqVersion(): Promise<string | undefined> {
  try {
    return (await run('jq', ['--version'])).stdout.trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Selects the KMS resources of states, in one process; how many it found. */
export async function jqStates(paths: readonly string[]): Promise<number> {
  const { stdout } = await run('jq', ['-c', KMS, ...paths], { maxBuffer: 2 ** 30 });
  return stdout.split('\n').filter((line) => line !== '').length;
}
