import pLimit from 'p-limit';
import { UserError } from '../../../errors.ts';
import { realPathOf } from '../../../files/real-path.ts';
import { by } from '../../../model/order.ts';
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

/** An argument waits for the file system several times in turn. */
const AT_ONCE = 16;

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
  const meanings = where.map((given) => ({ given, meant: meaningOf(given) }));
  const limit = pLimit(AT_ONCE);
  const looks = meanings.flatMap(({ given, meant }) => {
    if (isElsewhere(meant)) return [];
    const look = () => (meant.kind === 'misspelt' ? [meant] : candidatesOf(meant, given, cwd, signal));
    return [limit(async () => ({ argument: given.where, led: await look() }))];
  });
  const places: StatePlace[] = [];
  const hidden: HiddenPlace[] = [];
  const directories = new Set<string>();
  const byArgument: (readonly [where: string, locator: string])[] = [];
  for (const { argument, led } of await inOrder(looks)) {
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

/** What they give, in their order; of their errors the first in that order, whichever came first. */
async function inOrder<T>(looks: readonly Promise<T>[]): Promise<readonly T[]> {
  const ended = await Promise.allSettled(looks);
  return ended.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  });
}

/** One entry a file, whatever links lead to it; the first locator in sorted order names it. */
async function eachOnce(places: readonly StatePlace[]) {
  const sorted = places.toSorted(by(({ locator }) => locator));
  const files = await Promise.all(sorted.map(({ path }) => (path === null ? '-' : realPathOf(path))));
  const byFile = new Map<string, StatePlace>();
  const names = new Map<string, string>();
  for (const [n, place] of sorted.entries()) {
    const file = files[n] ?? place.locator;
    const seen = byFile.get(file) ?? place;
    byFile.set(file, { ...seen, named: seen.named || place.named });
    names.set(place.locator, seen.locator);
  }
  return { distinct: [...byFile.values()], nameOf: (locator: string) => names.get(locator) ?? locator };
}
