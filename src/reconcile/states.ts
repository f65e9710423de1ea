import type { Coverage, Diagnostic } from '../model/coverage.ts';
import { grouped } from '../model/grouped.ts';

/** Which of the states that were read count, and which are copies of one that does. */
export interface StateChoice {
  /** Locators whose managed instances are management. */
  readonly authoritative: ReadonlySet<string>;
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
 * An `errored.tfstate` never counts: it is what a crashed apply could not persist.
 */
export function chooseStates(coverage: readonly Coverage[]): StateChoice {
  const authoritative = new Set<string>();
  const splits = new Map<string, readonly string[]>();
  const diagnostics: Diagnostic[] = [];
  const families = grouped(readStates(coverage), familyOf);
  for (const copies of families.values()) {
    const serial = Math.max(...copies.map((copy) => copy.serial));
    const newest = copies.filter((copy) => copy.serial === serial);
    const contents = distinctContents(newest);
    for (const content of contents) authoritative.add(content.locator);
    if (contents.length > 1) {
      const locators = contents.map((content) => content.locator);
      for (const locator of locators) splits.set(locator, locators);
      diagnostics.push(warn(`${locators.join(' and ')} share a lineage and serial ${serial} but differ in content`));
    }
    for (const copy of copies) {
      if (!authoritative.has(copy.locator)) diagnostics.push(superseded(copy, newest));
    }
  }
  return { authoritative, lineages: families.size, splits, diagnostics };
}

function readStates(coverage: readonly Coverage[]): readonly ReadState[] {
  return coverage.flatMap(({ source, locator, state }) =>
    source === 'state' && locator !== undefined && state !== undefined && !state.errored ? [{ locator, ...state }] : [],
  );
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
