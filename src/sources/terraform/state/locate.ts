import { realpath, stat } from 'node:fs/promises';
import { parse, resolve, sep } from 'node:path';
import { assertSystemError, errorCode, UserError, whyUnreadable } from '../../../errors.ts';
import { by } from '../../../model/order.ts';
import { shownPath } from '../../shown-path.ts';
import { leadsOutside, leavesRepository } from '../configuration/bounds.ts';
import { WORKSPACES_DIR } from '../file-names.ts';
import { hasWildcard, stepsOf } from './pattern.ts';
import { type Found, walk } from './walk.ts';
import { type GivenWhere, parseWhere, type RemoteWhere, type Where } from './where.ts';

/** A state on this machine that is to be read. */
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
  /** What is not on this machine, and was not asked yet. */
  readonly elsewhere: readonly { readonly given: GivenWhere; readonly where: RemoteWhere }[];
  /** By the text of each argument, the locators of its places, hidden ones and directories. */
  readonly locators: ReadonlyMap<string, readonly string[]>;
}

/**
 * A directory's own states and those of its workspaces (Terraform documentation, "Backend Type: local"), in small
 * letters or capitals: they may have come from a file system that keeps no difference.
 */
const IN_DIRECTORY = ['*.tfstate', `${WORKSPACES_DIR}/**/*.tfstate`, `${WORKSPACES_DIR}/*/*.tfstate`].map((pattern) =>
  stepsOf(pattern, 'any case'),
);

/** The places as given, and what relative paths start from. */
export interface LocateAsk {
  readonly where: readonly GivenWhere[];
  readonly cwd: string;
}

/**
 * All states on this machine that the arguments mean, sorted, each file once. A UserError when a flag means nothing; what
 * a repository names in vain is a hidden place.
 */
export async function locateStates({ where, cwd }: LocateAsk, signal: AbortSignal): Promise<Located> {
  const places: StatePlace[] = [];
  const hidden: HiddenPlace[] = [];
  const directories = new Set<string>();
  const elsewhere: Located['elsewhere'][number][] = [];
  const byArgument: (readonly [where: string, locator: string])[] = [];
  for (const given of where) {
    const meant = meaningOf(given);
    if (isElsewhere(meant)) {
      elsewhere.push({ given, where: meant });
      continue;
    }
    for (const each of await confined(await candidatesOf(meant, given, cwd, signal), given, cwd)) {
      const locator = locatorOf(each, cwd);
      byArgument.push([given.where, locator]);
      if (each.kind === 'directory') directories.add(each.path);
      else if (each.kind === 'state') places.push({ locator, path: each.path, named: each.named });
      else hidden.push({ locator, reason: each.reason });
    }
  }
  const { distinct, nameOf } = await eachOnce(places);
  return {
    places: distinct,
    hidden: [...new Map(hidden.map((each) => [each.locator, each])).values()],
    directories: [...directories],
    elsewhere,
    locators: locatorsBy(byArgument.map(([argument, locator]) => [argument, nameOf(locator)])),
  };
}

/** Locators by what led to them, each once. */
export function locatorsBy(pairs: Iterable<readonly [where: string, locator: string]>): Map<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const [where, locator] of pairs) found.set(where, (found.get(where) ?? new Set()).add(locator));
  return new Map([...found].map(([where, locators]) => [where, [...locators]]));
}

const NO_FIT =
  'no file fits this pattern: * is any part of one name, ? one character, ** any directories; [ ] and { } stand for themselves';
const NOTHING =
  'no states there (looked for *.tfstate and terraform.tfstate.d); name the file itself if it is called otherwise';

type Unreadable = Extract<Found, { kind: 'unreadable' }>;
/** A WHERE of a repository that means nothing, under a name without what may be secret in it. */
interface Misspelt {
  readonly kind: 'misspelt';
  readonly locator: string;
  readonly reason: string;
}
type Candidate =
  | { readonly kind: 'state'; readonly path: string | null; readonly named: boolean }
  | { readonly kind: 'directory'; readonly path: string }
  | Unreadable
  | Misspelt;

function locatorOf(candidate: Candidate, cwd: string): string {
  if (candidate.kind === 'misspelt') return candidate.locator;
  return candidate.path === null ? '-' : shownPath(candidate.path, cwd);
}

const isElsewhere = (where: Where | Misspelt): where is RemoteWhere =>
  where.kind !== 'path' && where.kind !== 'stdin' && where.kind !== 'misspelt';

/** What a file misspells is a gap; its address may carry a password, so no more of it is shown than its scheme. */
function meaningOf({ where, from }: GivenWhere): Where | Misspelt {
  try {
    const meant = parseWhere(where);
    if (meant.kind === 'stdin' && from === 'repository')
      return { kind: 'misspelt', locator: '-', reason: 'standard input is read for --state on the command line only' };
    return meant;
  } catch (error) {
    if (!(error instanceof UserError) || from === 'flag') throw error;
    const scheme = /^[\w+.-]+:(?:\/\/)?/.exec(where)?.[0] ?? '';
    return { kind: 'misspelt', locator: `${scheme}…`, reason: error.message.replace(/^--state /, '') };
  }
}

async function candidatesOf(
  meant: Exclude<Where, RemoteWhere> | Misspelt,
  given: GivenWhere,
  cwd: string,
  signal: AbortSignal,
): Promise<readonly Candidate[]> {
  if (meant.kind === 'misspelt') return [meant];
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
      if (each.kind === 'misspelt' || each.path === null) return each;
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

/** One entry a file, whatever links lead to it; the first locator in sorted order names it. */
async function eachOnce(places: readonly StatePlace[]) {
  const sorted = places.toSorted(by(({ locator }) => locator));
  const byFile = new Map<string, StatePlace>();
  const names = new Map<string, string>();
  for (const place of sorted) {
    const file = place.path === null ? '-' : await realPathOf(place.path);
    const seen = byFile.get(file) ?? place;
    byFile.set(file, { ...seen, named: seen.named || place.named });
    names.set(place.locator, seen.locator);
  }
  return { distinct: [...byFile.values()], nameOf: (locator: string) => names.get(locator) ?? locator };
}

/** A pipe (`<(…)`) has no real path, and one that cannot be resolved fails when it is read. */
export async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    assertSystemError(error);
    return path;
  }
}
