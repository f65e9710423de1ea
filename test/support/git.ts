import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Of nobody's machine: no settings but these. */
export const NOBODY = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@acme.example',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@acme.example',
};

/** A repository to change: what a commit holds, and what stands in the work tree. */
export interface TestRepository {
  readonly dir: string;
  readonly git: (...args: readonly string[]) => string;
  /** Writes files; null deletes one. */
  readonly write: (files: Readonly<Record<string, string | null>>) => void;
  /** Writes files and commits all there is; the commit's id. */
  readonly commit: (files: Readonly<Record<string, string | null>>) => string;
}

/** Makes a repository in an empty directory, with `main` for its branch and no commit. */
export function repositoryIn(dir: string): TestRepository {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: dir, env: NOBODY, stdio: ['ignore', 'pipe', 'pipe'] })
      .toString()
      .trim();
  const write: TestRepository['write'] = (files) => {
    for (const [name, text] of Object.entries(files)) {
      const path = join(dir, name);
      mkdirSync(dirname(path), { recursive: true });
      if (text === null) rmSync(path, { recursive: true });
      else writeFileSync(path, text);
    }
  };
  mkdirSync(dir, { recursive: true });
  git('init', '--quiet', '--initial-branch=main');
  return {
    dir,
    git,
    write,
    commit: (files) => {
      write(files);
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message=change');
      return git('rev-parse', 'HEAD');
    },
  };
}
