import { stat } from 'node:fs/promises';
import { parse, resolve, sep } from 'node:path';
import { errorCode, UserError, whyUnreadable } from '../../../errors.ts';
import { realPathOf } from '../../real-path.ts';
import { leadsOutside, leavesRepository } from '../configuration/bounds.ts';
import { WORKSPACES_DIR } from '../file-names.ts';
import { hasWildcard, stepsOf } from './pattern.ts';
import { type Found, walk } from './walk.ts';
import type { GivenWhere, LocalWhere } from './where.ts';

/** What an argument leads to: a state (null is standard input), a directory that it means, or what cannot be looked at. */
export type Candidate =
  | { readonly kind: 'state'; readonly path: string | null; readonly named: boolean }
  | { readonly kind: 'directory'; readonly path: string }
  | Unreadable;
type Unreadable = Extract<Found, { kind: 'unreadable' }>;

/**
 * A directory's own states and those of its workspaces (Terraform documentation, "Backend Type: local"), in small
 * letters or capitals: they may have come from a file system that keeps no difference.
 */
const IN_DIRECTORY = ['*.tfstate', `${WORKSPACES_DIR}/**/*.tfstate`, `${WORKSPACES_DIR}/*/*.tfstate`].map((pattern) =>
  stepsOf(pattern, 'any case'),
);

const NO_FIT =
  'no file fits this pattern: * is any part of one name, ? one character, ** any directories; [ ] and { } stand for themselves';
const NOTHING =
  'no states there (looked for *.tfstate and terraform.tfstate.d); name the file itself if it is called otherwise';

/**
 * What one argument leads to on this machine. A UserError where a flag leads to nothing; where a repository's word does,
 * an unreadable candidate.
 */
export async function candidatesOf(
  meant: LocalWhere,
  given: GivenWhere,
  cwd: string,
  signal: AbortSignal,
): Promise<readonly Candidate[]> {
  return confined(await candidatesAt(meant, given, cwd, signal), given, cwd);
}

async function candidatesAt(
  meant: LocalWhere,
  given: GivenWhere,
  cwd: string,
  signal: AbortSignal,
): Promise<readonly Candidate[]> {
  if (meant.kind === 'stdin') return [{ kind: 'state', path: null, named: true }];
  const found = await placesOf(meant.path, given, cwd, signal);
  const candidates = found === 'missing' ? [] : found;
  const nothing = hasWildcard(meant.path) && candidates.length === 0 ? NO_FIT : NOTHING;
  const reason = found === 'missing' ? 'no such file or directory' : nothing;
  if (candidates.some(({ kind }) => kind !== 'directory') || given.mayBeNone === true) return candidates;
  if (given.from === 'flag') throw new UserError(`--state ${given.where}: ${reason}`);
  return [...candidates, { kind: 'unreadable', path: resolve(cwd, meant.path), reason }];
}

/** What a link or a pattern leads to outside of where this place may lead is not read, whoever named it. */
function confined(
  candidates: readonly Candidate[],
  { within }: GivenWhere,
  cwd: string,
): Promise<readonly Candidate[]> {
  return Promise.all(
    candidates.map(async (each) => {
      if (each.path === null) return each;
      const named = within === undefined ? undefined : leadsOutside(await realPathOf(each.path), within);
      const reason = named ?? (await leavesRepository(each.path, cwd));
      return reason === undefined ? each : { kind: 'unreadable', path: each.path, reason };
    }),
  );
}

async function placesOf(
  argument: string,
  { from }: GivenWhere,
  cwd: string,
  signal: AbortSignal,
): Promise<readonly Candidate[] | 'missing'> {
  const path = resolve(cwd, argument);
  const kind = await kindOf(path);
  if (kind === 'directory') return statesIn(path, signal);
  if (kind === 'special' && from === 'repository') return [{ kind: 'unreadable', path, reason: 'no regular file' }];
  if (kind === 'file' || kind === 'special') return [{ kind: 'state', path, named: true }];
  if (hasWildcard(argument)) return statesLike(argument, cwd, signal);
  return kind === 'missing' ? kind : [kind];
}

/** `special`: pipes and devices, which `<(…)` is and which may never end. */
async function kindOf(path: string): Promise<'directory' | 'file' | 'special' | 'missing' | Unreadable> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return 'directory';
    return found.isFile() ? 'file' : 'special';
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
