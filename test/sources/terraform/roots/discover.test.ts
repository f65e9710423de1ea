import { describe, expect, it } from '@jest/globals';
import { createModuleReader } from '../../../../src/sources/terraform/configuration/module-reader.ts';
import { type Discovered, discoverRoots } from '../../../../src/sources/terraform/roots/discover.ts';
import { whileClosed } from '../state/directory.ts';
import { BACKEND, CLOUD, calling, KEY, PROVIDER, tree } from './tree.ts';

const NOW = '2026-11-23T12:00:00.000Z';
const here = tree();

const discover = (...dirs: string[]): Promise<Discovered> => {
  const cwd = here.path;
  return discoverRoots({ dirs, cwd, reader: createModuleReader(cwd), now: () => NOW });
};
const rootsIn = async (files: Readonly<Record<string, string>>, ...dirs: string[]): Promise<readonly string[]> => {
  await here.put(files);
  return (await discover(...(dirs.length === 0 ? ['.'] : dirs))).roots.map(({ path }) => path);
};

describe('root modules', () => {
  it.each<[string, Record<string, string>, readonly string[]]>([
    ['are the directory itself when it has configuration', { 'main.tf': KEY }, ['.']],
    ['have a backend block', { 'a/main.tf': BACKEND, 'b/main.tf': KEY }, ['a']],
    ['have a cloud block', { 'a/main.tf': CLOUD }, ['a']],
    ['have a backend block in JSON', { 'a/main.tf.json': '{"terraform":{"backend":{"s3":{}}}}' }, ['a']],
    ['have a backend block of OpenTofu', { 'a/main.tofu': BACKEND }, ['a']],
    ['have a provider block', { 'a/main.tf': PROVIDER }, ['a']],
    ['were initialised', { 'a/main.tf': KEY, 'a/.terraform/environment': 'prod' }, ['a']],
    ['were initialised elsewhere', { 'a/main.tf': KEY, 'a/.terraform': '-> ../elsewhere' }, ['a']],
    ['are no modules that a root calls', { 'a/main.tf': PROVIDER + calling('../m'), 'm/main.tf': PROVIDER }, ['a']],
    [
      'are called ones all the same when they have a backend',
      { 'a/main.tf': BACKEND + calling('../m'), 'm/main.tf': BACKEND },
      ['a', 'm'],
    ],
    [
      'are called ones all the same when they were initialised',
      { 'a/main.tf': BACKEND + calling('../m'), 'm/main.tf': KEY, 'm/.terraform/environment': '' },
      ['a', 'm'],
    ],
    [
      'stand within each other',
      { 'main.tf': BACKEND, 'prod/main.tf': BACKEND, 'prod/network/main.tf': PROVIDER },
      ['.', 'prod', 'prod/network'],
    ],
    [
      'are none of what Terraform, git, npm and editors keep',
      {
        'a/main.tf': BACKEND,
        'a/.terraform/modules/m/main.tf': BACKEND,
        '.git/x/main.tf': BACKEND,
        '.cache/main.tf': BACKEND,
        'node_modules/x/main.tf': BACKEND,
      },
      ['a'],
    ],
    [
      'are told by what stands before a block that cannot be cut',
      { 'a/main.tf': BACKEND, 'a/bad.tf': 'resource {' },
      ['a'],
    ],
    ['need configuration', { 'a/.terraform/environment': 'x', 'b/main.tf': BACKEND }, ['b']],
  ])('%s', async (_, files, roots) => {
    expect(await rootsIn(files)).toEqual(roots);
  });

  it('of directories that overlap are found once', async () => {
    expect(await rootsIn({ 'a/main.tf': BACKEND, 'a/b/main.tf': BACKEND }, 'a', './a/b', 'a')).toEqual(['a', 'a/b']);
  });

  it('that are given are roots though others call them', async () => {
    const files = { 'main.tf': KEY, 'examples/basic/main.tf': PROVIDER + calling('../../') };
    expect(await rootsIn(files)).toEqual(['.', 'examples/basic']);
  });
});

