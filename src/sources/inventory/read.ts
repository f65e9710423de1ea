import { UserError } from '../../errors.ts';
import type { Coverage, Diagnostic } from '../../model/coverage.ts';
import type { Fact } from '../../model/facts.ts';
import type { Inventory, InventoryHeader } from '../../model/inventory.ts';
import { CutShortError } from './gunzip.ts';
import type { InventoryFooter, InventoryLine } from './line.ts';
import { type Line, readLines } from './lines.ts';
import { parseLine } from './parse-line.ts';

/** Why coverage from a file without its end is not complete: a later line may have taken something away from it. */
export const INCOMPLETE = 'the inventory file is incomplete';

/**
 * A saved inventory. A line that is none of this version is a UserError with path and line. A file that was cut short
 * (no footer, other counts than the footer's, gzip that stops) gives what it holds, and none of its coverage is complete.
 */
export const readInventory = (path: string, signal: AbortSignal): Promise<Inventory> =>
  inventoryFrom(path, readLines(path, signal));

/** The same, from lines that are already being read; `path` is for messages. */
export async function inventoryFrom(path: string, batches: AsyncIterable<readonly Line[]>): Promise<Inventory> {
  const gathered = new GatheredLines(path);
  try {
    for await (const lines of batches) for (const line of lines) gathered.add(line);
  } catch (error) {
    if (!(error instanceof CutShortError)) throw error;
    gathered.cutShort = true;
  }
  return gathered.inventory();
}

class GatheredLines {
  cutShort = false;
  readonly #path: string;
  readonly #facts: Fact[] = [];
  readonly #coverage: Coverage[] = [];
  readonly #diagnostics: Diagnostic[] = [];
  #header: InventoryHeader | undefined;
  #footer: InventoryFooter | undefined;
  #lines = 0;

  constructor(path: string) {
    this.#path = path;
  }

  add(line: Line): void {
    this.#lines += 1;
    if (!line.ended) this.cutShort = true;
    else this.#place(parseLine(line.bytes, this.#here()));
  }

  inventory(): Inventory {
    const header = this.#header;
    if (header === undefined) throw new UserError(`${this.#path}: no inventory: it has no header line`);
    const read: Inventory = {
      header,
      facts: this.#facts,
      coverage: this.#coverage,
      diagnostics: this.#diagnostics,
    };
    return this.cutShort || !this.#countsAgree() ? withoutItsEnd(read) : read;
  }

  #place(line: InventoryLine): void {
    if (this.#footer !== undefined) throw new UserError(`${this.#here()}: a line after the footer; restore the file`);
    if ((this.#header === undefined) !== (line.kind === 'header')) {
      throw new UserError(`${this.#here()}: an inventory has one header, on its first line; restore the file`);
    }
    if (line.kind === 'header') this.#header = line;
    else if (line.kind === 'footer') this.#footer = line;
    else if (line.kind === 'coverage') this.#coverage.push(withoutKind(line));
    else if (line.kind === 'diagnostic') this.#diagnostics.push(withoutKind(line));
    else this.#facts.push(line);
  }

  #countsAgree(): boolean {
    const footer = this.#footer;
    if (footer === undefined) return false;
    return (
      footer.facts === this.#facts.length &&
      footer.coverage === this.#coverage.length &&
      footer.diagnostics === this.#diagnostics.length
    );
  }

  #here(): string {
    return `${this.#path}:${this.#lines}`;
  }
}

function withoutKind<T extends { kind: string }>({ kind: _, ...rest }: T): Omit<T, 'kind'> {
  return rest;
}

/**
 * What a cut file still proves: nothing about absence. A requested source whose coverage is among the lost lines
 * gets an entry, so that it cannot pass for one that was never asked.
 */
function withoutItsEnd(read: Inventory): Inventory {
  const weakened = read.coverage.map(
    (entry): Coverage => ({
      ...entry,
      ...(entry.status === 'complete' ? { status: 'partial', reason: INCOMPLETE } : {}),
      // A newer copy of it may be among the lost lines.
      ...(entry.state === undefined ? {} : { state: { ...entry.state, inDoubt: true } }),
    }),
  );
  const left = new Set(read.coverage.map(({ source }) => source));
  const lost = read.header.requested
    .filter((source) => !left.has(source))
    .map((source): Coverage => ({ source, status: 'partial', reason: INCOMPLETE }));
  // Without the file's path: the same inventory gives the same report wherever it lies.
  const told: Diagnostic = { level: 'warning', source: 'inventory', message: `${INCOMPLETE}; collect it again` };
  return { ...read, coverage: [...weakened, ...lost], diagnostics: [...read.diagnostics, told] };
}
