import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import pLimit from 'p-limit';
import { shownPath } from '../../shown-path.ts';
import { isConfiguration, isJson } from '../file-names.ts';
import type { Block, Cut } from './blocks.ts';
import { type Bounds, boundsOf, unread } from './bounds.ts';
import { type CommentFault, withComments, withoutComments } from './comments.ts';
import { cutFile } from './cut-file.ts';
import { isInstalled } from './installed-modules.ts';
import { byCodePoint } from './language/text-order.ts';
import { fileReader, type ReadFile } from './repository-file.ts';

/** One directory of configuration as it is on disk: its files cut into blocks, nothing merged or evaluated. */
export interface ModuleSource {
  /** Absolute. */
  readonly dir: string;
  /** From the working directory, with slashes on every system; `.` for the working directory itself. */
  readonly path: string;
  /** Names of everything in it that is no directory, sorted as Terraform does: by their bytes. */
  readonly names: readonly string[];
  /** Names of the directories in it, sorted. */
  readonly directories: readonly string[];
  /** Those of the names that are symbolic links, sorted. */
  readonly links: readonly string[];
  /** Every file that Terraform or OpenTofu may read as configuration, sorted by name. */
  readonly files: readonly SourceFile[];
  /** Why the directory could not be listed: then there are no names either. */
  readonly unreadable: string | null;
  /** `terraform init` put it there. */
  readonly isInstalled: boolean;
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

/** Reads directories of configuration, each once however often it is asked for, within its bounds. */
export interface ModuleReader {
  /** `dir` from the working directory or absolute. What cannot be read is told in what it gives; nothing is thrown. */
  readonly read: (dir: string) => Promise<ModuleSource>;
  /** What is in a directory, by name alone; nothing of one that cannot be listed. */
  readonly list: (dir: string) => Promise<Pick<ModuleSource, 'names' | 'directories'>>;
  /** Any other file that is read on the word of the configuration. */
  readonly text: ReadFile;
}

/** Files that are open at a time. */
const AT_ONCE = 32;

/**
 * Nothing that it reads is executed. `signal` stops it between files: what was asked for then rejects with the reason.
 * Without bounds of its own it stays in `cwd` and the git work tree around that. By `env` it tells modules that were
 * installed from the repository's own, whose comments alone count.
 */
export function createModuleReader(
  cwd: string,
  signal?: AbortSignal,
  bounds: Bounds = boundsOf({ cwd }),
  env: Env = {},
): ModuleReader {
  const limit = pLimit(AT_ONCE);
  const text = fileReader(bounds);
  const read = new Map<string, Promise<ModuleSource>>();
  const listed = new Map<string, Promise<Listing | string>>();
  const bounded: Limit = (task) =>
    limit(() => {
      signal?.throwIfAborted();
      return task();
    });
  const listOnce = (dir: string): Promise<Listing | string> => {
    const listing = listed.get(dir) ?? bounded(() => list(dir, bounds));
    listed.set(dir, listing);
    return listing;
  };
  return {
    read: (given) => {
      const dir = resolve(cwd, given);
      const before = read.get(dir);
      if (before !== undefined) return before;
      const source = readModule(dir, cwd, { listed: listOnce(dir), limit: bounded, text, env });
      read.set(dir, source);
      return source;
    },
    list: async (given) => {
      const listing = await listOnce(resolve(cwd, given));
      return typeof listing === 'string' ? { names: [], directories: [] } : listing;
    },
    text,
  };
}

type Env = Readonly<Record<string, string | undefined>>;

type Limit = <T>(task: () => Promise<T>) => Promise<T>;

type Listing = Pick<ModuleSource, 'names' | 'directories' | 'links'>;

async function readModule(
  dir: string,
  cwd: string,
  from: {
    readonly listed: Promise<Listing | string>;
    readonly limit: Limit;
    readonly text: ReadFile;
    readonly env: Env;
  },
): Promise<ModuleSource> {
  const at = { dir, path: shownPath(dir, cwd), isInstalled: isInstalled(dir, from.env) };
  const listed = await from.listed;
  if (typeof listed === 'string') {
    return { ...at, names: [], directories: [], links: [], files: [], unreadable: listed };
  }
  const commented: typeof withComments = at.isInstalled ? withoutComments : withComments;
  const files = listed.names
    .filter(isConfiguration)
    .map((name) => from.limit(() => readSource(join(dir, name), cwd, from.text, commented)));
  return { ...at, ...listed, files: await Promise.all(files), unreadable: null };
}

/** A link to a directory counts as a name: following it could lead in a circle, and reading it tells what it is. */
async function list(dir: string, bounds: Bounds): Promise<Listing | string> {
  const place = await bounds(dir);
  if ('unreadable' in place) return place.unreadable;
  try {
    const entries = (await readdir(place.real, { withFileTypes: true })).toSorted((a, b) =>
      byCodePoint(a.name, b.name),
    );
    const isDirectory = (entry: { isDirectory: () => boolean }): boolean => entry.isDirectory();
    return {
      names: entries.filter((entry) => !isDirectory(entry)).map(({ name }) => name),
      directories: entries.filter(isDirectory).map(({ name }) => name),
      links: entries.filter((entry) => entry.isSymbolicLink()).map(({ name }) => name),
    };
  } catch (error) {
    return unread(error).unreadable;
  }
}

async function readSource(
  file: string,
  cwd: string,
  readText: ReadFile,
  commented: typeof withComments,
): Promise<SourceFile> {
  const name = basename(file);
  const path = shownPath(file, cwd);
  const text = await readText(file);
  if (typeof text !== 'string')
    return { name, path, faults: [], blocks: { ok: false, line: 0, reason: text.unreadable } };
  const blocks = cutFile(name, text);
  return { name, path, ...(isJson(name) ? { blocks, faults: [] } : commented(blocks, text, path)) };
}