describe('what cannot be looked through', () => {
  it('is a link to a directory elsewhere', async () => {
    await here.put({ 'outside/main.tf': BACKEND, 'infra/main.tf': BACKEND, 'infra/linked': '-> ../outside' });
    const { roots, coverage } = await discover('infra');
    expect(roots.map(({ path }) => path)).toEqual(['infra']);
    expect(coverage).toEqual([
      {
        source: 'configuration',
        operation: 'roots',
        locator: 'infra/linked',
        status: 'partial',
        reason:
          'a link to a directory elsewhere, which is not followed: give it with --config-dir: whether there are roots is not known',
        readAt: NOW,
      },
    ]);
  });

  it('is not a loop of links, or one to what is read anyway, to a file or to nothing', async () => {
    await here.put({
      'a/main.tf': BACKEND,
      'a/loop': '-> ../a',
      'a/up': '-> ..',
      twin: '-> a',
      'a/linked.tf': '-> main.tf',
      'a/gone': '-> nowhere',
    });
    expect(await discover('.')).toMatchObject({ roots: [{ path: 'a' }], coverage: [], diagnostics: [] });
  });

  it('is a directory with a file that cannot be cut, where no root calls it', async () => {
    await here.put({ 'a/main.tf': BACKEND + calling('../m'), 'm/main.tf': 'resource {', 'b/main.tf': 'terraform {' });
    const { roots, coverage } = await discover('.');
    expect(roots.map(({ path }) => path)).toEqual(['a']);
    expect(coverage).toMatchObject([
      { locator: 'b', status: 'partial', reason: 'b/main.tf could not be read: whether there are roots is not known' },
    ]);
  });

  it('is a directory that cannot be listed', async () => {
    await here.put({ 'a/main.tf': BACKEND });
    const { coverage } = await whileClosed(here, 'a/closed', () => discover('.'));
    expect(coverage).toMatchObject([
      {
        locator: 'a/closed',
        status: 'partial',
        reason: 'cannot be read: permission denied: whether there are roots is not known',
      },
    ]);
  });
});

describe('keys that no root leads to', () => {
  const warned = async (files: Readonly<Record<string, string>>) => {
    await here.put(files);
    return (await discover('.')).diagnostics.map(({ level, message }) => `${level} ${message.split(' ')[0]}`);
  };

  it.each<[string, Record<string, string>, readonly string[]]>([
    ['are told', { 'a/main.tf': BACKEND, 'm/main.tf': KEY }, ['warning m']],
    [
      'are told of a module that only such a one calls',
      { 'a/main.tf': BACKEND, 'm/main.tf': calling('../n'), 'n/main.tf': KEY },
      ['warning n'],
    ],
    ['are none where a root calls the module', { 'a/main.tf': BACKEND + calling('../m'), 'm/main.tf': KEY }, []],
    [
      'are none where a module of a root calls it',
      { 'a/main.tf': BACKEND + calling('../m'), 'm/main.tf': calling('./n'), 'm/n/main.tf': KEY },
      [],
    ],
    ['are none where nothing is a key', { 'a/main.tf': BACKEND, 'm/main.tf': 'resource "aws_s3_bucket" "b" {}\n' }, []],
  ])('%s', async (_, files, warnings) => {
    expect(await warned(files)).toEqual(warnings);
  });
});

describe('a directory without roots is refused', () => {
  it.each<[string, Record<string, string>, string]>([
    ['where nothing is', { 'infra/README.md': '' }, 'no .tf files in infra: name the directory of a root module'],
    [
      'where modules are',
      { 'infra/m/main.tf': KEY },
      'no root module in or below infra (nothing there has a backend, cloud or provider block, or .terraform): name the directory of one',
    ],
    ['where it is not', {}, 'cannot read the configuration directory infra: no such file or directory'],
    [
      'where it is a file',
      { infra: '' },
      'cannot read the configuration directory infra: a part of the path is no directory',
    ],
  ])('%s', async (_, files, message) => {
    await here.put({ 'other/main.tf': BACKEND, ...files });
    await expect(discover('other', 'infra')).rejects.toMatchObject({ name: 'UserError', message });
  });
});
