import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Inventory } from '../../model/inventory.ts';
import { inPieces } from '../../model/pieces.ts';
import { writeAtomically } from '../atomic-file.ts';
import type { InventoryLine } from './line.ts';

/** Only the owner may read it: an inventory holds policies, tags and who did what. */
const MODE = 0o600;

/**
 * Saves an inventory as NDJSON, gzip when the name ends in `.gz`. The file is there in full or not at all. Throws
 * UserError when it cannot be written, else the reason of `signal`.
 */
export async function writeInventory(path: string, inventory: Inventory, signal: AbortSignal): Promise<void> {
  const text = inPieces(inventoryLines(inventory));
  const options = { mode: MODE, signal };
  if (!path.endsWith('.gz')) return writeAtomically(path, text, options);
  await pipeline(Readable.from(text), createGzip(), (packed: AsyncIterable<Uint8Array>) =>
    writeAtomically(path, packed, options),
  );
}

/** The lines of an inventory file, each with its newline. */
export function* inventoryLines(inventory: Inventory): Generator<string, void> {
  const { header, facts, coverage, diagnostics } = inventory;
  yield textOf(header);
  for (const fact of facts) yield textOf(fact);
  for (const entry of coverage) yield textOf({ kind: 'coverage', ...entry });
  for (const entry of diagnostics) yield textOf({ kind: 'diagnostic', ...entry });
  yield textOf({ kind: 'footer', facts: facts.length, coverage: coverage.length, diagnostics: diagnostics.length });
}

const textOf = (line: InventoryLine): string => `${JSON.stringify(line)}\n`;
