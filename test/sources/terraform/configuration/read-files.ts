import type { ConfigurationFact, Fact } from '../../../../src/model/facts.ts';
import type { Look } from '../../../../src/model/inventory.ts';
import { EVERYWHERE, type Reach } from '../../../../src/model/reach.ts';
import { withComments } from '../../../../src/sources/terraform/configuration/comments.ts';
import { fileCoverage } from '../../../../src/sources/terraform/configuration/coverage.ts';
import { cutFile } from '../../../../src/sources/terraform/configuration/cut-file.ts';
import { gateOf } from '../../../../src/sources/terraform/configuration/expressions.ts';
import { loadHcl } from '../../../../src/sources/terraform/configuration/hcl.ts';
import {
  type InstalledModules,
  NOTHING_INSTALLED,
} from '../../../../src/sources/terraform/configuration/installed-modules.ts';
import type { ModuleSource } from '../../../../src/sources/terraform/configuration/module-reader.ts';
import { moduleTree } from '../../../../src/sources/terraform/configuration/module-tree.ts';
import { createBlockReader } from '../../../../src/sources/terraform/configuration/read-blocks.ts';
import { Room } from '../../../../src/sources/terraform/configuration/room.ts';
import { readRoot } from '../../../../src/sources/terraform/configuration/root.ts';

export const READ_AT = '2026-11-23T12:00:10.000Z';

const DIR = '/repository';

/** A directory of these files, by file name. */
function sourceOf(contents: Readonly<Record<string, string>>, dir = DIR): ModuleSource {
  const names = Object.keys(contents).sort();
  const path = dir === DIR ? '.' : dir.slice(DIR.length + 1);
  const files = names.map((name) => {
    const [text, shown] = [contents[name] ?? '', path === '.' ? name : `${path}/${name}`];
    return { name, path: shown, ...withComments(cutFile(name, text), text, shown) };
  });
  return {
    dir,
    path,
    names,
    directories: [],
    links: [],
    files,
    unreadable: null,
    isInstalled: dir.includes('/.terraform/modules/'),
  };
}

/** What is said, without where findings are shown that have no block: `readPlaced` has all. */
export const withoutPlaces = (facts: readonly Fact[]): readonly Fact[] =>
  facts.filter((fact) => fact.kind !== 'anchor' || (fact.block !== 'file' && fact.block !== 'module'));

type Read = Look & { readonly reach: Reach };

/** What a root of these files says to Terraform; paths with a slash are files of modules. */
export async function readFiles(...given: Parameters<typeof readPlaced>): Promise<Read> {
  const read = await readPlaced(...given);
  return { ...read, facts: withoutPlaces(read.facts) };
}

/** All that is read of a root of these files. */
export async function readPlaced(
  contents: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
  installed: InstalledModules = NOTHING_INSTALLED,
): Promise<Read> {
  const dirs = new Map<string, Record<string, string>>([[DIR, {}]]);
  for (const [path, text] of Object.entries(contents)) {
    const at = path.lastIndexOf('/');
    const dir = at === -1 ? DIR : `${DIR}/${path.slice(0, at)}`;
    dirs.set(dir, { ...dirs.get(dir), [path.slice(at + 1)]: text });
  }
  const sources = new Map([...dirs].map(([dir, files]) => [dir, sourceOf(files, dir)]));
  const read = async (dir: string): Promise<ModuleSource> =>
    sources.get(dir) ?? { ...sourceOf({}, dir), unreadable: 'cannot be read: no such file or directory' };
  const tree = await moduleTree(await read(DIR), {
    rootDir: DIR,
    program: 'terraform',
    reader: { read },
    installed,
  });
  const gate = gateOf(await loadHcl());
  const module = {
    root: '.',
    readAt: READ_AT,
    workspace: 'default',
    trees: [tree],
    varFiles: [],
    untold: [],
    missing: [],
    env,
  };
  const { failures, coverage, ...reading } = readRoot(module, {
    gate,
    blocksOf: createBlockReader(gate),
    room: new Room(),
  });
  return {
    ...reading,
    reach: reading.reach ?? EVERYWHERE,
    coverage: [...coverage, ...fileCoverage(failures, READ_AT)],
  };
}

/** The facts of a root module of one file that can be read in full. */
export async function factsIn(text: string): Promise<readonly Fact[]> {
  const { facts, coverage } = await readFiles({ 'main.tf': text });
  if (coverage.some(({ status }) => status !== 'complete')) throw new Error(JSON.stringify(coverage));
  return facts;
}

/** What one key resource with these arguments declares, as its first instance or for all that are not known. */
export async function declared(type: string, ...body: readonly string[]): Promise<ConfigurationFact> {
  const [fact] = await factsIn(`resource "${type}" "this" {\n${body.join('\n')}\n}\n`);
  if (fact?.kind !== 'configuration') throw new Error('no key is declared');
  return fact;
}
