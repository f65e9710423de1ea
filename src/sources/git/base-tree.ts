import { join, posix } from 'node:path';
import { UserError } from '../../errors.ts';
import { grouped } from '../../model/grouped.ts';
import { shownPath } from '../shown-path.ts';
import { type Git, gitSaid, partsOf } from './git.ts';

/** What a commit holds. Paths are from the working directory, with slashes. */
export interface BaseTree {
  /** Every file and link. */
  readonly paths: readonly string[];
  /** The texts of some of them, links followed within the commit; one that this clone does not hold has none. */
  readonly texts: (paths: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** Lists a commit; `entered` is the real path of the working directory. Throws UserError where git cannot. */
export async function baseTree(git: Git, base: string, entered: string): Promise<BaseTree> {
  const answer = await git.ask('ls-tree', '-r', '-z', '--full-tree', base);
  if (answer.code !== 0) throw new UserError(`--changed-since: git ls-tree did not say: ${gitSaid(answer)}`);
  const entries = new Map<string, Entry>();
  for (const line of partsOf(answer.stdout)) {
    const [, mode = '', id = '', name = ''] = ENTRY.exec(line) ?? [];
    if (name !== '') entries.set(shownPath(join(git.top, name), entered), { id, isLink: mode === LINK });
  }
  return {
    paths: [...entries.keys()],
    texts: async (paths) => {
      const places = await ends(new Map(paths.map((path) => [path, path])), entries, git);
      const texts = await blobs(
        [...places.values()].flatMap((path) => entries.get(path)?.id ?? []),
        git,
      );
      return new Map(
        [...places].flatMap(([path, end]) => {
          const text = texts.get(entries.get(end)?.id ?? '');
          return text === undefined ? [] : [[path, text] as const];
        }),
      );
    },
  };
}

interface Entry {
  readonly id: string;
  readonly isLink: boolean;
}

/** A submodule is a commit, and holds no file here. */
const ENTRY = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s;
const LINK = '120000';

/** Links of links; a circle has no end. */
const FARTHEST = 8;

/** Where each path leads by links that are files of the commit; what leads elsewhere is left out. */
async function ends(
  from: ReadonlyMap<string, string>,
  entries: ReadonlyMap<string, Entry>,
  git: Git,
): Promise<ReadonlyMap<string, string>> {
  let places = from;
  for (let hop = 0; hop < FARTHEST; hop++) {
    const links = [...places.values()].flatMap((path) => {
      const entry = entries.get(path);
      return entry?.isLink ? [{ path, id: entry.id }] : [];
    });
    if (links.length === 0) return places;
    const targets = await blobs(
      links.map(({ id }) => id),
      git,
    );
    const led = new Map(links.map(({ path, id }) => [path, targets.get(id)]));
    places = new Map([...places].map(([path, at]) => [path, led.has(at) ? ledFrom(at, led.get(at)) : at]));
  }
  return places;
}

const ledFrom = (path: string, target = ''): string => posix.join(posix.dirname(path), target);

/** The texts of blobs by their ids, in one go; filters and text conversion are for files. */
async function blobs(ids: readonly string[], git: Git): Promise<ReadonlyMap<string, string>> {
  const asked = [...grouped(ids, (id) => id).keys()];
  if (asked.length === 0) return new Map();
  const answer = await git.feed(`${asked.join('\n')}\n`, 'cat-file', '--batch');
  if (answer.code !== 0) throw new UserError(`--changed-since: git cat-file did not say: ${gitSaid(answer)}`);
  return batched(Buffer.from(answer.stdout));
}

/** `ID SP blob SP SIZE LF BYTES LF` for each, or `ID SP missing LF` (git-cat-file(1), "BATCH OUTPUT"). */
function batched(bytes: Buffer): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf('\n', at);
    if (end < 0) break;
    const [id = '', type, size] = bytes.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (type !== 'blob') continue;
    texts.set(id, bytes.toString('utf8', at, at + Number(size)));
    at += Number(size) + 1;
  }
  return texts;
}
