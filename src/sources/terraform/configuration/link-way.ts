import { readlink } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, parse, sep } from 'node:path';
import { assertSystemError } from '../../../errors.ts';

/** Where a path leads. */
export interface LinkWay {
  /** Every link that is followed on the way, of directories too; each lies in a directory that is none. */
  readonly links: readonly string[];
  /** Where it ends: a real path, also of what is not there. */
  readonly end: string;
}

/** The system gives up after as many (path_resolution(7)): a circle leads nowhere. */
const FARTHEST = 40;

/** Follows absolute paths, each directory once. */
export function createWayfinder(): (path: string) => Promise<LinkWay> {
  // Ways that came to their end: one that waits for itself, a circle, would never.
  const known = new Map<string, LinkWay>();
  const follow = async (path: string, left: number): Promise<LinkWay> => {
    if (dirname(path) === path) return { links: [], end: path };
    const above = await wayTo(dirname(path), left);
    const place = join(above.end, basename(path));
    const target = left === 0 ? undefined : await targetOf(place);
    if (target === undefined) return { links: above.links, end: place };
    const beyond = await wayFrom(isAbsolute(target) ? parse(target).root : above.end, target, left - 1);
    return { links: [...new Set([...above.links, place, ...beyond.links])], end: beyond.end };
  };
  /** Step by step: `..` behind a link leads out of where that ends. */
  const wayFrom = async (dir: string, target: string, left: number): Promise<LinkWay> => {
    let way: LinkWay = { links: [], end: dir };
    for (const name of target.slice(parse(target).root.length).split(SEPARATORS)) {
      if (name === '' || name === '.') continue;
      const { links, end } =
        name === '..' ? { links: [], end: dirname(way.end) } : await wayTo(join(way.end, name), left);
      way = { links: [...way.links, ...links], end };
    }
    return way;
  };
  const wayTo = async (path: string, left: number): Promise<LinkWay> => {
    const way = known.get(path) ?? (await follow(path, left));
    known.set(path, way);
    return way;
  };
  return (path) => wayTo(path, FARTHEST);
}

const SEPARATORS = sep === '/' ? /\// : /[\\/]/;

/** undefined for what is no link, or cannot be looked at: whoever reads it tells. */
async function targetOf(place: string): Promise<string | undefined> {
  try {
    return await readlink(place);
  } catch (error) {
    assertSystemError(error);
    return undefined;
  }
}
