import { errorCode, fileError, UserError } from '../errors.ts';
import { boundedText } from '../files/bounded.ts';
import type { HeldBaseline } from '../model/acceptance.ts';
import { BASELINE_VERSION, type BaselineEntry, baselineEntrySchema, baselineSchema } from '../model/baseline.ts';
import { by, inTurn } from '../model/order.ts';
import { firstIssue } from './first-issue.ts';
import { parseJsonFile } from './json-document.ts';
import { leavesItsTree } from './settings-bounds.ts';

/** A baseline is read whole; this holds some 300,000 findings. */
const LARGEST = 100_000_000;

/**
 * The baseline in a file; undefined where there is no such file. `shown` is how messages call it. Throws UserError with
 * path, line and column for what is no baseline, and for a finding that stands in it twice.
 */
export async function readBaseline(file: string, shown: string): Promise<HeldBaseline | undefined> {
  const text = await textOf(file, shown);
  return text === undefined ? undefined : parseBaseline(shown, text);
}

async function textOf(file: string, shown: string): Promise<string | undefined> {
  try {
    if (await leavesItsTree(file)) throw new UserError(`${shown}: this link leads outside of the repository`);
    const read = await boundedText(file, LARGEST);
    if ('text' in read) return read.text;
    throw new UserError(
      read.refused === 'no-file'
        ? `${shown} is no regular file, so it is no baseline`
        : `${shown} is larger than ${LARGEST} bytes; this is no baseline`,
    );
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw fileError(`cannot read the baseline ${shown}`, error);
  }
}

/** A baseline from the text of its file. Throws UserError like readBaseline. */
export function parseBaseline(path: string, source: string): HeldBaseline {
  const file = parseJsonFile(path, source);
  const parsed = baselineSchema.safeParse(file.data);
  if (!parsed.success) throw firstIssue(file, parsed.error.issues, baselineSchema);
  const lines = new Map<string, number>();
  const entries = parsed.data.findings.map((entry, index) => {
    const line = file.lineOf(['findings', index]);
    const before = lines.get(entry.fingerprint);
    if (before !== undefined) {
      throw new UserError(`${file.placeOf(['findings', index])}: this finding stands in line ${before} already`);
    }
    lines.set(entry.fingerprint, line);
    return { ...entry, line };
  });
  return { path, entries };
}

/** As it stands in its file: sorted, one finding a line, so that a review shows what came and what went. */
export function* baselineLines(entries: readonly BaselineEntry[]): Generator<string, void> {
  yield '{';
  yield `  "version": ${JSON.stringify(BASELINE_VERSION)},`;
  const sorted = entries.toSorted(byFinding);
  yield sorted.length === 0 ? '  "findings": []' : '  "findings": [';
  for (const [at, entry] of sorted.entries()) yield `    ${entryText(entry)}${at < sorted.length - 1 ? ',' : ''}`;
  if (sorted.length > 0) yield '  ]';
  yield '}';
}

const byFinding = inTurn<BaselineEntry>(
  by(({ rule }) => rule),
  by(({ key }) => key),
  by(({ attribute }) => attribute ?? ''),
  by(({ fingerprint }) => fingerprint),
);

const FIELDS = Object.keys(baselineEntrySchema.shape) as (keyof BaselineEntry)[];

function entryText(entry: BaselineEntry): string {
  const fields = FIELDS.flatMap((name) =>
    entry[name] === undefined ? [] : `${JSON.stringify(name)}: ${JSON.stringify(entry[name])}`,
  );
  return `{ ${fields.join(', ')} }`;
}
