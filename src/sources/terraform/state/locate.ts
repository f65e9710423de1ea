import pLimit from 'p-limit';
import { UserError } from '../../../errors.ts';
import { by } from '../../../model/order.ts';
import { realPathOf } from '../../real-path.ts';
import { shownPath } from '../../shown-path.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
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

/** Arguments looked at side by side: each waits for the file system several times in turn. */
const ARGUMENTS_AT_ONCE = 16;

/** The places as given, and what relative paths start from. */
export interface LocateAsk {
  readonly where: readonly GivenWhere[];
  readonly cwd: string;
}

/**
 * All states on this machine that the arguments mean, sorted, each file once. A UserError when a flag means nothing: of the
 * first that can be no place, before anything is looked at, else of the first that leads to nothing. What a repository
 * names in vain is a hidden place.
 */
export async function locateStates({ where, cwd }: LocateAsk, signal: AbortSignal): Promise<Located> {
  const meanings = where.map((given) => ({ given, meant: meaningOf(given) }));
  const looks = meanings.flatMap(({ given, meant }) => {
    if (isElsewhere(meant)) return [];
    const look = (stop: AbortSignal) => (meant.kind === 'misspelt' ? [meant] : candidatesOf(meant, given, cwd, stop));
    return [async (stop: AbortSignal) => ({ argument: given.where, led: await look(stop) })];
  });
  const places: StatePlace[] = [];
  const hidden: HiddenPlace[] = [];
  const directories = new Set<string>();
  const byArgument: (readonly [where: string, locator: string])[] = [];
  for (const { argument, led } of await inOrder(looks, signal)) {
    for (const each of led) {
      const locator = locatorOf(each, cwd);
      byArgument.push([argument, locator]);
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
    elsewhere: meanings.flatMap(({ given, meant }) => (isElsewhere(meant) ? [{ given, where: meant }] : [])),
    locators: locatorsBy(byArgument.map(([argument, locator]) => [argument, nameOf(locator)])),
  };
}

/** Locators by what led to them, each once. */
export function locatorsBy(pairs: Iterable<readonly [where: string, locator: string]>): Map<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const [where, locator] of pairs) found.set(where, (found.get(where) ?? new Set()).add(locator));
  return new Map([...found].map(([where, locators]) => [where, [...locators]]));
}

/** A WHERE of a repository that means nothing, under a name without what may be secret in it. */
interface Misspelt {
  readonly kind: 'misspelt';
  readonly locator: string;
  readonly reason: string;
}

function locatorOf(led: Candidate | Misspelt, cwd: string): string {
  if (led.kind === 'misspelt') return led.locator;
  return led.path === null ? '-' : shownPath(led.path, cwd);
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

/** What they give, in their order. The first in that order that fails ends the rest: one may be searching a whole disk. */
async function inOrder<T>(
  looks: readonly ((signal: AbortSignal) => Promise<T>)[],
  signal: AbortSignal,
): Promise<readonly T[]> {
  const rest = new AbortController();
  const stop = AbortSignal.any([signal, rest.signal]);
  const limit = pLimit(ARGUMENTS_AT_ONCE);
  const begun = looks.map((look) =>
    limit(() => {
      stop.throwIfAborted();
      return look(stop);
    }),
  );
  const ended = Promise.allSettled(begun);
  try {
    const given: T[] = [];
    for (const each of begun) given.push(await each);
    return given;
  } finally {
    rest.abort();
    await ended;
  }
}

/** One entry a file, whatever links lead to it; the first locator in sorted order names it. */
async function eachOnce(places: readonly StatePlace[]) {
  const sorted = places.toSorted(by(({ locator }) => locator));
  const files = sorted.map(async (place) => ({
    place,
    file: place.path === null ? '-' : await realPathOf(place.path),
  }));
  const byFile = new Map<string, StatePlace>();
  const names = new Map<string, string>();
  for (const { place, file } of await Promise.all(files)) {
    const seen = byFile.get(file) ?? place;
    byFile.set(file, { ...seen, named: seen.named || place.named });
    names.set(place.locator, seen.locator);
  }
  return { distinct: [...byFile.values()], nameOf: (locator: string) => names.get(locator) ?? locator };
}
