import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { UserError } from '../../../../src/errors.ts';
import { locateStates } from '../../../../src/sources/terraform/state/locate.ts';
import { byFlag } from '../../../../src/sources/terraform/state/where.ts';
import { type Directory, newDirectory, whileClosed } from './directory.ts';

const FILES = [
  'a.tfstate',
  'b.tfstate',
  'a.tfstate.backup',
  'errored.tfstate',
  '.hidden.tfstate',
  '.terraform.tfstate.lock.info',
  '.terraform/terraform.tfstate',
  'main.tf',
  'terraform.tfstate.d/prod/terraform.tfstate',
  'terraform.tfstate.d/prod/terraform.tfstate.backup',
  'terraform.tfstate.d/stage/terraform.tfstate',
  'terraform.tfstate.d/stage/.terraform.tfstate.lock.info',
  'envs/eu/x.tfstate',
  'envs/eu/deep/er/y.tfstate',
  'envs/us/z.tfstate',
  'odd/w*ld.tfstate',
  'odd/wild.tfstate',
  'bare/notes.txt',
  'caps/A.TFSTATE',
  'caps/terraform.tfstate.d/prod/TERRAFORM.TFSTATE',
];
const OWN = ['a.tfstate', 'b.tfstate', 'errored.tfstate'];
const WORKSPACES = ['terraform.tfstate.d/prod/terraform.tfstate', 'terraform.tfstate.d/stage/terraform.tfstate'];

let directory: Directory;
const signal = new AbortController().signal;
const locate = (...where: string[]) => locateStates({ where: where.map(byFlag), cwd: directory.path }, signal);
const locators = async (...where: string[]) => (await locate(...where)).places.map((place) => place.locator);

beforeEach(async () => {
  directory = await newDirectory();
  for (const file of FILES) await directory.write(file, '{}');
});
afterEach(() => directory.remove());

describe('--state', () => {
  it.each([
    ['a file', ['a.tfstate'], ['a.tfstate']],
    ['a file of any name', ['main.tf'], ['main.tf']],
    ['a backup that is named', ['a.tfstate.backup'], ['a.tfstate.backup']],
    ['a directory: its states and its workspaces', ['.'], [...OWN, ...WORKSPACES]],
    ['a directory elsewhere', ['envs/eu/'], ['envs/eu/x.tfstate']],
    [
      'a directory of states in capitals',
      ['caps'],
      ['caps/A.TFSTATE', 'caps/terraform.tfstate.d/prod/TERRAFORM.TFSTATE'],
    ],
    ['the workspaces alone', ['terraform.tfstate.d/*'], WORKSPACES],
    ['a pattern', ['*.tfstate'], OWN],
    ['a pattern for one character', ['?.tfstate'], ['a.tfstate', 'b.tfstate']],
    ['any depth', ['envs/**/*.tfstate'], ['envs/eu/deep/er/y.tfstate', 'envs/eu/x.tfstate', 'envs/us/z.tfstate']],
    ['any depth, without .terraform', ['**/terraform.tfstate'], WORKSPACES],
    ['any depth at the end', ['envs/us/**'], ['envs/us/z.tfstate']],
    ['.terraform where it is named', ['.terraform/*'], ['.terraform/terraform.tfstate']],
    ['directories by pattern', ['envs/*'], ['envs/eu/x.tfstate', 'envs/us/z.tfstate']],
    ['a name that has a star in it', ['odd/w*ld.tfstate'], ['odd/w*ld.tfstate']],
    ['a pattern through ..', ['envs/../odd/wi*'], ['odd/wild.tfstate']],
    ['standard input', ['-'], ['-']],
    ['several', ['b.tfstate', '-', 'a.tfstate'], ['-', 'a.tfstate', 'b.tfstate']],
    ['the same twice', ['a.tfstate', './a.tfstate', 'envs/../a.tfstate', '-', '-'], ['-', 'a.tfstate']],
    ['with a prefix', ['tfstate+a.tfstate'], ['a.tfstate']],
    ['with a prefix and a scheme', ['tfstate+file://envs/us/z.tfstate'], ['envs/us/z.tfstate']],
    ['with another prefix', ['tfstate://a.tfstate'], ['a.tfstate']],
  ])('%s', async (_, where, expected) => {
    expect(await locators(...where)).toEqual(expected);
  });

  it('absolute, as a path, a pattern or a file URL', async () => {
    const { path } = directory;
    const url = pathToFileURL(join(path, 'a.tfstate')).href;
    expect(await locators(join(path, 'a.tfstate'), join(path, 'envs/u?/*'), url)).toEqual([
      'a.tfstate',
      'envs/us/z.tfstate',
    ]);
  });

  it('outside the working directory is shown from there', async () => {
    const { places } = await locateStates(
      { where: [byFlag('../b.tfstate')], cwd: join(directory.path, 'envs') },
      signal,
    );
    expect(places.map(({ locator }) => locator)).toEqual(['../b.tfstate']);
  });

  it('tells what was named from what was come across', async () => {
    const { places } = await locate('.', 'b.tfstate');
    expect(places.filter(({ named }) => named).map(({ locator }) => locator)).toEqual(['b.tfstate']);
  });
});

