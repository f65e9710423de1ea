import { readdir } from 'node:fs/promises';
import { posix, resolve } from 'node:path';
import { errorCode, fileError, UserError } from '../errors.ts';
import type { Change, Removed } from '../model/change.ts';
import { grouped } from '../model/grouped.ts';
import { shownPath } from '../sources/shown-path.ts';
import { workTree } from '../sources/work-tree.ts';
import type { Host } from './host.ts';
import type { HeldSettings } from './settings.ts';

/** The change that a gate is to be about. */
export interface ChangeFlags {
  /** A commit, as git takes it. */
  readonly changedSince?: string;
}

/** What Terraform reads as configuration or values, and what init leaves: a new file of another kind is a pipeline's own. */
const READ_BY_TERRAFORM = /(?:\.(?:tf|tofu|tfvars)(?:\.json)?|\.terraform\.lock\.hcl|\/modules\.json|\.tfstate)$/;

/**
 * What changed since the merge base with a commit, uncommitted work included; undefined where nobody asks. Throws
 * UserError where git cannot tell. A settings file counts by what it says of roots, not as a file of the root that it
 * stands in. `baseline` is where known findings are, or would be.
 */
export async function changeOf(
  { changedSince: since }: ChangeFlags,
  { file: settingsFile }: HeldSettings,
  baseline: string,
  { cwd, env, signal }: Host,
): Promise<Change | undefined> {
  if (since === undefined) return undefined;
  const { changedSince } = await import('../sources/git/changed.ts');
  const { alteredIn, resettledIn } = await import('../config/resettled.ts');
  const top = await workTree(cwd);
  if (top === undefined) {
    throw new UserError('--changed-since: no git work tree here: run keydrift in a clone, or leave it out');
  }
  const { base, files, deleted, untracked, before } = await changedSince({ ref: since, top, cwd, env }, signal);
  const settings = settingsFile === undefined ? undefined : shownPath(settingsFile, cwd);
  const resettled = settingsFile === undefined ? [] : await resettledIn(settingsFile, before);
  const altered = settingsFile === undefined ? [] : await alteredIn(settingsFile, before);
  const known = shownPath(baseline, cwd);
  const alters = [
    ...(settings === undefined || altered.length === 0 ? [] : [{ path: settings, what: altered }]),
    ...(files.includes(known) ? [{ path: known, what: ['the baseline'] }] : []),
  ];
  const isTouching = (file: string): boolean =>
    file !== settings && (!untracked.has(file) || READ_BY_TERRAFORM.test(file));
  return {
    since,
    base,
    count: files.length,
    files: files.filter(isTouching),
    resettled: resettled === 'all' ? 'all' : resettled.map((dir) => shownPath(dir, cwd)),
    ...(alters.length === 0 ? {} : { alters }),
    ...(deleted.length === 0 ? {} : { removed: await removedBy(deleted, before, cwd) }),
  };
}

const CONFIGURATION = /\.(?:tf|tofu)(?:\.json)?$/;

/** Of deleted files: the states, and the directories that have no configuration left. */
async function removedBy(
  deleted: readonly string[],
  before: (file: string) => Promise<Uint8Array | undefined>,
  cwd: string,
): Promise<Removed> {
  const states: Removed['states'][number][] = [];
  for (const path of deleted) {
    if (!path.endsWith('.tfstate')) continue;
    const told = toldBy(await before(resolve(cwd, path)));
    if (told !== 'empty') states.push({ path, lineage: told });
  }
  const dirs: string[] = [];
  const files = grouped(
    deleted.filter((path) => CONFIGURATION.test(path)),
    (path) => posix.dirname(path),
  );
  for (const [dir, paths] of files) {
    if ((await namesIn(resolve(cwd, dir))).some((name) => CONFIGURATION.test(name))) continue;
    const texts = await Promise.all(paths.map(async (path) => String((await before(resolve(cwd, path))) ?? '')));
    if (!dir.split('/').includes('modules') || texts.some((text) => OF_A_ROOT.test(text))) dirs.push(dir);
  }
  return { states, dirs };
}

/** What hardly a module holds: below a directory called `modules`, one without any of it is taken for a module. */
const OF_A_ROOT = /\b(?:backend|provider)"?\s*[":{]|\bcloud"?\s*[:{]/;

/** The lineage of a state; null where it cannot be told. What holds nothing takes nothing away. */
function toldBy(bytes: Uint8Array | undefined): string | null {
  try {
    const state = JSON.parse(Buffer.from(bytes ?? []).toString('utf8'));
    if (Array.isArray(state?.resources) && state.resources.length === 0) return 'empty';
    return typeof state?.lineage === 'string' && state.lineage !== '' ? state.lineage : null;
  } catch {
    return null;
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
