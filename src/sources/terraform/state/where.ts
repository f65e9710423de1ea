import { UserError } from '../../../errors.ts';

const SCHEME = /^([a-z][a-z0-9+.-]+):\/\//i;
const PREFIX = /^tfstate(?:\+|:\/\/)/;

/**
 * The path of one `--state WHERE`: a `tfstate+` (or `tfstate://`) prefix and a `file://` scheme are taken off; `-` is
 * standard input. Throws a UserError for stores that are not read yet; it never repeats an address, which may carry a
 * token.
 */
export function pathIn(where: string): string {
  const place = where.replace(PREFIX, '');
  const scheme = SCHEME.exec(place)?.[1]?.toLowerCase();
  const path = scheme === 'file' ? place.slice('file://'.length) : place;
  if (scheme !== undefined && scheme !== 'file') {
    throw new UserError(
      `--state ${scheme}://…: reading states from there is not built yet; pipe it in: terraform state pull | keydrift scan --state -`,
    );
  }
  if (path === '') throw new UserError('--state is empty: give a file, a directory, a glob, or - for standard input');
  return path;
}
