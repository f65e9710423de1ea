import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { UserError } from '../../../src/errors.ts';
import { changedSince } from '../../../src/sources/git/changed.ts';
import { scratch } from '../../cli/scratch.ts';
import { repositoryIn, type TestRepository } from '../../support/git.ts';

const here = scratch();
const signal = new AbortController().signal;

const env = (over: Record<string, string> = {}) => ({ PATH: process.env['PATH'], HOME: here.path, ...over });

const changed = (
  ref: string,
  { dir }: Pick<TestRepository, 'dir'>,
  over: { cwd?: string; env?: Record<string, string | undefined> } = {},
) => changedSince({ ref, top: dir, cwd: dir, env: env(), ...over }, signal);

async function userError(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'no error';
}

const repository = (): TestRepository => repositoryIn(here.file('repo'));

describe('a change', () => {
  it('is everything from the merge base to the work tree: committed, staged, unstaged, deleted and new', async () => {
    const repo = repository();
    const base = repo.commit({
      'a.tf': 'a',
      'b.tf': 'b',
      'c.tf': 'c',
      'd.tf': 'd',
      'e.tf': 'e',
      '.gitignore': '*.log',
    });
    repo.git('branch', 'feature');
    repo.commit({ 'on-main.tf': 'later' });
    repo.git('checkout', '--quiet', 'feature');
    repo.commit({ 'a.tf': 'committed', 'sub/with "quotes"\n.tf': 'x' });
    repo.write({ 'b.tf': 'staged' });
    repo.git('add', 'b.tf');
    repo.write({ 'c.tf': 'unstaged', 'd.tf': null, 'new.tf': 'n', 'debug.log': 'ignored' });
    const found = await changed('main', repo);
    expect(found.base).toBe(base);
    expect(found.files).toEqual(['a.tf', 'b.tf', 'c.tf', 'd.tf', 'new.tf', 'sub/with "quotes"\n.tf']);
    expect([...found.untracked]).toEqual(['new.tf']);
    expect(found.deleted).toEqual(['d.tf']);
    expect(String(await found.before(join(repo.dir, 'a.tf')))).toBe('a');
    expect(await found.before(join(repo.dir, 'new.tf'))).toBeUndefined();
  });

  it('is nothing where nothing changed, whatever the times of files', async () => {
    const repo = repository();
    repo.commit({ 'a.tf': 'a' });
    utimesSync(join(repo.dir, 'a.tf'), 1, 1);
    expect((await changed('HEAD', repo)).files).toEqual([]);
  });

  it('names files from the working directory, also those above it', async () => {
    const repo = repository();
    repo.commit({ 'infra/a/main.tf': 'a', 'shared/b.tf': 'b' });
    repo.write({ 'infra/a/main.tf': 'x', 'shared/b.tf': 'x' });
    const { files } = await changed('HEAD', repo, { cwd: join(repo.dir, 'infra/a') });
    expect(files).toEqual(['../../shared/b.tf', 'main.tf']);
  });

  it('is everything before the first commit', async () => {
    const repo = repository();
    repo.write({ 'a.tf': 'a', 'b.tf': 'b' });
    repo.git('add', 'a.tf');
    expect((await changed('HEAD', repo)).files).toEqual(['a.tf', 'b.tf']);
  });

  it('holds files that git was told not to look at, and submodules that moved', async () => {
    const repo = repository();
    const inner = repositoryIn(here.file('inner'));
    inner.commit({ 'main.tf': 'one' });
    repo.commit({ 'a.tf': 'a', 'b.tf': 'b' });
    repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.dir, 'modules/kms');
    repo.commit({});
    repo.git('update-index', '--assume-unchanged', 'a.tf');
    repo.git('update-index', '--skip-worktree', 'b.tf');
    repo.write({ 'a.tf': 'hidden', 'b.tf': 'hidden' });
    repositoryCommitIn(join(repo.dir, 'modules/kms'));
    expect((await changed('HEAD', repo)).files).toEqual(['a.tf', 'b.tf', 'modules/kms']);
  });

  it('is found in a linked work tree', async () => {
    const repo = repository();
    repo.commit({ 'a.tf': 'a' });
    const dir = here.file('linked');
    repo.git('worktree', 'add', '--quiet', dir);
    writeFileSync(join(dir, 'a.tf'), 'changed');
    expect((await changed('main', { dir })).files).toEqual(['a.tf']);
  });
});