describe('links', () => {
  it('to a file that is there too are one state', async () => {
    await symlink('a.tfstate', join(directory.path, 'z.tfstate'));
    expect(await locators('.')).toEqual([...OWN, ...WORKSPACES]);
  });

  it('to directories in a loop end', async () => {
    await symlink('..', join(directory.path, 'envs/loop'));
    await symlink('self', join(directory.path, 'self'));
    expect(await locators('**/x.tfstate')).toEqual(['envs/eu/x.tfstate']);
    expect(await locators('*/*/x.tfstate', 'envs/loop/b.tfstate')).toEqual([
      'envs/eu/x.tfstate',
      'envs/loop/b.tfstate',
    ]);
  });

  it('to workspaces are followed', async () => {
    await symlink('../envs/us', join(directory.path, 'terraform.tfstate.d/linked'));
    expect(await locators('.')).toContain('terraform.tfstate.d/linked/z.tfstate');
  });

  it('that lead nowhere are a gap: their name promised a state', async () => {
    await symlink('lost', join(directory.path, 'gone.tfstate'));
    const { places, hidden } = await locate('*.tfstate');
    expect(places).toHaveLength(3);
    expect(hidden).toEqual([{ locator: 'gone.tfstate', reason: 'cannot be read: no such file or directory' }]);
  });

  it('in the way that lead nowhere are no gap', async () => {
    await symlink('lost', join(directory.path, 'envs/old'));
    expect(await locate('envs/*/z.tfstate')).toMatchObject({ places: [{ locator: 'envs/us/z.tfstate' }], hidden: [] });
  });
});

describe('what cannot be looked into is a gap', () => {
  it('a named file behind too many links', async () => {
    await symlink('loop', join(directory.path, 'loop'));
    expect(await locate('loop')).toMatchObject({
      places: [],
      hidden: [{ locator: 'loop', reason: 'cannot be read: too many symbolic links' }],
      directories: [],
    });
  });

  it.each([['secret'], ['secret/*.tfstate'], ['**/*.tfstate'], ['*/*/x.tfstate']])(
    '%s without permission',
    async (where) => {
      const { hidden } = await whileClosed(directory, 'secret', () => locate(where));
      expect(hidden).toEqual([{ locator: 'secret', reason: 'cannot be read: permission denied' }]);
    },
  );
});

describe('what means nothing is told in one line', () => {
  it.each([
    ['lost.tfstate', '--state lost.tfstate: no such file or directory'],
    ['a.tfstate/b', '--state a.tfstate/b: no such file or directory'],
    ['bare', /^--state bare: no states there \(looked for \*\.tfstate and terraform\.tfstate\.d\)/],
    ['bare/*.tfstate', /^--state bare\/\*\.tfstate: no file fits this pattern: \* is any part of one name/],
    ['lost/**/*.tfstate', /^--state lost\/\*\*\/\*\.tfstate: no file fits this pattern/],
    ['', '--state is empty: give a file, a directory, a glob, or - for standard input'],
    ['tfstate+', '--state is empty: give a file, a directory, a glob, or - for standard input'],
    ['gs://s3cret/key', /^--state gs:\/\/…: no such kind of place/],
    ['tfstate+gs://s3cret/key', /^--state gs:\/\/…: no such kind of place/],
    ['tfc://tfe.example.com/s3cret', /^--state tfc:\/\/…: the workspace is missing: write tfc:/],
    ['tfc://s3cret', /^--state tfc:\/\/…: the workspace is missing: write tfc:/],
    ['https://user:s3cret@host/state?token=s3cret', /^--state https:\/\/…: a password in an address/],
  ])('%s', async (where, message) => {
    const failure = locate('a.tfstate', where);
    await expect(failure).rejects.toThrow(UserError);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.not.toThrow(/s3cret|\n/);
  });
});

