import { sep } from 'node:path';
import { workTree } from '../files/work-tree.ts';
import type { Tree } from '../reporters/reporter.ts';
import type { Host } from './host.ts';

/** Where a CI says that the repository is, and where people see its files at this commit. */
interface Checkout {
  readonly root: string | undefined;
  readonly url: string | undefined;
}

/**
 * Where the working directory and its repository are: code hosts name files from the top of the repository on. That is the
 * top of git's work tree, and what the CI says (GitHub Docs, "Variables reference"; GitLab Docs, "Predefined CI/CD variables
 * reference") where there is none or it only lies around that; the working directory where nobody says.
 */
export async function treeOf({ env, cwd }: Pick<Host, 'env' | 'cwd'>): Promise<Tree> {
  const { root, url } = env['GITHUB_ACTIONS'] === 'true' ? onGitHub(env) : onGitLab(env);
  const top = topOf(stepsTo(cwd), stepsOf(await workTree(cwd)), stepsOf(root));
  const isShown = url !== undefined && isPlainUrl(url) && root !== undefined && isSame(top, stepsTo(root));
  return { cwd: stepsTo(cwd), top, ...(isShown ? { url } : {}) };
}

type Steps = readonly string[];

function topOf(cwd: Steps, workTree: Steps | undefined, said: Steps | undefined): Steps {
  if (said === undefined) return workTree ?? cwd;
  return workTree === undefined || (isBelow(said, workTree) && isBelow(cwd, said)) ? said : workTree;
}

/** GitHub checks a second repository out below the first's place: the address is of the repository at that place alone. */
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

const stepsOf = (path: string | undefined): Steps | undefined =>
  path === undefined || path === '' ? undefined : stepsTo(path);

const stepsTo = (path: string): Steps => path.split(sep).filter((step) => step !== '');

/** At or below. */
const isBelow = (steps: Steps, top: Steps): boolean => top.every((step, at) => steps[at] === step);

const isSame = (a: Steps, b: Steps): boolean => a.length === b.length && isBelow(a, b);

/** Nothing that would end a link in Markdown. */
const isPlainUrl = (url: string): boolean => /^https:\/\/[\w.~:/@%+-]+$/.test(url);