function repositoryCommitIn(dir: string): void {
  const inner = repositoryIn(dir);
  inner.commit({ 'main.tf': 'two' });
}

describe('what git cannot tell is said with what to do', () => {
  it.each([
    ['--output=x', /takes a commit/],
    ['-h', /takes a commit/],
    ['', /takes a commit/],
    ['main\n', /takes a commit/],
    ['origin/main', /knows no such commit here: fetch it/],
    ['HEAD:a.tf', /knows no such commit/],
    ['main..HEAD', /knows no such commit/],
  ])('%j', async (ref, message) => {
    const repo = repository();
    repo.commit({ 'a.tf': 'a' });
    expect(await userError(() => changed(ref, repo))).toMatch(message);
  });

  it('a tag or a branch that takes the name of a remote branch, to another commit', async () => {
    const repo = repository();
    const base = repo.commit({ 'a.tf': 'a' });
    repo.git('update-ref', 'refs/remotes/origin/main', base);
    repo.git('tag', 'origin/main', base);
    repo.commit({ 'a.tf': 'b' });
    expect((await changed('origin/main', repo)).files).toEqual(['a.tf']);
    repo.git('tag', '--force', 'origin/main', 'HEAD');
    expect(await userError(() => changed('origin/main', repo))).toMatch(
      /may be refs\/tags\/origin\/main or refs\/remotes\/origin\/main: name the one that is meant/,
    );
    expect((await changed('refs/remotes/origin/main', repo)).files).toEqual(['a.tf']);
  });

  it('a shallow clone', async () => {
    const repo = repository();
    repo.commit({ 'a.tf': 'a' });
    repo.commit({ 'a.tf': 'b' });
    repo.git('clone', '--quiet', '--depth=1', `file://${repo.dir}`, here.file('shallow'));
    const shallow = { dir: here.file('shallow') };
    expect(await userError(() => changed('HEAD~1', shallow))).toMatch(/fetch-depth: 0/);
  });

  it('no history in common', async () => {
    const repo = repository();
    repo.commit({ 'a.tf': 'a' });
    repo.git('checkout', '--quiet', '--orphan', 'other');
    repo.commit({ 'a.tf': 'b' });
    expect(await userError(() => changed('main', repo))).toMatch(
      /no commit in common with HEAD: the two histories are unrelated; name a commit/,
    );
  });

  it.each(['git version 2.30.2', 'git version 1.99', 'nothing'])(
    'git that would not heed what it is told: %s',
    async (said) => {
      const repo = repository();
      mkdirSync(here.file('old'));
      writeFileSync(here.file('old/git'), `#!/bin/sh\necho '${said}'\n`);
      chmodSync(here.file('old/git'), 0o755);
      const given = env({ PATH: here.file('old') });
      expect(await userError(() => changed('HEAD', repo, { env: given }))).toMatch(/needs git 2\.31 or later/);
    },
  );

  it('no git on PATH', async () => {
    const repo = repository();
    mkdirSync(here.file('empty'));
    const given = env({ PATH: `.:bin:${here.file('empty')}` });
    expect(await userError(() => changed('HEAD', repo, { env: given }))).toMatch(/not on PATH/);
  });
});

/** A program that leaves a trace, and then does what a filter does. */
function trap(name: string): string {
  const path = here.file(name);
  writeFileSync(path, `#!/bin/sh\necho ${name} "$@" >> ${JSON.stringify(here.file('trace'))}\ncat\n`);
  chmodSync(path, 0o755);
  return path;
}

