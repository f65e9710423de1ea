import { realpath, stat } from 'node:fs/promises';
import { parse, relative, resolve, sep } from 'node:path';
import { errorCode, UserError, whyUnreadable } from '../../../errors.ts';
import { by } from '../../../model/order.ts';
import { hasWildcard, stepsOf } from './pattern.ts';
import { type Found, walk } from './walk.ts';
import { pathIn } from './where.ts';

/** A state to be read. */
export interface StatePlace {
  /** Relative to the working directory, with `/` between names; `-` is standard input. */
  readonly locator: string;
  /** Absolute; null for standard input. */
  readonly path: string | null;
  /** False when a directory or a pattern led here: what turns out to be a lock is then passed over. */
  readonly named: boolean;
}

/** A place that could hold states and could not be looked into. */
export interface HiddenPlace {
  readonly locator: string;
  readonly reason: string;
}

/** What the arguments mean, and where it could not be looked. */
export interface Located {
  readonly places: readonly StatePlace[];
  readonly hidden: readonly HiddenPlace[];
  /** Absolute paths of the directories that arguments mean, each once. */
  readonly directories: readonly string[];
}

const WORKSPACES = 'terraform.tfstate.d';

/**
 * A directory's own states and those of its workspaces (Terraform documentation, "Backend Type: local"), in small
 * letters or capitals: they may have come from a file system that keeps no difference.
 */
const IN_DIRECTORY = ['*.tfstate', `${WORKSPACES}/**/*.tfstate`, `${WORKSPACES}/*/*.tfstate`].map((pattern) =>
  stepsOf(pattern, 'any case'),
);

/** The `--state` arguments as given, and what relative ones start from. */
export interface LocateAsk {
  readonly where: readonly string[];
  readonly cwd: string;
}

/** All states that the `--state` arguments mean, sorted, each file once. A UserError when one of them means none. */
export async function locateStates({ where, cwd }: LocateAsk, signal: AbortSignal): Promise<Located> {
  const places: StatePlace[] = [];
  const hidden: HiddenPlace[] = [];
  const directories = new Set<string>();
  for (const argument of where) {
    const found = await placesOf(argument, cwd, signal);
    if (found.every(({ kind }) => kind === 'directory')) throw new UserError(`--state ${argument}: ${NOTHING}`);
    for (const each of found) {
      const locator = each.path === null ? '-' : locatorIn(cwd, each.path);
      if (each.kind === 'directory') directories.add(each.path);
      else if (each.kind === 'unreadable') hidden.push({ locator, reason: each.reason });
      else places.push({ locator, path: each.path, named: each.named });
    }
  }
  return {
    places: await eachOnce(places),
    hidden: [...new Map(hidden.map((each) => [each.locator, each])).values()],
    directories: [...directories],
  };
}

/** How a path is called in reports: from the working directory, with `/` between names. */
export const locatorIn = (cwd: string, path: string): string => relative(cwd, path).split(sep).join('/') || '.';

const NOTHING =
  'no states there (looked for *.tfstate and terraform.tfstate.d); name the file itself if it is called otherwise';

type Unreadable = Extract<Found, { kind: 'unreadable' }>;
type Candidate =
  | { readonly kind: 'state'; readonly path: string | null; readonly named: boolean }
  | { readonly kind: 'directory'; readonly path: string }
  | Unreadable;

async function placesOf(where: string, cwd: string, signal: AbortSignal): Promise<readonly Candidate[]> {
  const argument = pathIn(where);
  if (argument === '-') return [{ kind: 'state', path: null, named: true }];
  const path = resolve(cwd, argument);
  const kind = await kindOf(path);
  if (kind === 'directory') return statesIn(path, signal);
  if (kind === 'other') return [{ kind: 'state', path, named: true }];
  if (hasWildcard(argument)) return statesLike(argument, cwd, signal);
  if (kind === 'missing') throw new UserError(`--state ${where}: no such file or directory`);
  return [kind];
}

async function kindOf(path: string): Promise<'directory' | 'other' | 'missing' | Unreadable> {
  try {
    return (await stat(path)).isDirectory() ? 'directory' : 'other';
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return 'missing';
    return { kind: 'unreadable', path, reason: whyUnreadable(error) };
  }
}

async function statesIn(directory: string, signal: AbortSignal): Promise<readonly Candidate[]> {
  const found: Candidate[] = [{ kind: 'directory', path: directory }];
  for (const steps of IN_DIRECTORY) {
    for await (const each of walk(directory, steps, signal)) if (each.kind !== 'directory') found.push(candidate(each));
    if (found.some((each) => each.kind === 'unreadable' && each.path === directory)) break;
  }
  return found;
}

async function statesLike(pattern: string, cwd: string, signal: AbortSignal): Promise<readonly Candidate[]> {
  const root = parse(pattern).root;
  const steps = stepsOf(pattern.slice(root.length).split(sep).join('/'));
  const found: Candidate[] = [];
  for await (const each of walk(root || cwd, steps, signal)) {
    if (each.kind === 'directory') found.push(...(await statesIn(each.path, signal)));
    else found.push(candidate(each));
  }
  return found;
}

const candidate = (found: Exclude<Found, { kind: 'directory' }>): Candidate =>
  found.kind === 'unreadable' ? found : { kind: 'state', path: found.path, named: false };

/** One entry a file, whatever links lead to it; the first locator in sorted order names it. */
async function eachOnce(places: readonly StatePlace[]): Promise<readonly StatePlace[]> {
  const sorted = places.toSorted(by(({ locator }) => locator));
  const byFile = new Map<string, StatePlace>();
  for (const place of sorted) {
    const file = place.path === null ? '-' : await realPathOf(place.path);
    const seen = byFile.get(file);
    byFile.set(file, seen === undefined ? place : { ...seen, named: seen.named || place.named });
  }
  return [...byFile.values()];
}

/** A pipe (`<(…)`) has no real path, and one that cannot be resolved fails when it is read. */
export async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    whyUnreadable(error);
    return path;
  }
}
