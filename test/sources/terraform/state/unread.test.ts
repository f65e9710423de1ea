import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { locateStates } from '../../../../src/sources/terraform/state/locate.ts';
import { unreadBelow } from '../../../../src/sources/terraform/state/unread.ts';
import { byFlag } from '../../../../src/sources/terraform/state/where.ts';
import { type Directory, newDirectory, whileClosed } from './directory.ts';

let directory: Directory;
beforeEach(async () => {
  directory = await newDirectory();
  await directory.write('s/a.tfstate', '{}');
});
afterEach(() => directory.remove());

const link = (target: string, path: string) => symlink(target, join(directory.path, path));

async function unread(where: readonly string[], limit?: number) {
  const { signal } = new AbortController();
  const ask = { where: where.map(byFlag), cwd: directory.path };
  return unreadBelow(await locateStates(ask, signal), ask.cwd, signal, limit);
}

/** The files that the one gap names. */
async function named(...where: string[]): Promise<readonly string[]> {
  const [gap, ...others] = await unread(where);
  expect(others).toEqual([]);
  return /\(([^)]*)\)/.exec(gap?.reason ?? '')?.[1]?.split(', ') ?? [];
}

describe('state files below a directory that were not read', () => {
  it.each([
    ['deeper', 's/deep/er/b.tfstate'],
    ['in capitals', 's/sub/UPPER.TFSTATE'],
    ['with a dot first', 's/.b.tfstate'],
    ['in a directory with a dot first', 's/.cache/b.tfstate'],
    ['in a directory that is called like a state', 's/x.tfstate/b.tfstate'],
  ])('%s', async (_, file) => {
    await directory.write(file, '{}');
    expect(await named('s')).toEqual([file]);
    expect(await unread(['s', file])).toEqual([]);
  });

  it.each([
    ['s/.terraform/terraform.tfstate'],
    ['s/sub/.terraform/terraform.tfstate'],
    ['s/.git/b.tfstate'],
    ['s/node_modules/p/b.tfstate'],
    ['s/sub/b.tfstate.backup'],
    ['s/sub/.b.tfstate.lock.info'],
    ['s/terraform.tfstate.d/prod/deep/terraform.tfstate'],
    ['beside/b.tfstate'],
  ])('%s is none', async (file) => {
    await directory.write(file, '{}');
    expect(await unread(['s'])).toEqual([]);
  });

  it('are told with what to do, in one line', async () => {
    for (const name of ['b', 'c', 'd', 'e', 'f']) await directory.write(`s/sub/${name}.tfstate`, '{}');
    expect(await unread(['s'])).toEqual([
      {
        locator: 's',
        reason:
          "5 state files below it were not read (s/sub/b.tfstate, s/sub/c.tfstate, s/sub/d.tfstate, …): give them too (as 's/**/*.tfstate'), or name the files that count instead of the directory",
      },
    ]);
  });

  it('of the working directory', async () => {
    await directory.write('b.tfstate', '{}');
    const [gap] = await unread(['.']);
    expect(gap?.locator).toBe('.');
    expect(gap?.reason).toMatch(/^1 state file below it was not read \(s\/a\.tfstate\): .*'\*\*\/\*\.tfstate'/);
  });

  it('are told once, whatever directories lie over them', async () => {
    await directory.write('b.tfstate', '{}');
    await directory.write('s/sub/c.tfstate', '{}');
    const gaps = await unread(['s', '.', 's/', '*']);
    expect(gaps.filter(({ reason }) => reason.includes('s/sub/c.tfstate'))).toHaveLength(1);
    expect(gaps).toHaveLength(1);
  });

  it('of directories that a pattern means', async () => {
    await directory.write('s/sub/c.tfstate', '{}');
    expect(await named('*')).toEqual(['s/sub/c.tfstate']);
    expect(await unread(['s/*.tfstate'])).toEqual([]);
  });
});

describe('links', () => {
  it('to directories of states are named, and followed no further', async () => {
    await directory.write('elsewhere/b.tfstate', '{}');
    await directory.write('elsewhere/deep/c.tfstate', '{}');
    await link('../elsewhere', 's/linked');
    expect(await named('s')).toEqual(['s/linked/b.tfstate']);
    expect(await unread(['s', 'elsewhere/b.tfstate'])).toEqual([]);
  });

  it('in a loop end', async () => {
    await directory.write('s/sub/b.tfstate', '{}');
    await link('..', 's/sub/up');
    await link('self', 's/self');
    expect(await named('s')).toEqual(['s/sub/b.tfstate']);
  });

  it('to states count as these', async () => {
    await directory.write('elsewhere.json', '{}');
    await directory.write('s/sub/notes.txt', '');
    await link('../a.tfstate', 's/sub/same.tfstate');
    expect(await unread(['s'])).toEqual([]);
    await link('../../elsewhere.json', 's/sub/other.tfstate');
    expect(await named('s')).toEqual(['s/sub/other.tfstate']);
  });

  it('that lead nowhere hide a state if they are called like one', async () => {
    await directory.write('s/sub/notes.txt', '');
    await link('lost', 's/sub/lost');
    expect(await unread(['s'])).toEqual([]);
    await link('lost', 's/sub/lost.tfstate');
    expect(await named('s')).toEqual(['s/sub/lost.tfstate']);
  });

  it('in the directory itself that lead nowhere are a gap of their own already', async () => {
    await link('lost', 's/lost.tfstate');
    expect(await unread(['s'])).toEqual([]);
  });
});

describe('what was not looked through', () => {
  it('is told where there are too many entries', async () => {
    for (const name of ['b', 'c', 'd']) await directory.write(`s/sub/${name}/notes.txt`, '');
    expect(await unread(['s'], 5)).toEqual([
      {
        locator: 's',
        reason:
          'more than 5 entries below it, not all looked through for state files: name the files that count instead of the directory',
      },
    ]);
    expect(await unread(['s'], 8)).toEqual([]);
  });

  it('is told where permission lacks', async () => {
    const gaps = await whileClosed(directory, 's/closed', () => unread(['s']));
    expect(gaps).toEqual([
      {
        locator: 's',
        reason:
          '1 directory below it could not be looked into (s/closed): name the files that count instead of the directory',
      },
    ]);
  });

  it('is nothing where the directory itself is gone by now', async () => {
    const { signal } = new AbortController();
    const located = await locateStates({ where: [byFlag('s')], cwd: directory.path }, signal);
    await rm(join(directory.path, 's'), { recursive: true });
    expect(await unreadBelow(located, directory.path, signal)).toEqual([]);
  });
});

it('stops when it is told to', async () => {
  const located = await locateStates({ where: [byFlag('s')], cwd: directory.path }, new AbortController().signal);
  const reason = new Error('stop');
  await expect(unreadBelow(located, directory.path, AbortSignal.abort(reason))).rejects.toBe(reason);
});