/** What names a program, or leads elsewhere, in a repository that was not cloned but handed over. */
function boobyTrapped(repo: TestRepository): void {
  const program = trap('trap');
  const settings: Record<string, string> = {
    'core.fsmonitor': program,
    'core.fsmonitorHookVersion': '2',
    'core.pager': program,
    'pager.diff': program,
    'core.sshCommand': program,
    'core.gitProxy': program,
    'core.askPass': program,
    'core.editor': program,
    'core.alternateRefsCommand': program,
    'core.hooksPath': here.file('hooks'),
    'core.worktree': here.file('elsewhere'),
    'credential.helper': `!${program}`,
    'diff.external': program,
    'diff.trap.command': program,
    'diff.trap.textconv': program,
    'diff.trap.cachetextconv': 'true',
    'diff.orderFile': here.file('order'),
    'diff.relative': 'true',
    'filter.trap.clean': program,
    'filter.trap.smudge': program,
    'filter.trap.required': 'true',
    'filter..clean': program,
    'filter.we=ird.process': program,
    'filter.we=ird.required': 'true',
    'merge.trap.driver': program,
    'gpg.program': program,
    'log.showSignature': 'true',
    'alias.diff': `!${program}`,
    'alias.rev-parse': `!${program}`,
    'extensions.partialClone': 'origin',
    'remote.origin.promisor': 'true',
    'remote.origin.url': `ext::${program}`,
    'remote.origin.uploadpack': program,
    'protocol.ext.allow': 'always',
    'protocol.allow': 'always',
    'submodule.recurse': 'true',
    'trace2.eventTarget': here.file('trace'),
  };
  for (const [name, value] of Object.entries(settings)) repo.git('config', name, value);
  mkdirSync(here.file('hooks'));
  mkdirSync(here.file('elsewhere'));
  for (const hook of ['post-index-change', 'fsmonitor-watchman', 'reference-transaction', 'post-checkout']) {
    symlinkSync(program, join(here.file('hooks'), hook));
    symlinkSync(program, join(repo.dir, '.git/hooks', hook));
  }
}