describe('what a repository says', () => {
  const said = (where: string, mayBeNone?: true) =>
    locateStates(
      {
        where: [{ where, from: 'repository', ...(mayBeNone === undefined ? {} : { mayBeNone }) }],
        cwd: directory.path,
      },
      signal,
    );

  it.each([
    ['lost.tfstate', 'lost.tfstate', 'no such file or directory'],
    ['bare', 'bare', /^no states there/],
    ['-', '-', /^standard input is read for --state on the command line only$/],
    ['', '…', /^is empty/],
    ['/dev/zero', /dev\/zero$/, 'no regular file'],
    ['https://bot:s3cret@host/state', 'https://…', /a password in an address/],
    ['tfstate+gs://s3cret/key', '…', /no such kind of place/],
  ])('is a gap where it means nothing: %s', async (where, locator, reason) => {
    const { places, hidden } = await said(where);
    expect(places).toEqual([]);
    expect(hidden).toHaveLength(1);
    expect(hidden[0]?.locator).toMatch(locator);
    expect(hidden[0]?.reason).toMatch(reason);
    expect(JSON.stringify(hidden)).not.toContain('s3cret');
  });

  it.each(['lost.tfstate', 'bare', 'bare/*.tfstate'])('is no gap where there need be none: %s', async (where) => {
    expect(await said(where, true)).toMatchObject({ places: [], hidden: [] });
  });

  it('is read where it is a state', async () => {
    expect((await said('envs/*')).places.map(({ locator }) => locator)).toEqual([
      'envs/eu/x.tfstate',
      'envs/us/z.tfstate',
    ]);
  });
});

describe('what may lead nowhere else', () => {
  const within = (where: string, ...names: readonly string[]) =>
    locateStates(
      {
        where: [{ where, from: 'repository', within: names.map((name) => join(directory.path, name)) }],
        cwd: directory.path,
      },
      signal,
    );

  it('is not read through a link in a pattern or a directory', async () => {
    await directory.write('inside/own.tfstate', { version: 4 });
    await directory.write('outside/other.tfstate', { version: 4 });
    await symlink(join(directory.path, 'outside'), join(directory.path, 'inside/link'));
    await symlink(join(directory.path, 'outside/other.tfstate'), join(directory.path, 'inside/z.tfstate'));
    const reason = 'it is outside of the repository';
    expect(await within('inside', 'inside')).toMatchObject({
      places: [{ locator: 'inside/own.tfstate' }],
      hidden: [{ locator: 'inside/z.tfstate', reason }],
    });
    expect(await within('inside/*/other.tfstate', 'inside')).toMatchObject({
      places: [],
      hidden: [{ locator: 'inside/link/other.tfstate', reason }],
    });
    expect(await within('inside/link', 'inside')).toMatchObject({ places: [], hidden: [{ reason }, { reason }] });
    expect((await within('inside/link', 'inside', 'outside')).places).toHaveLength(1);
    expect((await within('inside/*.tfstate', 'ins')).places).toEqual([]);
  });

  it('is not read through a link out of a work tree, whoever names it', async () => {
    await directory.write('repository/.git/HEAD', {});
    await directory.write('elsewhere/other.tfstate', { version: 4 });
    await symlink(join(directory.path, 'elsewhere/other.tfstate'), join(directory.path, 'repository/x.tfstate'));
    const cwd = join(directory.path, 'repository');
    expect(await locateStates({ where: [byFlag('x.tfstate')], cwd }, signal)).toMatchObject({
      places: [],
      hidden: [{ locator: 'x.tfstate', reason: 'a link leads outside of the repository' }],
    });
  });
});

it('tells which states each argument led to, by the name that they are read under', async () => {
  await symlink('a.tfstate', join(directory.path, 'z.tfstate'));
  const { locators } = await locate('z.tfstate', './a.tfstate', 'envs/us', 'envs/u?', '-', 's3://bucket/key');
  expect([...locators]).toEqual([
    ['z.tfstate', ['a.tfstate']],
    ['./a.tfstate', ['a.tfstate']],
    ['envs/us', ['envs/us', 'envs/us/z.tfstate']],
    ['envs/u?', ['envs/us', 'envs/us/z.tfstate']],
    ['-', ['-']],
  ]);
});

it('tells of the first argument that leads to nothing, whichever was looked at sooner', async () => {
  const later = Array.from({ length: 40 }, (_, n) => `missing-${n}`);

  await expect(locate('**/nothing/**/*.none', ...later)).rejects.toThrow('--state **/nothing/**/*.none: no file fits');
  await expect(locate('missing', 'ftp://x')).rejects.toThrow('--state ftp://…: no such kind of place');
});

it('ends the search for other arguments with the first that leads to nothing', async () => {
  const deep = Array.from({ length: 100 }, () => 'd').join('/');
  await directory.write(`${deep}/x.tfstate`, { version: 4 });
  const endless = '**/d/**/d/**/d/**/d/**/*.none';

  await expect(locate('missing', endless)).rejects.toThrow('--state missing: no such file or directory');
});

it('stops when it is told to', async () => {
  const stop = new AbortController();
  const reason = new Error('stop');
  stop.abort(reason);
  await expect(locateStates({ where: [byFlag('**/*.tfstate')], cwd: directory.path }, stop.signal)).rejects.toBe(
    reason,
  );
});
