import { access, constants, readdir, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { assertSystemError, errorCode, whyUnreadable } from '../../../../errors.ts';
import { type Env, variable } from '../../../aws/profile.ts';
import type { Program } from './where.ts';

/** The program to run, by its path; or why there is none. */
export type Found =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'none'; readonly reason: string };

/**
 * The program for a directory: the one that was asked for; else terragrunt where there is a terragrunt.hcl, tofu where
 * there are OpenTofu's own files or terraform is not installed, terraform otherwise. PATH is searched here, and its
 * relative entries are passed over, so that no file of the directory is ever taken for a program.
 */
export async function programFor(dir: string, asked: Program | null, env: Env): Promise<Found> {
  const names = await namesIn(dir);
  if (typeof names === 'string') return { kind: 'none', reason: names };
  for (const name of asked === null ? candidates(names) : [asked]) {
    const path = await onPath(name, env);
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

async function onPath(name: Program, env: Env): Promise<string | undefined> {
  const folders = (variable(env, 'PATH') ?? '').split(delimiter).filter(isAbsolute);
  for (const folder of folders) {
    const path = join(folder, process.platform === 'win32' ? `${name}.exe` : name);
    if (await isProgram(path)) return path;
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch (error) {
    assertSystemError(error);
    return false;
  }
}