describe('nothing that a repository says is run', () => {
  /** Seconds since 1970. */
  const FAR_AHEAD = 2_000_000_000;
  const ATTRIBUTES = '*.tf filter=trap diff=trap merge=trap\n*.tfvars filter=we=ird diff=trap\n*.hcl filter=\n';

  it('by its .git/config, .gitattributes and hooks, and what changed is told all the same', async () => {
    const repo = repository();
    repo.write({ 'b.tf': 'b' });
    // Younger than the index: git takes a second look into such files, through their filters.
    utimesSync(join(repo.dir, 'b.tf'), FAR_AHEAD, FAR_AHEAD);
    const base = repo.commit({ 'a.tf': 'a', 'c.tfvars': 'c', 'd.hcl': 'd', '.gitattributes': ATTRIBUTES });
    repo.write({ 'a.tf': 'x', 'c.tfvars': 'x', 'd.hcl': 'x', 'new.tf': 'n' });
    boobyTrapped(repo);
    const found = await changed(base, repo);
    expect(found.files).toEqual(['a.tf', 'c.tfvars', 'd.hcl', 'new.tf']);
    expect(String(await found.before(join(repo.dir, 'a.tf')))).toBe('a');
    expect(existsSync(here.file('trace'))).toBe(false);
  });

  it.each([['core.fsmonitor'], ['filter.trap.clean'], ['diff.external'], ['diff.trap.textconv']])(
    'though git left to itself would run %s',
    (name) => {
      const repo = repository();
      repo.write({ 'a.tf': 'a' });
      utimesSync(join(repo.dir, 'a.tf'), FAR_AHEAD, FAR_AHEAD);
      repo.commit({ '.gitattributes': ATTRIBUTES });
      repo.git('config', name, trap('trap'));
      repo.git('diff', 'HEAD');
      repo.write({ 'a.tf': 'y' });
      repo.git('diff', 'HEAD');
      expect(existsSync(here.file('trace'))).toBe(true);
    },
  );

  it('to fetch what a partial clone does not have', async () => {
    const repo = repository();
    const base = repo.commit({ 'a.tf': 'a' });
    repo.commit({ 'a.tf': 'b' });
    boobyTrapped(repo);
    repo.git('config', '--unset', 'core.worktree');
    const missing = '1234567890123456789012345678901234567890';
    expect(await userError(() => changed(missing, repo))).toMatch(/--changed-since/);
    expect((await changed(base, repo)).files).toEqual(['a.tf']);
    expect(existsSync(here.file('trace'))).toBe(false);
  });

  it('by variables of git in the environment', async () => {
    const repo = repository();
    const base = repo.commit({ 'a.tf': 'a' });
    repo.write({ 'a.tf': 'x' });
    const program = trap('trap');
    const given = env({
      GIT_EXTERNAL_DIFF: program,
      GIT_PAGER: program,
      GIT_SSH_COMMAND: program,
      GIT_ASKPASS: program,
      GIT_EXEC_PATH: here.path,
      GIT_DIR: here.file('elsewhere'),
      GIT_WORK_TREE: here.file('elsewhere'),
      GIT_INDEX_FILE: here.file('elsewhere'),
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.fsmonitor',
      GIT_CONFIG_VALUE_0: program,
      GIT_TRACE: here.file('trace'),
    });
    expect((await changed(base, repo, { env: given })).files).toEqual(['a.tf']);
    expect(existsSync(here.file('trace'))).toBe(false);
  });

  it('by a program of its own that npx puts first on PATH', async () => {
    const repo = repository();
    const base = repo.commit({ 'a.tf': 'a' });
    mkdirSync(join(repo.dir, 'node_modules/.bin'), { recursive: true });
    symlinkSync(trap('git'), join(repo.dir, 'outside'));
    writeFileSync(join(repo.dir, 'node_modules/.bin/git'), `#!/bin/sh\necho git >> ${here.file('trace')}\n`);
    chmodSync(join(repo.dir, 'node_modules/.bin/git'), 0o755);
    const given = env({ PATH: `${join(repo.dir, 'node_modules/.bin')}:${process.env['PATH']}` });
    await changed(base, repo, { env: given });
    expect(existsSync(here.file('trace'))).toBe(false);
  });
});

describe('what would be read without an end', () => {
  it.each(['core.attributesFile', 'core.excludesFile'])('is not, where %s names a device', async (name) => {
    const repo = repository();
    repo.commit({ 'a.tf': 'a' });
    repo.git('config', name, '/dev/zero');
    repo.write({ 'b.tf': 'b' });
    expect((await changed('HEAD', repo)).files).toEqual(['b.tf']);
  });

  it('is what people never track, where that is a file', async () => {
    const repo = repository();
    repo.commit({ 'a.tf': 'a' });
    writeFileSync(here.file('ignored'), '*.swp\n');
    repo.git('config', 'core.excludesFile', here.file('ignored'));
    repo.write({ 'b.tf': 'b', 'a.tf.swp': 'x' });
    expect((await changed('HEAD', repo)).files).toEqual(['b.tf']);
  });

  it.each(['.gitignore', '.gitattributes', '.git/info/attributes', '.git/info/exclude'])(
    'is told of a pipe or device at %s',
    async (path) => {
      const repo = repository();
      repo.commit({ 'a.tf': 'a' });
      rmSync(join(repo.dir, path), { force: true });
      symlinkSync('/dev/zero', join(repo.dir, path));
      expect(await userError(() => changed('HEAD', repo))).toBe(
        `--changed-since: ${path} is no file, and git would read it without an end: remove it`,
      );
    },
  );
});
