import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode, fileError, UserError } from '../../errors.ts';
import type { Env } from '../aws/profile.ts';
import { shownPath } from '../shown-path.ts';
import { type BaseTree, baseTree } from './base-tree.ts';
import { type Git, gitSaid, openGit, partsOf } from './git.ts';

/** What differs between a commit and the work tree around a directory. */
export interface Changed {
  /** The commit that the change starts from, by its id. */
  readonly base: string;
  /** Every file that was changed, added or deleted, from the directory, with slashes. */
  readonly files: readonly string[];
  /** Those of them that were there and no longer are. */
  readonly deleted: readonly string[];
  /** Those of them that are gone, or another kind of thing than before: a link for a file, or one that leads elsewhere. */
  readonly reshaped: readonly string[];
  /** Those of them that git does not track and is not told to ignore. */
  readonly untracked: ReadonlySet<string>;
  /** The bytes of a file at the base; undefined where there was none. Takes an absolute path. */
  readonly before: (file: string) => Promise<Uint8Array | undefined>;
  /** All that there was at the base. */
  readonly tree: () => Promise<BaseTree>;
}

/** From what, and in which work tree. */
export interface ChangedAsk {
  /** A commit, as git takes it. */
  readonly ref: string;
  /** The top of the work tree: the directory with `.git`. */
  readonly top: string;
  readonly cwd: string;
  readonly env: Env;
}

/**
 * The change from the merge base of a commit and HEAD to the work tree: what is committed since, what is staged, what is
 * not, and new files. Throws UserError where git cannot tell, with what to do.
 */
export async function changedSince({ ref, top, cwd, env }: ChangedAsk, signal: AbortSignal): Promise<Changed> {
  const git = await openGit(top, env, signal);
  const base = await baseOf(ref, git);
  const different = differencesIn(await namesFrom(git, [...DIFF, base, '--']));
  const [deleted, hidden, untracked] = [
    await goneOf(different, git),
    await hiddenFiles(git),
    await namesFrom(git, ['ls-files', '--others', '--exclude-standard', '-z']),
  ];
  // Names are from the top as it is; paths of facts are from the working directory as it was entered.
  const entered = await realpath(cwd);
  const shown = (name: string): string => shownPath(join(git.top, name), entered);
  const files = new Set([...different.map(({ name }) => name), ...hidden, ...untracked].map(shown));
  const reshaped = different.flatMap(({ name, isReshaped }) => (isReshaped ? [name] : []));
  return {
    base,
    files: [...files].sort(),
    deleted: deleted.map(shown).sort(),
    reshaped: reshaped.map(shown).sort(),
    untracked: new Set(untracked.map(shown)),
    before: async (file) => contentOf(`${base}:${await nameIn(git, file)}`, git),
    tree: () => baseTree(git, base, entered),
  };
}

/** A file that differs, by its name from the top. */
interface Difference {
  readonly name: string;
  readonly isDeleted: boolean;
  readonly isReshaped: boolean;
}

/** `:MODE MODE ID ID STATUS` before each name (git-diff(1), "Raw output format"); of a link the mode is 120000. */
const differencesIn = (parts: readonly string[]): readonly Difference[] =>
  parts.flatMap((part, at): Difference[] => {
    if (at % 2 === 1) return [];
    const [before = '', after, , , status] = part.split(' ');
    const isLink = before === ':120000' || after === '120000';
    return [
      { name: parts[at + 1] ?? '', isDeleted: status === 'D', isReshaped: isLink || status === 'D' || status === 'T' },
    ];
  });

/**
 * What differs, against the index and the files. What `.git/config` says of diffs is overruled: a program to show them,
 * text conversion, an order read from a file, and how far into submodules to look, for which git would be run there.
 */
const DIFF = [
  'diff',
  '--raw',
  '-z',
  '--no-renames',
  '--no-ext-diff',
  '--no-textconv',
  '--no-relative',
  '--ignore-submodules=dirty',
  '-O/dev/null',
] as const;

async function baseOf(ref: string, git: Git): Promise<string> {
  if (ref === '' || ref.startsWith('-') || /\p{Cc}/u.test(ref)) {
    throw new UserError('--changed-since takes a commit, such as origin/main');
  }
  const head = await commitOf('HEAD', git);
  // Before the first commit all there is is new.
  if (head === undefined && ref === 'HEAD') return emptyTree(git);
  await assertOneMeaning(ref, git);
  const from = await commitOf(ref, git);
  if (from === undefined || head === undefined) {
    throw new UserError(`--changed-since ${ref}: git knows no such commit here: ${await howToFetch(git)}`);
  }
  const { code, stdout } = await git.ask('merge-base', from, head);
  const base = textOf(stdout);
  if (code === 0 && base !== '') return base;
  throw new UserError(`--changed-since ${ref}: it has no commit in common with HEAD: ${await howToJoin(git)}`);
}

