import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { assertSystemError, errorCode, fileError } from '../errors.ts';
import { boundedText } from '../files/bounded.ts';

/** Where code is reviewed. */
export const CODE_HOSTS = ['github', 'gitlab'] as const;
export type CodeHost = (typeof CODE_HOSTS)[number];

/** A plan that a pipeline of the repository writes as JSON. */
export interface WrittenPlan {
  /** As the pipeline writes it, from where it runs. */
  readonly path: string;
  /** The pipeline's file from the root of the repository, and the line, from 1. */
  readonly by: string;
}

/** What a repository tells of its reviews. */
export interface Reviews {
  readonly hosts: readonly CodeHost[];
  readonly plans: readonly WrittenPlan[];
}

const WORKFLOWS = '.github/workflows';
const GITLAB = '.gitlab-ci.yml';

/** Reads names and texts of the repository at `root`; nothing is run, git neither. A repository without any tells nothing. */
export async function reviewsOf(root: string): Promise<Reviews> {
  const workflows = (await namesIn(join(root, WORKFLOWS))).filter((name) => /\.ya?ml$/.test(name));
  const pipelines = [...workflows.map((name) => `${WORKFLOWS}/${name}`), GITLAB, 'atlantis.yaml', 'repos.yaml'];
  const texts = await Promise.all(pipelines.map(async (path) => ({ path, text: await textAt(join(root, path)) })));
  const files = texts.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }]));
  const byFiles = CODE_HOSTS.filter((host) =>
    host === 'github' ? workflows.length > 0 : files.some(({ path }) => path === GITLAB),
  );
  return {
    hosts: byFiles.length > 0 ? byFiles : hostsOfRemotes((await textAt(join(root, '.git/config'))) ?? ''),
    plans: files.flatMap(({ path, text }) => plansIn(path, text)),
  };
}

/** A URL in there may hold a password: of it the host alone is looked at, and nothing is kept. */
function hostsOfRemotes(config: string): readonly CodeHost[] {
  const urls = [...config.matchAll(/^\s*url\s*=\s*(\S+)\s*$/gm)].map(([, url = '']) => url);
  const names = urls.map((url) => /^(?:\w+:\/\/)?(?:[^@/]*@)?([^:/]+)/.exec(url)?.[1] ?? '');
  return CODE_HOSTS.filter((host) => names.some((name) => name.split('.').includes(host)));
}

/** `terraform show -json PLAN > FILE`, with tofu and terragrunt too; a path that a variable makes is none to name. */
const SHOWN = /\b(?:terraform|tofu|terragrunt)\b[^|;&#>\n]*\bshow\b[^|;&#>\n]*-json\b[^|;&#>\n]*>\s*["']?([\w./-]+)/;

const plansIn = (path: string, text: string): readonly WrittenPlan[] =>
  text.split('\n').flatMap((line, at) => {
    const plan = SHOWN.exec(line)?.[1];
    return plan === undefined ? [] : [{ path: plan, by: `${path}:${at + 1}` }];
  });

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return (await readdir(directory)).toSorted();
  } catch (error) {
    if (isNothing(error)) return [];
    throw fileError(`cannot list ${directory}`, error);
  }
}

/** Bytes; no pipeline that people write comes near. */
const LARGEST = 4 * 1024 * 1024;

/** The text of a regular file; undefined where there is none, or a larger one than people write. */
export async function textAt(file: string): Promise<string | undefined> {
  try {
    if (!(await lstat(file)).isFile()) return undefined;
    const read = await boundedText(file, LARGEST);
    return 'text' in read ? read.text : undefined;
  } catch (error) {
    if (isNothing(error)) return undefined;
    throw fileError(`cannot read ${file}`, error);
  }
}

const isNothing = (error: unknown): boolean => {
  assertSystemError(error);
  return ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '');
};
