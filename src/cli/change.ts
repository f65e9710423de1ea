import { UserError } from '../errors.ts';
import type { Change } from '../model/change.ts';
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
 * stands in.
 */
export async function changeOf(
  { changedSince: since }: ChangeFlags,
  { file: settingsFile }: HeldSettings,
  { cwd, env, signal }: Host,
): Promise<Change | undefined> {
  if (since === undefined) return undefined;
  const { changedSince } = await import('../sources/git/changed.ts');
  const { resettledIn } = await import('../config/resettled.ts');
  const top = await workTree(cwd);
  if (top === undefined) {
    throw new UserError('--changed-since: no git work tree here: run keydrift in a clone, or leave it out');
  }
  const { base, files, untracked, before } = await changedSince({ ref: since, top, cwd, env }, signal);
  const settings = settingsFile === undefined ? undefined : shownPath(settingsFile, cwd);
  const resettled = settingsFile === undefined ? [] : await resettledIn(settingsFile, before);
  const isTouching = (file: string): boolean =>
    file !== settings && (!untracked.has(file) || READ_BY_TERRAFORM.test(file));
  return {
    since,
    base,
    count: files.length,
    files: files.filter(isTouching),
    resettled: resettled === 'all' ? 'all' : resettled.map((dir) => shownPath(dir, cwd)),
  };
}
