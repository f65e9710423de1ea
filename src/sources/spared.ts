import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { assertSystemError, errorCode, fileError, UserError } from '../errors.ts';
import { realPathOf } from './real-path.ts';
import { leavesRepository } from './terraform/configuration/bounds.ts';
import { isKeptByPeople } from './terraform/file-names.ts';
import { configurationFiles } from './terraform/roots/files.ts';
import { locateStates } from './terraform/state/locate.ts';
import type { GivenWhere } from './terraform/state/where.ts';

/** What a command line names to be read; paths that are not absolute start from `cwd`. */
export interface Inputs {
  readonly states: readonly GivenWhere[];
  /** Directories below which roots are looked for. */
  readonly configDirs: readonly string[];
  /** Directories of roots that settings name. */
  readonly rootDirs: readonly string[];
  /** Saved inventories and reports, settings, plans, files of variables, Pulumi exports. */
  readonly files: readonly string[];
  readonly cwd: string;
}

/**
 * Throws a UserError when writing one of `outputs` (absolute paths) would overwrite state, configuration or one of the
 * inputs, under whatever name: two paths are one file when links make them so. Nothing is written here.
 */
export async function spareInputs(outputs: readonly string[], inputs: Inputs, signal: AbortSignal): Promise<void> {
  const standing: { readonly output: string; readonly file: RegularFile }[] = [];
  for (const output of outputs) {
    if (isKeptByPeople(output)) throw wouldLose(output, NEVER_WRITTEN);
    await assertInPlace(output, inputs.cwd);
    const file = await overwritten(output);
    if (file !== undefined) standing.push({ output, file });
  }
  if (standing.length === 0) return;
  const read = await identitiesOf(inputs, signal);
  for (const { output, file } of standing) {
    if (isKeptByPeople(file.realPath)) throw wouldLose(output, NEVER_WRITTEN);
    if (read.has(file.realPath) || read.has(file.inode)) throw wouldLose(output, 'this command reads it');
  }
}

/** A change may have put a link where a report is to go: what it leads to is somebody else's, or git's. */
async function assertInPlace(output: string, cwd: string): Promise<void> {
  const leaves = (await leavesRepository(output, cwd)) ?? (await leavesRepository(dirname(output), cwd));
  if (leaves !== undefined) throw wouldLose(output, leaves);
  const place = join(await realPathOf(dirname(output)), basename(output));
  if ([place, await realPathOf(output)].some((path) => path.split(sep).includes('.git'))) {
    throw wouldLose(output, 'it is in what git keeps');
  }
}

const NEVER_WRITTEN = 'keydrift never writes state or configuration';

const wouldLose = (output: string, why: string): UserError =>
  new UserError(`cannot write ${output}: ${why}; give the output another path`);

async function identitiesOf(inputs: Inputs, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const { states, configDirs, rootDirs, files, cwd } = inputs;
  const located = await locateStates({ where: states, cwd }, signal);
  const paths = [
    ...located.places.flatMap(({ path }) => (path === null ? [] : [path])),
    ...(await configurationFiles({ dirs: configDirs, rootDirs, cwd }, signal)),
    ...files.map((file) => resolve(cwd, file)),
  ];
  const identities = new Set<string>();
  for (const path of paths) {
    signal.throwIfAborted();
    const file = await readable(path);
    if (file !== undefined) identities.add(file.realPath).add(file.inode);
  }
  return identities;
}

/** Both identities of a regular file: some file systems make up inodes, and a hard link has a path of its own. */
interface RegularFile {
  readonly realPath: string;
  readonly inode: string;
}

/** Undefined for what is no regular file: a device or pipe holds nothing to lose. */
async function regularFile(path: string): Promise<RegularFile | undefined> {
  const found = await stat(path, { bigint: true });
  return found.isFile() ? { realPath: await realpath(path), inode: `${found.dev}:${found.ino}` } : undefined;
}

async function overwritten(path: string): Promise<RegularFile | undefined> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new UserError(`cannot write ${path}: it is a directory; name a file in it`);
    return await regularFile(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw fileError(`cannot write ${path}`, error);
    await assertDirectory(path);
    return undefined;
  }
}

/** A scan may take long, and its report would then have no place. */
async function assertDirectory(path: string): Promise<void> {
  try {
    await stat(dirname(path));
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw fileError(`cannot write ${path}`, error);
    throw new UserError(`cannot write ${path}: there is no directory ${dirname(path)}; make it first`);
  }
}

/** An input that cannot be read is told by the source that reads it, and no output can stand there. */
async function readable(path: string): Promise<RegularFile | undefined> {
  try {
    return await regularFile(path);
  } catch (error) {
    assertSystemError(error);
    return undefined;
  }
}
