import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { NamedRoot } from '../../../../src/model/named.ts';
import { createModuleReader } from '../../../../src/sources/terraform/configuration/module-reader.ts';
import { findRoots, type RootsAsk } from '../../../../src/sources/terraform/roots/find.ts';
import type { FoundRoot } from '../../../../src/sources/terraform/roots/found.ts';
import { backend, CLOUD, PROVIDER, tree } from './tree.ts';

/** The directory of the test that runs. */
export const here = tree();

const LOOKING = {
  signal: new AbortController().signal,
  now: () => '2026-11-23T12:00:00.000Z',
  onProgress: () => {},
};

/** Roots below it, read as a scan does. */
export const find = (ask: Partial<RootsAsk> = {}) => {
  const cwd = here.path;
  const reader = createModuleReader(cwd);
  return findRoots({ named: [], dirs: ['.'], varFiles: [], cwd, env: {}, reader, ...ask }, LOOKING);
};

/** A root as settings name it. */
export const namedRoot = (dir: string, said: Partial<NamedRoot> = {}): NamedRoot => ({
  dir: join(here.path, dir),
  workspace: undefined,
  states: undefined,
  varFiles: [],
  accounts: undefined,
  regions: undefined,
  plan: undefined,
  ...said,
});

/** Where the states of one root in `a` are; paths from the directory of the test, `?` behind those that need not be there. */
export async function homeOf(files: Readonly<Record<string, string>>, ask: Partial<RootsAsk> = {}) {
  await here.put({ 'a/main.tf': PROVIDER, ...blockFor(files['a/.terraform/terraform.tfstate']), ...files });
  const { roots, diagnostics } = await find(ask);
  const [only] = roots;
  return { ...told(only), diagnostics: diagnostics.map(({ message }) => message) };
}

/** The block that init was run for: what it found is given beside that. */
function blockFor(init: string | undefined): Readonly<Record<string, string>> {
  const [, type] = /"type": ?"(\w+)"/.exec(init ?? '') ?? [];
  return type === undefined ? {} : { 'a/backend.tf': type === 'cloud' ? CLOUD : backend(type, '') };
}

/** What was found of a root's states. */
function told(found: FoundRoot | undefined) {
  const states = found?.states.map(
    ({ where, mayBeNone }) => where.replace(`${here.path}/`, '') + (mayBeNone === true ? ' ?' : ''),
  );
  expect(found?.states.every(({ from }) => from === 'repository')).toBe(true);
  return { states, gaps: found?.gaps, workspace: found?.root.workspace };
}
