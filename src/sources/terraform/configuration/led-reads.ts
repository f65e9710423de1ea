import { posix, resolve } from 'node:path';
import type { Undecided } from '../../../model/facts/configuration.ts';
import type { Fact } from '../../../model/facts.ts';
import { realPathOf } from '../../real-path.ts';
import { shownPath } from '../../shown-path.ts';
import { evaluated, NOTHING } from './expressions.ts';
import { parseTemplate } from './language/parse.ts';
import { createWayfinder, type LinkWay } from './link-way.ts';
import { filesIn } from './mentions.ts';
import type { ModuleSource } from './module-reader.ts';
import { type Read, readBy } from './read-paths.ts';
import type { ReadFile } from './repository-file.ts';

/** How files that configuration names are found and read. */
interface Finding {
  readonly cwd: string;
  readonly text: ReadFile;
}

/**
 * Gives facts of a root what its functions read by the files that they name: what templates read in their turn, and where
 * links lead, each link on the way as well, for git names files by that.
 */
export async function createReadLeader({
  cwd,
  text,
}: Finding): Promise<(facts: readonly Fact[], root: ModuleSource) => Promise<readonly Fact[]>> {
  const entered = await realPathOf(cwd);
  const wayTo = createWayfinder();
  const ways = async (places: readonly string[]): Promise<readonly LinkWay[]> =>
    Promise.all(places.map((place) => wayTo(resolve(cwd, place))));
  const shown = (paths: readonly string[]): readonly string[] => paths.map((path) => shownPath(path, entered));
  const led = async (
    undecided: Undecided,
    ofTemplate: (place: string) => Promise<readonly Read[]>,
  ): Promise<Undecided> => {
    const { reads = [], lists = [], ...rest } = undecided;
    if (reads.length === 0 && lists.length === 0) return undecided;
    const inner = (await Promise.all(reads.map(ofTemplate))).flat();
    const of = (kind: Read['kind']): readonly string[] =>
      inner.flatMap((each) => (each.kind === kind ? [each.place] : []));
    const [read, listed] = [
      [...reads, ...of('reads')],
      [...lists, ...of('lists')],
    ];
    const [toRead, toListed] = [await ways(read), await ways(listed)];
    const ends = (places: readonly string[], led: readonly LinkWay[]): readonly string[] =>
      places.map((place, at) => `${shown([led[at]?.end ?? place])}${place.endsWith('/') ? '/' : ''}`);
    const links = [...toRead, ...toListed].flatMap((way) => way.links);
    const all = sorted([...read, ...shown(links), ...ends(read, toRead)]);
    const there = sorted([...listed, ...ends(listed, toListed)]);
    return {
      ...rest,
      ...(all.length > 0 ? { reads: all } : {}),
      ...(there.length > 0 ? { lists: there } : {}),
    };
  };
  return async (facts, root) => {
    const ofTemplate = once((place: string) => readByTemplate(place, root, { cwd, text }));
    const ledOnce = once((undecided: Undecided) => led(undecided, ofTemplate));
    return Promise.all(
      facts.map(async (fact) =>
        fact.kind === 'configuration' && fact.undecided !== undefined
          ? { ...fact, undecided: await Promise.all(fact.undecided.map(ledOnce)) }
          : fact,
      ),
    );
  };
}

/** Asks once for each: many keys are decided by one file. */
function once<Of, Found>(find: (of: Of) => Promise<Found>): (of: Of) => Promise<Found> {
  const known = new Map<Of, Promise<Found>>();
  return (of) => {
    const found = known.get(of) ?? find(of);
    known.set(of, found);
    return found;
  };
}

const sorted = (places: readonly string[]): string[] => [...new Set(places)].sort();

/** What a file reads if it is a template: paths in it are from the root (Terraform language, "templatefile"). */
async function readByTemplate(place: string, root: ModuleSource, { cwd, text }: Finding): Promise<readonly Read[]> {
  const content = await text(resolve(cwd, place));
  if (typeof content !== 'string' || !/[$%]\{/.test(content) || !CALL.test(content)) return [];
  const anywhere: readonly Read[] = [root.path, posix.dirname(place)].map((dir) => ({ kind: 'reads', place: dir }));
  const parsed = parseTemplate(content);
  if (!parsed.ok) return anywhere;
  return filesIn(parsed.value).flatMap(({ name, arguments: given = [] }) => {
    const values = given.map((path) => evaluated({ name: 'path', line: 1, text: path }, NOTHING));
    return readBy(name, values, root) ?? anywhere;
  });
}

/** A call of a function that reads files, also with a comment between. */
const CALL = /\bfile\w*\s*(?:\(|\/\*|#|\/\/)/;
