import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { fileError, UserError, whyUnreadable } from '../../../errors.ts';
import { joinLooks, type Look } from '../../../model/inventory.ts';
import type { Looking } from '../../source.ts';
import { sortFiles } from './files.ts';
import { loadHcl, type ParseHcl } from './hcl.ts';
import { type CutRoot, cutRoot, type FileText, readRoot, rootNeedsParser } from './root.ts';

export interface ConfigurationAsk {
  /** Each is one root module: its own files are read, not those of directories in it. */
  readonly dirs: readonly string[];
  readonly cwd: string;
}

/** Bytes; no file that people write comes near. */
const LARGEST_FILE = 64 * 1024 * 1024;

/**
 * What root modules declare. Nothing in them is executed. Throws UserError for a directory that cannot be listed or has
 * no configuration; a file that cannot be read is failed coverage, and the rest is read.
 */
export async function lookAtConfiguration({ dirs, cwd }: ConfigurationAsk, looking: Looking): Promise<Look> {
  const modules: CutRoot[] = [];
  for (const dir of new Set(dirs.map((dir) => resolve(cwd, dir)))) modules.push(await openRoot(dir, cwd, looking));
  const parse = modules.some(rootNeedsParser) ? await loadHcl() : nothingToParse;
  return joinLooks(modules.map((module) => readRoot(module, parse)));
}

/** Absolute paths of every file that Terraform or OpenTofu would read as a block of these root modules. */
export async function configurationFiles({ dirs, cwd }: ConfigurationAsk): Promise<readonly string[]> {
  const files = dirs.map(async (given) => {
    const dir = resolve(cwd, given);
    const { read, unread } = sortFiles(await fileNames(dir, shown(dir, cwd)));
    return [...read, ...unread].map((name) => join(dir, name));
  });
  return (await Promise.all(files)).flat();
}

const nothingToParse: ParseHcl = () => undefined;

async function openRoot(dir: string, cwd: string, looking: Looking): Promise<CutRoot> {
  const root = shown(dir, cwd);
  looking.onProgress({ source: 'configuration', text: root });
  const readAt = looking.now();
  const files = sortFiles(await fileNames(dir, root));
  if (files.read.length === 0) throw nothingFound(root, files.unread);
  const texts: FileText[] = [];
  for (const name of files.read) {
    looking.signal.throwIfAborted();
    texts.push(await readText(join(dir, name), name, cwd));
  }
  return cutRoot({ root, files, texts, readAt });
}

/** As a path from `cwd`, with slashes on every system. */
const shown = (path: string, cwd: string): string => relative(cwd, path).split(sep).join('/') || '.';

async function fileNames(dir: string, root: string): Promise<string[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    throw fileError(`cannot read the configuration directory ${root}`, error);
  }
}

function nothingFound(root: string, unread: readonly string[]): UserError {
  const instead = unread.length === 0 ? '' : ` (${unread.join(', ')}: not read yet)`;
  return new UserError(`no .tf files in ${root}${instead}: name the directory of a root module`);
}

async function readText(file: string, name: string, cwd: string): Promise<FileText> {
  const path = shown(file, cwd);
  try {
    const found = await stat(file);
    if (!found.isFile()) return { name, path, unreadable: 'it is no regular file' };
    if (found.size > LARGEST_FILE) return { name, path, unreadable: `it is larger than ${LARGEST_FILE} bytes` };
    return { name, path, text: await readFile(file, 'utf8') };
  } catch (error) {
    return { name, path, unreadable: whyUnreadable(error) };
  }
}
