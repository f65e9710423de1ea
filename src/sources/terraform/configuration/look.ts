import { join, resolve } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Look } from '../../../model/inventory.ts';
import { EVERYWHERE, type Reach } from '../../../model/reach.ts';
import type { Looking } from '../../source.ts';
import { isTofu, type Program } from '../file-names.ts';
import type { Root } from '../roots/root.ts';
import { boundsOf, topOf } from './bounds.ts';
import { fileCoverage } from './coverage.ts';
import { gateOf } from './expressions.ts';
import { givenFileReader } from './given-file.ts';
import { loadHcl, type ParseHcl } from './hcl.ts';
import { foreignComments } from './idle-comments.ts';
import { dataDirOf, installedModules } from './installed-modules.ts';
import { createReadLeader } from './led-reads.ts';
import { createModuleReader, type ModuleReader, type ModuleSource } from './module-reader.ts';
import { isRead, type ModuleNode, moduleTree } from './module-tree.ts';
import { createOtherBlockReader, type OtherBlocks } from './other-blocks.ts';
import { createBlockReader, type FileFailure } from './read-blocks.ts';
import { Room } from './room.ts';
import { type Readers, type RootModule, type RootReading, readRoot } from './root.ts';
import type { OthersOf } from './trail.ts';
import { createValueFileFinder, type FindValueFiles } from './untold-files.ts';
import { createVarFileReader, type ReadVarFile, untoldVarFiles, varFilesOf } from './var-files.ts';

/** Which root modules to read. */
export interface ConfigurationAsk {
  readonly roots: readonly Root[];
  readonly cwd: string;
  /** TF_VAR_NAME gives variables their values, TF_DATA_DIR says where modules are installed. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute paths of the files of values that flags name: these may be anywhere, and pipes. */
  readonly varFiles?: readonly string[];
  /** One that has read some of these directories before. */
  readonly reader?: ModuleReader;
  /** Facts tell what decides what is not known. */
  readonly tellsUndecided?: boolean;
}

/** What the roots say, and how far each reaches. */
export interface ConfigurationLook extends Look {
  /** The accounts and Regions of a root's providers; everywhere for one that was not looked at. */
  readonly reachOf: (root: string) => Reach;
  /** The directories, files of values and links to files that a root was read from, absolute; none of one that was not looked at. */
  readonly placesOf: (root: string) => readonly string[];
  /** Names of the roots that were looked at. */
  readonly roots: readonly string[];
}

/**
 * What root modules and the modules they call declare. Nothing in them is executed. A directory, file or
 * module that cannot be read is failed coverage, and the rest is read.
 */
export async function lookAtConfiguration(ask: ConfigurationAsk, looking: Looking): Promise<ConfigurationLook> {
  const readings: RootReading[] = [];
  const opening = openingOf(ask, looking.signal);
  const opened: RootModule[] = [];
  for (const root of ask.roots) opened.push(await openRoot(root, opening, looking));
  const gate = gateOf(opened.some(needsParser) ? await loadHcl() : nothingToParse);
  const leader = opening.tellsUndecided
    ? await createReadLeader({ cwd: ask.cwd, text: opening.reader.text })
    : undefined;
  const withLedReads = async (reading: RootReading, { trees: [tree] }: RootModule): Promise<RootReading> =>
    leader === undefined || tree === undefined
      ? reading
      : { ...reading, facts: await leader(reading.facts, tree.module.source) };
  const readers: Readers = { gate, blocksOf: createBlockReader(gate), room: new Room() };
  for (const root of opened) {
    // A root may take seconds, and between two of them a signal must be heard.
    await turn();
    looking.signal.throwIfAborted();
    readings.push(await withLedReads(readRoot(root, readers), root));
  }
  const reaches = new Map(opened.map(({ root }, at) => [root, readings[at]?.reach ?? EVERYWHERE]));
  const files = fileCoverage(
    readings.flatMap(({ failures }) => failures),
    looking.now(),
  );
  return {
    facts: readings.flatMap(({ facts }) => facts),
    coverage: [...readings.flatMap(({ coverage }) => coverage), ...files],
    diagnostics: [...readings.flatMap(({ diagnostics }) => diagnostics), ...foreignComments(opened)],
    roots: opened.map(({ root }) => root),
    reachOf: (root) => reaches.get(root) ?? EVERYWHERE,
    placesOf: (root) => opened.filter((each) => each.root === root).flatMap((each) => placesIn(each, ask.cwd)),
  };
}

const placesIn = ({ trees, varFiles, untold }: RootModule, cwd: string): readonly string[] => [
  ...trees.flatMap(sourcesOf).flatMap((source) => [source.dir, ...linkedFiles(source)]),
  ...[...varFiles, ...untold].map(({ path }) => resolve(cwd, path)),
];

