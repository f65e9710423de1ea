import { UserError } from '../errors.ts';
import type { Change } from '../model/change.ts';
import { shownPath } from '../sources/shown-path.ts';
import { isReadByTerraform } from '../sources/terraform/file-names.ts';
import { removedBy } from '../sources/terraform/removed.ts';
import { workTree } from '../sources/work-tree.ts';
import type { Host } from './host.ts';
import type { HeldSettings } from './settings.ts';

/** The change that a gate is to be about. */
export interface ChangeFlags {
  /** A commit, as git takes it. */
  readonly changedSince?: string;
}

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
  const isTouching = (file: string): boolean => file !== settings && (!untracked.has(file) || isReadByTerraform(file));
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
