import { describe, expect, it } from '@jest/globals';
import { treeOf } from '../../src/cli/repository.ts';

const GITHUB = {
  GITHUB_ACTIONS: 'true',
  GITHUB_WORKSPACE: '/home/runner/work/infra/infra',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'acme/infra',
  GITHUB_SHA: '0123abc',
};
const GITLAB = {
  GITLAB_CI: 'true',
  CI_PROJECT_DIR: '/builds/acme/infra',
  CI_PROJECT_URL: 'https://gitlab.example.com/acme/infra',
  CI_COMMIT_SHA: '0123abc',
};

describe('where the working directory lies', () => {
  it.each([
    ['at the root on GitHub', GITHUB, GITHUB.GITHUB_WORKSPACE, []],
    ['below it on GitHub', GITHUB, `${GITHUB.GITHUB_WORKSPACE}/live/prod`, ['live', 'prod']],
    ['elsewhere on GitHub', GITHUB, '/tmp/x', []],
    ['beside it on GitHub', GITHUB, `${GITHUB.GITHUB_WORKSPACE}-2`, []],
    ['below it on GitLab', GITLAB, '/builds/acme/infra/live', ['live']],
    ['in no CI', {}, '/home/me/infra', []],
  ])('%s', (_name, env, cwd, expected) => {
    expect(treeOf({ env, cwd }).below).toEqual(expected);
  });

  it.each([
    ['GitHub', GITHUB, 'https://github.com/acme/infra/blob/0123abc'],
    ['GitLab', GITLAB, 'https://gitlab.example.com/acme/infra/-/blob/0123abc'],
    ['no CI', {}, undefined],
    ['a commit that is not known', { ...GITHUB, GITHUB_SHA: undefined }, undefined],
    ['an address that would end a link', { ...GITHUB, GITHUB_REPOSITORY: 'a)[x](y' }, undefined],
    ['an address without https', { ...GITHUB, GITHUB_SERVER_URL: 'javascript:alert(1)//' }, undefined],
  ])('is shown as %s has it', (_name, env, expected) => {
    expect(treeOf({ env, cwd: '/x' }).url).toBe(expected);
  });
});
