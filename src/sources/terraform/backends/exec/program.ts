import { readdir, realpath } from 'node:fs/promises';
import { errorCode, whyUnreadable } from '../../../../errors.ts';
import { workTree } from '../../../../files/work-tree.ts';
import type { Env } from '../../../aws/profile.ts';
import { programOnPath } from '../../../programs/on-path.ts';
import type { Program } from './where.ts';

/** The program to run, by its path; or why there is none. */
export type Found =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'none'; readonly reason: string };

/**
 * The program for a directory: the one that was asked for; else terragrunt where there is a terragrunt.hcl, tofu where
 * there are OpenTofu's own files or terraform is not installed, terraform otherwise. No file of the directory is ever
 * taken for a program, nor one of the repository that it is in.
 */
export async function programFor(dir: string, asked: Program | null, env: Env): Promise<Found> {
  const names = await namesIn(dir);
  if (typeof names === 'string') return { kind: 'none', reason: names };
  const tree = await workTree(dir);
  const except = tree === undefined ? undefined : await realpath(tree);
  for (const name of asked === null ? candidates(names) : [asked]) {
    const path = await programOnPath(name, env, except);
    if (path !== undefined) return { kind: 'found', path };
  }
  return { kind: 'none', reason: `${asked ?? candidates(names).join(' or ')} is not on PATH` };
}

function candidates(names: readonly string[]): readonly Program[] {
  if (names.some((name) => /^terragrunt\.hcl(?:\.json)?$/.test(name))) return ['terragrunt'];
  if (names.some((name) => /\.tofu(?:\.json)?$/.test(name))) return ['tofu'];
  return ['terraform', 'tofu'];
}

async function namesIn(dir: string): Promise<readonly string[] | string> {
  try {
    return await readdir(dir);
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? 'no such directory' : whyUnreadable(error);
  }
}
