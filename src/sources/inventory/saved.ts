import { UserError } from '../../errors.ts';
import type { Inventory } from '../../model/inventory.ts';
import { REPORT_SCHEMA_VERSION, type Report, reportSchema } from '../../model/report.ts';
import { CutShortError } from './gunzip.ts';
import { type Line, readLines, startingWith } from './lines.ts';
import { firstIssue, looksLikeHeader } from './parse-line.ts';
import { inventoryFrom } from './read.ts';

/** V8 holds no longer text (Node.js buffer.constants.MAX_STRING_LENGTH on 64-bit machines). */
const LONGEST_TEXT = 0x1fffffe8;

/** What `--save-inventory` or `-o json` left behind. */
export type Saved =
  | { readonly kind: 'inventory'; readonly inventory: Inventory }
  | { readonly kind: 'report'; readonly report: Report };

/** Reads a saved inventory or a JSON report, told apart by content. Throws UserError when it is neither. */
export async function readSaved(path: string, signal: AbortSignal): Promise<Saved> {
  const batches = readLines(path, signal);
  const first: Line[] = [];
  while (first.length === 0) {
    const next = await nextOrEnd(batches);
    if (next === undefined) throw new UserError(`${path}: empty or cut short; name a saved inventory or a JSON report`);
    first.push(...next);
  }
  const whole = startingWith<readonly Line[]>(first, batches);
  if (first[0] !== undefined && looksLikeHeader(first[0].bytes)) {
    return { kind: 'inventory', inventory: await inventoryFrom(path, whole) };
  }
  return { kind: 'report', report: reportFrom(path, await textOf(path, whole)) };
}

async function nextOrEnd(batches: AsyncGenerator<readonly Line[]>): Promise<readonly Line[] | undefined> {
  const next = await batches.next().catch(endAtCut);
  return next === undefined || next.done === true ? undefined : next.value;
}

function endAtCut(error: unknown): undefined {
  if (error instanceof CutShortError) return undefined;
  throw error;
}

async function textOf(path: string, batches: AsyncIterable<readonly Line[]>): Promise<string> {
  const lines: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const batch of batches) {
      for (const line of batch) {
        lines.push(line.bytes);
        size += line.bytes.length + 1;
      }
      if (size > LONGEST_TEXT) throw new UserError(`${path}: too long to read back; report from a saved inventory`);
    }
  } catch (error) {
    if (!(error instanceof CutShortError)) throw error;
    throw new UserError(`${path}: stops in the middle; write the report again`, { cause: error });
  }
  return lines.map((line) => Buffer.from(line).toString('utf8')).join('\n');
}

function reportFrom(path: string, text: string): Report {
  const value = jsonOf(path, text);
  const parsed = reportSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const version =
    typeof value === 'object' && value !== null && 'schemaVersion' in value ? value.schemaVersion : undefined;
  if (version !== undefined && version !== REPORT_SCHEMA_VERSION) {
    const told = JSON.stringify(version);
    throw new UserError(
      `${path}: report version ${told}, this keydrift reads "${REPORT_SCHEMA_VERSION}"; write it again`,
    );
  }
  throw new UserError(`${path}: neither a saved inventory nor a JSON report (${firstIssue(parsed.error)})`);
}

function jsonOf(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`${path}: neither a saved inventory nor a JSON report`, { cause: error });
  }
}
