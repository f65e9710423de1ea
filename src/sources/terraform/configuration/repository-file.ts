import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Bounds, type Unread, unread } from './bounds.ts';

/** Reads a file for the repository: its text, or why it is not read. Never throws. */
export type ReadFile = (file: string) => Promise<string | Unread>;

/** Bytes; no file that people write comes near. */
const LARGEST = 64 * 1024 * 1024;

/**
 * The one way to files on the word of a repository: regular ones of bearable size, within the bounds. A link is followed
 * to its end before that is decided.
 */
export function fileReader(bounds: Bounds): ReadFile {
  const dirs = new Map<string, ReturnType<Bounds>>();
  const dirOf = (file: string): ReturnType<Bounds> => {
    const dir = dirname(file);
    const known = dirs.get(dir) ?? bounds(dir);
    dirs.set(dir, known);
    return known;
  };
  return async (file) => {
    const dir = await dirOf(file);
    if ('unreadable' in dir) return dir;
    const place = join(dir.real, basename(file));
    const direct = readDirect(place);
    if (direct !== 'link') return direct;
    const target = await bounds(place);
    if ('unreadable' in target) return target;
    const read = readDirect(target.real);
    return read === 'link' ? NO_FILE : read;
  };
}

const NO_FILE: Unread = { unreadable: 'it is no regular file' };

/**
 * In one go: to ask for each of thousands of small files in turns takes twice as long. A pipe is not opened, for that may
 * take until somebody writes to it; should one be put there meanwhile, opening it does not wait.
 */
function readDirect(place: string): string | Unread | 'link' {
  try {
    const found = lstatSync(place);
    if (found.isSymbolicLink()) return 'link';
    if (!found.isFile()) return NO_FILE;
    const file = openSync(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      return textOf(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return unread(error);
  }
}

function textOf(file: number): string | Unread {
  const status = fstatSync(file);
  if (!status.isFile()) return NO_FILE;
  if (status.size > LARGEST) return { unreadable: `it is larger than ${LARGEST} bytes` };
  return readFileSync(file, 'utf8');
}
