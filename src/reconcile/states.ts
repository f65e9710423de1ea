import type { Coverage, Diagnostic } from '../model/coverage.ts';
import type { RootFact } from '../model/facts.ts';
import { grouped } from '../model/grouped.ts';

/** Which of the states that were read count, and which are copies of one that does. */
export interface StateChoice {
  /** Locators whose managed instances are management. */
  readonly authoritative: ReadonlySet<string>;
  /** Those of them that are the newest of their whole lineage; the others are only what a root of several has. */
  readonly newest: ReadonlySet<string>;
  /** Lineages among the authoritative ones; a state without a lineage is its own. */
  readonly lineages: number;
  /** Locators of states that share lineage and serial but not content, by each of these locators. */
  readonly splits: ReadonlyMap<string, readonly string[]>;
  readonly diagnostics: readonly Diagnostic[];
}

interface ReadState {
  readonly locator: string;
  readonly lineage: string;
  readonly serial: number;
  readonly digest: string;
}

/**
 * One lineage is one state: of copies, backups and workspace twins the highest serial counts (hashicorp/terraform,
 * internal/states/statefile/file.go: serials compare within one lineage).
 * Where several roots have copies of one state, as environments have that were copied with it, each applies its own:
 * the newest of each root counts, too. An `errored.tfstate` never counts: it is what a crashed apply could not persist.
 */
export function chooseStates(
  coverage: readonly Coverage[],
  roots: readonly Pick<RootFact, 'root' | 'states'>[],
): StateChoice {
  const authoritative = new Set<string>();
  const newestOfAll = new Set<string>();
  const rootsOf = rootsByState(roots);
  const splits = new Map<string, readonly string[]>();
  const diagnostics: Diagnostic[] = [];
  const families = grouped(readStates(coverage), familyOf);
  for (const copies of families.values()) {
    const newest = newestOf(copies);
    const serial = newest[0]?.serial;
    const contents = distinctContents(newest);
    for (const { locator } of contents) newestOfAll.add(locator);
    for (const { locator } of [...contents, ...newestOfRoots(copies, rootsOf)]) authoritative.add(locator);
    if (contents.length > 1) {
      const locators = contents.map((content) => content.locator);
      for (const locator of locators) splits.set(locator, locators);
      diagnostics.push(warn(`${locators.join(' and ')} share a lineage and serial ${serial} but differ in content`));
    }
    for (const copy of copies) {
      if (!authoritative.has(copy.locator)) diagnostics.push(superseded(copy, newest));
    }
  }
  return { authoritative, newest: newestOfAll, lineages: families.size, splits, diagnostics };
}

function readStates(coverage: readonly Coverage[]): readonly ReadState[] {
  return coverage.flatMap(({ source, locator, state }) =>
    source === 'state' && locator !== undefined && state !== undefined && !state.errored ? [{ locator, ...state }] : [],
  );
}

type RootsByState = ReadonlyMap<string, ReadonlySet<string>>;

function rootsByState(roots: readonly Pick<RootFact, 'root' | 'states'>[]): RootsByState {
  const found = new Map<string, Set<string>>();
  for (const { root, states } of roots) {
    for (const locator of states ?? []) found.set(locator, (found.get(locator) ?? new Set()).add(root));
  }
  return found;
}

/** What each root has of its own, where several have copies of one state. */
function newestOfRoots(copies: readonly ReadState[], rootsOf: RootsByState): readonly ReadState[] {
  const owned = copies.flatMap((copy) => [...(rootsOf.get(copy.locator) ?? [])].map((root) => ({ root, copy })));
  const byRoot = grouped(owned, ({ root }) => root);
  if (byRoot.size < 2) return [];
  return [...byRoot.values()].flatMap((own) => distinctContents(newestOf(own.map(({ copy }) => copy))));
}

function newestOf(copies: readonly ReadState[]): readonly ReadState[] {
  const serial = Math.max(...copies.map((copy) => copy.serial));
  return copies.filter((copy) => copy.serial === serial);
}

const familyOf = ({ lineage, locator }: ReadState): string => (lineage === '' ? `\0${locator}` : lineage);

function distinctContents(copies: readonly ReadState[]): readonly ReadState[] {
  const byDigest = new Map<string, ReadState>();
  for (const copy of copies) if (!byDigest.has(copy.digest)) byDigest.set(copy.digest, copy);
  return [...byDigest.values()];
}

function superseded(copy: ReadState, newest: readonly ReadState[]): Diagnostic {
  const by = newest.find((other) => other.digest === copy.digest) ?? newest[0];
  const why = by?.serial === copy.serial ? 'the same content' : `serial ${copy.serial} before ${by?.serial}`;
  return { level: 'info', source: 'state', message: `${copy.locator} is superseded by ${by?.locator} (${why})` };
}

const warn = (message: string): Diagnostic => ({ level: 'warning', source: 'state', message });
