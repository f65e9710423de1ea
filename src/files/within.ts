import { isAbsolute, relative, sep } from 'node:path';

/** Whether a path is `base`, or below it, by their text alone: of links only real paths tell. Both absolute. */
export function isWithin(base: string, path: string): boolean {
  const way = relative(base, path);
  // On Windows the way to another drive is absolute.
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