/** What a link leads to may stand in another directory. */
const linkedFiles = ({ dir, files, links }: ModuleSource): readonly string[] =>
  links.length === 0 ? [] : files.flatMap(({ name }) => (links.includes(name) ? [join(dir, name)] : []));

const nothingToParse: ParseHcl = () => undefined;

interface Opening extends Required<ConfigurationAsk> {
  readonly readVarFile: ReadVarFile;
  readonly findValueFiles: FindValueFiles;
  readonly readOthers: ReturnType<typeof createOtherBlockReader>;
}

function openingOf(ask: ConfigurationAsk, signal: AbortSignal): Opening {
  const { cwd, env, varFiles = [] } = ask;
  const reader = ask.reader ?? createModuleReader(cwd, signal, boundsOf({ cwd, env }), env);
  const readGiven = givenFileReader(cwd, signal);
  return {
    ...ask,
    reader,
    varFiles,
    readVarFile: createVarFileReader(cwd, (file) => (varFiles.includes(file) ? readGiven(file) : reader.text(file))),
    findValueFiles: createValueFileFinder(reader),
    tellsUndecided: ask.tellsUndecided ?? false,
    readOthers: createOtherBlockReader(reader),
  };
}

async function openRoot(root: Root, opening: Opening, looking: Looking): Promise<RootModule> {
  looking.signal.throwIfAborted();
  looking.onProgress({ source: 'configuration', text: root.root });
  const readAt = looking.now();
  const source = await opening.reader.read(root.dir);
  const trees = await treesOf(source, opening);
  const varFiles = await varFilesOf(root, source, opening.readVarFile);
  const untold = await untoldVarFiles(root, source, {
    find: opening.findValueFiles,
    base: await topOf(source.dir, opening.cwd),
    read: opening.readVarFile,
  });
  const { workspace } = root;
  const othersOf = opening.tellsUndecided ? await othersIn(trees, opening) : undefined;
  const { env } = opening;
  return { root: root.root, readAt, workspace, trees, varFiles, untold, env, othersOf, missing: missing(source) };
}

async function othersIn(trees: readonly ModuleNode[], { readOthers }: Pick<Opening, 'readOthers'>): Promise<OthersOf> {
  const others = new Map<string, OtherBlocks>();
  for (const source of trees.flatMap(sourcesOf)) {
    if (!others.has(source.dir)) others.set(source.dir, await readOthers(source));
  }
  return (dir) => others.get(dir);
}

/** A directory that was there when roots were looked for, and is not any more. */
function missing({ path, unreadable, files }: ModuleSource): readonly FileFailure[] {
  if (unreadable === null && files.length > 0) return [];
  return [{ path, line: 0, reason: unreadable ?? 'it holds no configuration', isUnread: true }];
}

/** The modules of a root as Terraform finds them, as OpenTofu does where there are files for it alone, or both. */
async function treesOf(source: ModuleSource, { cwd, env, reader }: Opening): Promise<readonly ModuleNode[]> {
  const rootDir = resolve(cwd, source.dir);
  const dataDir = dataDirOf(rootDir, env);
  const installed = await installedModules(rootDir, dataDir, reader.text);
  const treeOf = (program: Program): Promise<ModuleNode> => moduleTree(source, { rootDir, program, reader, installed });
  const forTerraform = source.files.every(({ name }) => isTofu(name)) ? undefined : await treeOf('terraform');
  if (forTerraform !== undefined && !sourcesOf(forTerraform).some(hasTofuFiles)) return [forTerraform];
  const forOpenTofu = await treeOf('opentofu');
  // Terraform would refuse a call of a module that has nothing for it.
  return forTerraform === undefined || lacksModules(forTerraform, forOpenTofu)
    ? [forOpenTofu]
    : [forTerraform, forOpenTofu];
}

const hasTofuFiles = ({ files }: ModuleSource): boolean => files.some(({ name }) => isTofu(name));

/** The directories of a tree, those that could not be followed for want of files too. */
const sourcesOf = ({ module, calls }: ModuleNode): readonly ModuleSource[] => [
  module.source,
  ...[...calls.values()].flatMap(({ target }) => (isRead(target) ? sourcesOf(target) : (target.source ?? []))),
];

/** Whether a call that Terraform cannot follow is one that OpenTofu can. */
function lacksModules(terraform: ModuleNode, opentofu: ModuleNode): boolean {
  return [...terraform.calls].some(([name, { target }]) => {
    const other = opentofu.calls.get(name)?.target;
    if (other === undefined || !isRead(other)) return false;
    return isRead(target) ? lacksModules(target, other) : true;
  });
}

/** hcl2-parser takes a third of a second to load; without keys, providers and calls there is nothing for it to check. */
const needsParser = ({ trees }: RootModule): boolean =>
  trees.some(
    ({ module, calls }) =>
      calls.size > 0 || ['resource', 'provider', 'import', 'removed'].some((type) => module.all(type).length > 0),
  );
