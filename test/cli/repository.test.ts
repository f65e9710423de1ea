import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { treeOf } from '../../src/cli/repository.ts';

const GITHUB = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'acme/infra',
  GITHUB_SHA: '0123abc',
};
const GITLAB = {
  GITLAB_CI: 'true',
  CI_PROJECT_URL: 'https://gitlab.example.com/acme/infra',
  CI_COMMIT_SHA: '0123abc',
};

let base = '';

/** `repo` and, below and in it, `repo/second` are work trees; `linked` is one of `git worktree`; `bare` is none. */
beforeAll(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'keydrift-')));
  for (const dir of ['repo/.git', 'repo/live/prod', 'repo/second/.git', 'linked/live', 'bare/live'])
    await mkdir(join(base, dir), { recursive: true });
  await writeFile(join(base, 'linked/.git'), 'gitdir: ../repo/.git/worktrees/linked\n');
});

afterAll(() => rm(base, { recursive: true }));

const steps = (path: string) =>
  join(base, path)
    .split(sep)
    .filter((step) => step !== '');

const treeIn = (cwd: string, env: Readonly<Record<string, string | undefined>> = {}) =>
  treeOf({ env, cwd: join(base, cwd) });

describe('the top of the repository', () => {
  it.each([
    ['repo', 'repo'],
    ['repo/live/prod', 'repo'],
    ['repo/second', 'repo/second'],
    ['linked/live', 'linked'],
    ['bare/live', 'bare/live'],
  ])('of %s is %s, in no CI', async (cwd, top) => {
    expect(await treeIn(cwd)).toEqual({ cwd: steps(cwd), top: steps(top) });
  });

  it.each([
    ['repo/live/prod', 'repo', 'repo'],
    ['repo/second', 'repo', 'repo/second'],
    ['repo/live/prod', 'repo/live', 'repo/live'],
    ['bare/live', 'bare', 'bare'],
    ['bare/live', 'repo', 'repo'],
    ['repo/live', 'bare', 'repo'],
  ])('of %s is, where the CI says %s, %s', async (cwd, said, top) => {
    const expected = { cwd: steps(cwd), top: steps(top) };
    expect(await treeIn(cwd, { ...GITHUB, GITHUB_WORKSPACE: join(base, said) })).toMatchObject(expected);
    expect(await treeIn(cwd, { ...GITLAB, CI_PROJECT_DIR: join(base, said) })).toMatchObject(expected);
  });
});

describe('where files are shown', () => {
  it.each([
    ['GitHub', GITHUB, 'https://github.com/acme/infra/blob/0123abc'],
    ['GitLab', GITLAB, 'https://gitlab.example.com/acme/infra/-/blob/0123abc'],
    ['no CI', {}, undefined],
    ['a commit that is not known', { ...GITHUB, GITHUB_SHA: undefined }, undefined],
    ['an address that would end a link', { ...GITHUB, GITHUB_REPOSITORY: 'a)[x](y' }, undefined],
    ['an address without https', { ...GITHUB, GITHUB_SERVER_URL: 'javascript:alert(1)//' }, undefined],
  ])('is as %s has it', async (_name, env, expected) => {
    const { url } = await treeIn('repo/live', {
      ...env,
      GITHUB_WORKSPACE: join(base, 'repo'),
      CI_PROJECT_DIR: join(base, 'repo'),
    });
    expect(url).toBe(expected);
  });

  it('is not told of another repository that was checked out below', async () => {
    expect((await treeIn('repo/second', { ...GITHUB, GITHUB_WORKSPACE: join(base, 'repo') })).url).toBeUndefined();
  });
});
