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
function pathOf(
  path: Value | undefined,
  { dir, path: shown }: { readonly dir: string; readonly path: string },
): string | undefined {
  // No file is called so, and no system call takes it.
  if (path?.kind !== 'string' || path.value.includes('\0')) return undefined;
  return posix.join(shown, relative(dir, resolve(dir, path.value)).split(sep).join('/'));
}

/** Where a function looks: at what is in a file, or only at what is there; of a directory with a slash at its end. */
export interface Read {
  readonly kind: 'reads' | 'lists';
  readonly place: string;
}

/** What a function that reads files does by its arguments, in a root; undefined where the path is not known. */
export function readBy(
  name: string,
  [path, pattern]: readonly Value[],
  source: { readonly dir: string; readonly path: string },
): Read | undefined {
  const place = pathOf(path, source);
  if (place === undefined) return undefined;
  if (name === 'fileset') {
    const within = fixedPart(pattern);
    return within.includes('\0') ? undefined : { kind: 'lists', place: posix.join(place, within) };
  }
  return { kind: name === 'fileexists' ? 'lists' : 'reads', place };
}

/** The directories of a pattern before anything in it that stands for more than one name. */
function fixedPart(pattern: Value | undefined): string {
  if (pattern?.kind !== 'string') return './';
  const [fixed = ''] = pattern.value.split(/[*?[{\\]/, 1);
  return fixed.length === pattern.value.length ? fixed : `./${fixed.slice(0, fixed.lastIndexOf('/') + 1)}`;
}
