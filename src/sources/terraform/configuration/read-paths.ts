import { posix, relative, resolve, sep } from 'node:path';
import type { Value } from './language/value.ts';

/** Terraform language, "Filesystem Functions" and the hashes of files. */
export const FILE_FUNCTIONS: ReadonlySet<string> = new Set([
  'file',
  'fileexists',
  'fileset',
  'filebase64',
  'templatefile',
  'filemd5',
  'filesha1',
  'filesha256',
  'filesha512',
  'filebase64sha256',
  'filebase64sha512',
]);

/** Where a path leads that an expression comes to, from the working directory; undefined where it is not known. */
export function pathOf(
  path: Value | undefined,
  { dir, path: shown }: { readonly dir: string; readonly path: string },
): string | undefined {
  if (path?.kind !== 'string') return undefined;
  return posix.join(shown, relative(dir, resolve(dir, path.value)).split(sep).join('/'));
}

/** The directories of a pattern before anything in it that stands for more than one name. */
export function fixedPart(pattern: Value | undefined): string {
  if (pattern?.kind !== 'string') return '.';
  const [fixed = ''] = pattern.value.split(/[*?[{\\]/, 1);
  return fixed.length === pattern.value.length ? fixed : fixed.slice(0, Math.max(0, fixed.lastIndexOf('/'))) || '.';
}