/**
 * A tag or a branch that is called `origin/main` comes before the remote branch (gitrevisions(7)), and whoever may push one
 * would choose what the change is.
 */
async function assertOneMeaning(ref: string, git: Git): Promise<void> {
  if (ref.startsWith('refs/')) return;
  const names = ['tags', 'heads', 'remotes'].map((kind) => `refs/${kind}/${ref}`);
  const commits = await Promise.all(names.map((name) => commitOf(name, git)));
  if (new Set(commits.filter((commit) => commit !== undefined)).size < 2) return;
  const meant = names.filter((_, at) => commits[at] !== undefined);
  throw new UserError(`--changed-since ${ref}: that may be ${meant.join(' or ')}: name the one that is meant`);
}

async function commitOf(ref: string, git: Git): Promise<string | undefined> {
  const answer = await git.ask('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`);
  if (answer.code === 0) return textOf(answer.stdout);
  if (answer.code === 1 || /single revision|unknown revision|bad revision/i.test(answer.stderr)) return undefined;
  throw new UserError(`--changed-since ${ref}: git cannot tell: ${gitSaid(answer)}`);
}

async function emptyTree(git: Git): Promise<string> {
  return textOf((await expected(git, ['hash-object', '-t', 'tree', '/dev/null'])).stdout);
}

const howToFetch = async (git: Git): Promise<string> => ((await isShallow(git)) ? DEEPEN : 'fetch it, or name another');

/** In a whole clone no fetch joins two histories. */
const howToJoin = async (git: Git): Promise<string> =>
  (await isShallow(git)) ? DEEPEN : 'the two histories are unrelated; name a commit that HEAD comes from';

const DEEPEN = 'this clone is shallow; fetch all of it (actions/checkout: fetch-depth: 0; GitLab: GIT_DEPTH: 0)';

/** A clone of a pipeline holds one commit where nobody asks for more. */
const isShallow = async (git: Git): Promise<boolean> =>
  textOf((await git.ask('rev-parse', '--is-shallow-repository')).stdout) === 'true';

const namesFrom = async (git: Git, args: readonly string[]): Promise<readonly string[]> =>
  partsOf((await expected(git, args)).stdout);

/** What git no longer tracks may lie there still: that is not gone. */
async function goneOf(different: readonly Difference[], git: Git): Promise<readonly string[]> {
  const names = different.flatMap(({ name, isDeleted }) => (isDeleted ? [name] : []));
  const found = await Promise.all(names.map(async (name) => ((await isThere(join(git.top, name))) ? [] : [name])));
  return found.flat();
}

/** Files that git was told to take for unchanged without a look, as far as they are there: nobody knows what is in them. */
async function hiddenFiles(git: Git): Promise<readonly string[]> {
  const told = await namesFrom(git, ['ls-files', '-v', '-z']);
  const hidden = told.filter((line) => /^[a-zS] /.test(line)).map((line) => line.slice(2));
  const found = await Promise.all(hidden.map(async (name) => ((await isThere(join(git.top, name))) ? [name] : [])));
  return found.flat();
}

async function isThere(path: string): Promise<boolean> {
  try {
    await realpath(path);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return false;
    throw fileError(`--changed-since: cannot look at ${path}`, error);
  }
}

async function expected(git: Git, args: readonly string[]) {
  const answer = await git.ask(...args);
  if (answer.code === 0) return answer;
  throw new UserError(`--changed-since: git ${args[0]} did not say: ${gitSaid(answer)}`);
}

async function nameIn({ top }: Git, file: string): Promise<string> {
  const real = join(await realOf(dirname(file)), basename(file));
  return shownPath(real, top);
}

/** A directory that is gone lies where it lay in the nearest one that is there. */
async function realOf(dir: string): Promise<string> {
  return (await isThere(dir)) || dirname(dir) === dir ? realpath(dir) : join(await realOf(dirname(dir)), basename(dir));
}

/** The blob itself: filters and text conversion are for files. */
async function contentOf(name: string, git: Git): Promise<Uint8Array | undefined> {
  const { code, stdout } = await git.ask('cat-file', 'blob', name);
  return code === 0 ? stdout : undefined;
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8').trim();
