import { readdir } from 'node:fs/promises';
import { posix, resolve } from 'node:path';
import { z } from 'zod';
import { errorCode, fileError } from '../../errors.ts';
import type { Removed } from '../../model/change.ts';
import { grouped } from '../../model/grouped.ts';
import { isConfiguration, isState } from './file-names.ts';

/**
 * Of deleted files (paths from `cwd`): the states, and the directories that have no configuration left. `before` gives a
 * file as it was. Throws UserError for a directory that cannot be listed.
 */
export async function removedBy(
  deleted: readonly string[],
  before: (file: string) => Promise<Uint8Array | undefined>,
  cwd: string,
): Promise<Removed> {
  const states: Removed['states'][number][] = [];
  for (const path of deleted) {
    if (!isState(path)) continue;
    const told = toldBy(await before(resolve(cwd, path)));
    if (told !== 'empty') states.push({ path, lineage: told });
  }
  const dirs: string[] = [];
  const files = grouped(
    deleted.filter((path) => isConfiguration(posix.basename(path))),
    (path) => posix.dirname(path),
  );
  for (const [dir, paths] of files) {
    if ((await namesIn(resolve(cwd, dir))).some((name) => isConfiguration(name))) continue;
    const texts = await Promise.all(paths.map(async (path) => String((await before(resolve(cwd, path))) ?? '')));
    if (!dir.split('/').includes('modules') || texts.some((text) => OF_A_ROOT.test(text))) dirs.push(dir);
  }
  return { states, dirs };
}

/** What hardly a module holds: below a directory called `modules`, one without any of it is taken for a module. */
const OF_A_ROOT = /\b(?:backend|provider)"?\s*[":{]|\bcloud"?\s*[:{]/;

const stateSchema = z.object({ lineage: z.string().optional(), resources: z.array(z.unknown()).optional() });

/** The lineage of a state; null where it cannot be told. What holds nothing takes nothing away. */
function toldBy(bytes: Uint8Array | undefined): string | null {
  const state = stateSchema.safeParse(parsed(Buffer.from(bytes ?? []).toString('utf8'))).data;
  return state?.resources?.length === 0 ? 'empty' : state?.lineage || null;
}

/** undefined for what is no JSON: then nothing can be told of it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function namesIn(dir: string): Promise<readonly string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return [];
    throw fileError(`--changed-since: cannot look at ${dir}`, error);
  }
}
