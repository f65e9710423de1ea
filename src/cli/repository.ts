import { posix, sep } from 'node:path';
import type { Tree } from '../reporters/reporter.ts';
import type { Host } from './host.ts';

/** Where a CI says that the repository is, and where people see its files at this commit. */
interface Checkout {
  readonly root: string | undefined;
  readonly url: string | undefined;
}

/**
 * Where the working directory lies in the repository, by what the CI says (GitHub Docs, "Variables reference"; GitLab
 * Docs, "Predefined CI/CD variables reference"): code hosts name files from its root on. Without a CI it is the root.
 */
export function treeOf({ env, cwd }: Pick<Host, 'env' | 'cwd'>): Tree {
  const { root, url } = env['GITHUB_ACTIONS'] === 'true' ? onGitHub(env) : onGitLab(env);
  const below = root === undefined ? [] : stepsBelow(root, cwd);
  return { below, ...(url === undefined || !isPlainUrl(url) ? {} : { url }) };
}

function onGitHub(env: Host['env']): Checkout {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = env;
  const isKnown = server !== undefined && repository !== undefined && commit !== undefined;
  return { root: env['GITHUB_WORKSPACE'], url: isKnown ? `${server}/${repository}/blob/${commit}` : undefined };
}

function onGitLab(env: Host['env']): Checkout {
  const { CI_PROJECT_URL: project, CI_COMMIT_SHA: commit } = env;
  const isKnown = project !== undefined && commit !== undefined;
  return { root: env['CI_PROJECT_DIR'], url: isKnown ? `${project}/-/blob/${commit}` : undefined };
}

/** Directories from one down to another; none where that does not lie below. */
function stepsBelow(root: string, cwd: string): readonly string[] {
  const steps = posix.relative(slashed(root), slashed(cwd)).split('/');
  return steps.includes('..') || posix.isAbsolute(steps.join('/')) ? [] : steps.filter((step) => step !== '');
}

const slashed = (path: string): string => path.split(sep).join('/');

/** Nothing that would end a link in Markdown. */
const isPlainUrl = (url: string): boolean => /^https:\/\/[\w.~:/@%+-]+$/.test(url);
