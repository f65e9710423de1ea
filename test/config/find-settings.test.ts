import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findSettings } from '../../src/config/find-settings.ts';
import { makePipe } from '../support/pipe.ts';

let outside = '';
let repository = '';
beforeEach(async () => {
  outside = await mkdtemp(join(tmpdir(), 'keydrift-settings-'));
  repository = join(outside, 'repository');
  await mkdir(join(repository, 'infra/prod'), { recursive: true });
});
afterEach(() => rm(outside, { recursive: true }));

const put = (path: string) => writeFile(path, '{}\n');
const isRepository = () => mkdir(join(repository, '.git'));
const found = () => findSettings(join(repository, 'infra/prod'));

describe('settings are looked for', () => {
  it('from the working directory up to the root of the repository', async () => {
    await isRepository();
    await put(join(repository, 'keydrift.yaml'));
    expect(await found()).toBe(join(repository, 'keydrift.yaml'));
  });

  it('and the nearest counts', async () => {
    await isRepository();
    await put(join(repository, 'keydrift.yaml'));
    await put(join(repository, 'infra/keydrift.yaml'));
    expect(await found()).toBe(join(repository, 'infra/keydrift.yaml'));
  });

  it('and not above the repository', async () => {
    await isRepository();
    await put(join(outside, 'keydrift.yaml'));
    expect(await found()).toBeUndefined();
  });

  it('where .git is a file, as in a worktree', async () => {
    await put(join(repository, '.git'));
    await put(join(repository, 'keydrift.yaml'));
    expect(await found()).toBe(join(repository, 'keydrift.yaml'));
  });

  it('outside of a repository in the working directory alone', async () => {
    await put(join(repository, 'infra/keydrift.yaml'));
    expect(await found()).toBeUndefined();
    await put(join(repository, 'infra/prod/keydrift.yaml'));
    expect(await found()).toBe(join(repository, 'infra/prod/keydrift.yaml'));
  });

  it('and a link is followed within the repository alone', async () => {
    await isRepository();
    await put(join(repository, 'shared.yaml'));
    await put(join(outside, 'elsewhere.yaml'));
    await symlink('../shared.yaml', join(repository, 'infra/keydrift.yaml'));
    expect(await found()).toBe(join(repository, 'infra/keydrift.yaml'));
    await symlink(join(outside, 'elsewhere.yaml'), join(repository, 'infra/prod/keydrift.yaml'));
    await expect(found()).rejects.toThrow(/keydrift\.yaml: a link that leads out of the repository is not followed/);
  });

  it('and a pipe is not opened', async () => {
    await isRepository();
    makePipe(join(repository, 'keydrift.yaml'));
    await expect(found()).rejects.toThrow(/keydrift\.yaml: it is no regular file/);
  });

  it.each(['keydrift.yml', '.keydrift.yaml', '.keydrift.yml'])('and %s is told to be misnamed', async (name) => {
    await isRepository();
    await put(join(repository, name));
    await expect(found()).rejects.toMatchObject({
      name: 'UserError',
      message: `${join(repository, name)}: settings are named keydrift.yaml: rename it`,
    });
  });
});
