import type { Dirent } from 'node:fs';
import { join, resolve } from 'node:path';
import { by } from '../../../model/order.ts';
import { plural } from '../../../model/plural.ts';
import { realPathOf } from '../../real-path.ts';
import { shownPath } from '../../shown-path.ts';
import { DATA_DIR, isState } from '../file-names.ts';
import type { HiddenPlace, Located } from './locate.ts';
import { at, list } from './walk.ts';

/** What Terraform, git and npm keep for themselves: working copies and settings, never the states of an estate. */
const NOT_ENTERED = new Set([DATA_DIR, '.git', 'node_modules']);

const ENTRIES = 20_000;
const NAMED = 3;

/**
 * For each directory that was given, the state files below it (by their names) that none of the arguments means, and
 * what could not be looked through: keys that only these hold look like keys that no state holds. Links to directories
 * are looked into, and followed no further. `limit`: entries after which it stops, and says so.
 */
export async function unreadBelow(
  { places, hidden, directories }: Located,
  cwd: string,
  signal: AbortSignal,
  limit: number = ENTRIES,
): Promise<readonly HiddenPlace[]> {
  if (directories.length === 0) return [];
  const read = await Promise.all(places.flatMap(({ path }) => (path === null ? [] : [realPathOf(path)])));
  const known = new Set([...hidden.map(({ locator }) => resolve(cwd, locator)), ...read]);
  const entered = new Set<string>();
  const gaps: HiddenPlace[] = [];
  for (const directory of directories) {
    const below = await search(directory, { known, entered, limit, signal });
    const locator = shownPath(directory, cwd);
    const found = [...foundIn(below, cwd), ...(below.isWhole ? [] : [tooMany(limit)])];
    if (found.length === 0) continue;
    const toDo = below.states.length === 0 ? INSTEAD : `${asWell(locator)}, or ${INSTEAD}`;
    gaps.push({ locator, reason: `${found.join('; ')}: ${toDo}` });
  }
  return gaps;
}

function foundIn({ states, closed }: Below, cwd: string): readonly string[] {
  const told = (what: string, paths: readonly string[]) => {
    const names = paths.slice(0, NAMED).map((path) => shownPath(path, cwd));
    return `${what} (${[...names, ...(paths.length > NAMED ? ['…'] : [])].join(', ')})`;
  };
  const were = states.length === 1 ? 'was' : 'were';
  const directories = closed.length === 1 ? 'directory' : 'directories';
  return [
    ...(states.length === 0 ? [] : [told(`${plural(states.length, 'state file')} below it ${were} not read`, states)]),
    ...(closed.length === 0 ? [] : [told(`${closed.length} ${directories} below it could not be looked into`, closed)]),
  ];
}

const tooMany = (limit: number): string =>
  `more than ${limit} entries below it, not all looked through for state files`;

const INSTEAD = 'name the files that count instead of the directory';

const asWell = (locator: string): string => `give them too (as '${locator === '.' ? '' : `${locator}/`}**/*.tfstate')`;

interface Searching {
  /** Real paths of what is read or told already. */
  readonly known: Set<string>;
  readonly entered: Set<string>;
  readonly limit: number;
  readonly signal: AbortSignal;
}

interface Below {
  readonly states: readonly string[];
  /** Directories that could not be looked into. */
  readonly closed: readonly string[];
  readonly isWhole: boolean;
}

/** Level by level, so that what is near is found before the limit is reached. */
async function search(directory: string, { known, entered, limit, signal }: Searching): Promise<Below> {
  const states: string[] = [];
  const closed: string[] = [];
  const waiting = [directory];
  let seen = 0;
  let isWhole = true;
  const entriesOf = async (path: string): Promise<readonly Dirent[]> => {
    signal.throwIfAborted();
    isWhole &&= seen <= limit;
    if (!isWhole) return [];
    const { entries, failure } = await list(path);
    if (failure !== undefined && !known.has(path)) closed.push(path);
    seen += entries.length;
    return entries.toSorted(by(({ name }) => name));
  };
  const note = async (path: string): Promise<void> => {
    const file = await realPathOf(path);
    if (!known.has(file)) states.push(path);
    known.add(file);
  };
  for (const path of waiting) {
    if (entered.has(path)) continue;
    entered.add(path);
    for (const entry of await entriesOf(path)) {
      if (NOT_ENTERED.has(entry.name)) continue;
      const inner = join(path, entry.name);
      const kind = await kindOf(inner, entry);
      if (kind === 'directory') waiting.push(inner);
      else if (kind === 'link to a directory') {
        for (const linked of await entriesOf(inner)) if (isStateFile(linked)) await note(join(inner, linked.name));
      } else if (kind === 'file' && isStateFile(entry)) await note(inner);
    }
  }
  return { states, closed, isWhole };
}

const isStateFile = (entry: Dirent): boolean => isState(entry.name) && !entry.isDirectory();

/** A link that leads nowhere is a file by its name: what it should lead to may be a state. */
async function kindOf(path: string, entry: Dirent): Promise<'directory' | 'link to a directory' | 'file' | 'other'> {
  if (entry.isDirectory()) return 'directory';
  if (!entry.isSymbolicLink()) return entry.isFile() ? 'file' : 'other';
  const target = await at(path, true);
  if (target === undefined) return 'other';
  return target.kind === 'directory' ? 'link to a directory' : 'file';
}
