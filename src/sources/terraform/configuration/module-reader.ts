import { readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pLimit from 'p-limit';
import { whyUnreadable } from '../../../errors.ts';
import { shownPath } from '../../shown-path.ts';
import type { Block, Cut } from './blocks.ts';
import { leavesRepository } from './bounds.ts';
import { type CommentFault, withComments } from './comments.ts';
import { cutFile } from './cut-file.ts';
import { isConfiguration, isJson } from './files.ts';

/** One directory of configuration as it is on disk: its files cut into blocks, nothing merged or evaluated. */
export interface ModuleSource {
  /** Absolute. */
  readonly dir: string;
  /** From the working directory, with slashes on every system; `.` for the working directory itself. */
  readonly path: string;
  /** Names of everything in it that is no directory, sorted. */
  readonly names: readonly string[];
  /** Names of the directories in it, sorted. */
  readonly directories: readonly string[];
  /** Those of the names that are symbolic links, sorted. */
  readonly links: readonly string[];
  /** Every file that Terraform or OpenTofu may read as configuration, sorted by name. */
  readonly files: readonly SourceFile[];
  /** Why the directory could not be listed: then there are no names either. */
  readonly unreadable: string | null;
}

/** One file of configuration. Its blocks are those that keydrift may need, in the order of the file. */
export interface SourceFile {
  readonly name: string;
  /** From the working directory. */
  readonly path: string;
  /** Line 0 of a failure: the file as a whole could not be read. */
  readonly blocks: Cut<readonly Block[]>;
  /** Comments for keydrift that hold for nothing. */
  readonly faults: readonly CommentFault[];
}

/** Reads directories of configuration, each once however often it is asked for. */
export interface ModuleReader {
  /** `dir` from the working directory or absolute. What cannot be read is told in what it gives; nothing is thrown. */
  readonly read: (dir: string) => Promise<ModuleSource>;
  /** What is in a directory, by name alone; nothing of one that cannot be listed. */
  readonly list: (dir: string) => Promise<Pick<ModuleSource, 'names' | 'directories'>>;
}

/** Files that are open at a time. */
const AT_ONCE = 32;

/** Bytes; no file that people write comes near. */
const LARGEST_FILE = 64 * 1024 * 1024;

/** Nothing that it reads is executed. `signal` stops it between files: what was asked for then rejects with the reason. */
export function createModuleReader(cwd: string, signal?: AbortSignal): ModuleReader {
  const limit = pLimit(AT_ONCE);
  const read = new Map<string, Promise<ModuleSource>>();
  const listed = new Map<string, Promise<Listing | string>>();
  const bounded: Limit = (task) =>
    limit(() => {
      signal?.throwIfAborted();
      return task();
    });
  const listOnce = (dir: string): Promise<Listing | string> => {
    const listing = listed.get(dir) ?? bounded(() => list(dir));
    listed.set(dir, listing);
    return listing;
  };
  return {
    read: (given) => {
      const dir = resolve(cwd, given);
      const before = read.get(dir);
      if (before !== undefined) return before;
      const source = readModule(dir, cwd, { listed: listOnce(dir), limit: bounded });
      read.set(dir, source);
      return source;
    },
    list: async (given) => {
      const listing = await listOnce(resolve(cwd, given));
      return typeof listing === 'string' ? { names: [], directories: [] } : listing;
    },
  };
}

type Limit = <T>(task: () => Promise<T>) => Promise<T>;

type Listing = Pick<ModuleSource, 'names' | 'directories' | 'links'>;

async function readModule(
  dir: string,
  cwd: string,
  { listed: listing, limit }: { readonly listed: Promise<Listing | string>; readonly limit: Limit },
): Promise<ModuleSource> {
  const path = shownPath(dir, cwd);
  const listed = (await leavesRepository(dir, cwd)) ?? (await listing);
  if (typeof listed === 'string') {
    return { dir, path, names: [], directories: [], links: [], files: [], unreadable: listed };
  }
  const links = new Set(listed.links);
  const files = listed.names
    .filter(isConfiguration)
    .map((name) => limit(() => readSource(dir, name, cwd, links.has(name))));
  return { dir, path, ...listed, files: await Promise.all(files), unreadable: null };
}

/** A link to a directory counts as a name: following it could lead in a circle, and reading it tells what it is. */
async function list(dir: string): Promise<Listing | string> {
  try {
    const entries = (await readdir(dir, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const isDirectory = (entry: { isDirectory: () => boolean }): boolean => entry.isDirectory();
    return {
      names: entries.filter((entry) => !isDirectory(entry)).map(({ name }) => name),
      directories: entries.filter(isDirectory).map(({ name }) => name),
      links: entries.filter((entry) => entry.isSymbolicLink()).map(({ name }) => name),
    };
  } catch (error) {
    return whyUnreadable(error);
  }
}

async function readSource(dir: string, name: string, cwd: string, isLink: boolean): Promise<SourceFile> {
  const file = join(dir, name);
  const path = shownPath(file, cwd);
  const outside = isLink ? await leavesRepository(file, cwd) : undefined;
  const text = outside === undefined ? await readText(file) : { unreadable: outside };
  if (typeof text !== 'string')
    return { name, path, faults: [], blocks: { ok: false, line: 0, reason: text.unreadable } };
  const blocks = cutFile(name, text);
  return { name, path, ...(isJson(name) ? { blocks, faults: [] } : withComments(blocks, text, path)) };
}

/**
 * The text of a regular file of bearable size, or why there is none. Read in one go: to ask for each of thousands of small
 * files in turns takes twice as long. Between directories there is time for everything else.
 */
export async function readText(file: string): Promise<string | { readonly unreadable: string }> {
  try {
    const found = statSync(file);
    if (!found.isFile()) return { unreadable: 'it is no regular file' };
    if (found.size > LARGEST_FILE) return { unreadable: `it is larger than ${LARGEST_FILE} bytes` };
    return readFileSync(file, 'utf8');
  } catch (error) {
    return { unreadable: whyUnreadable(error) };
  }
}
