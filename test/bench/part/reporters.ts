import type { Finding, Report } from '../../../src/model/report.ts';
import { FORMATS, loadReporter } from '../../../src/reporters/index.ts';
import type { Reporter, ReporterOptions } from '../../../src/reporters/reporter.ts';
import { estate } from '../estate.ts';
import { assessed, builtInRules } from './judging.ts';

/** Keys for each finding. */
const KEYS_A_FINDING = 5;

/** A report of so many keys and a fifth as many findings, of every rule that finds something in the mix. */
export async function largeReport(keys: number, root: string): Promise<Report> {
  const report = assessed(estate(keys), await builtInRules(root));
  return { ...report, findings: some(report.findings, keys / KEYS_A_FINDING) };
}

/** Evenly picked: the list is sorted by severity, and each rule's findings look different. */
function some(findings: readonly Finding[], wanted: number): Finding[] {
  if (findings.length < wanted) throw new Error(`only ${findings.length} findings: the mix of keys wants more`);
  return Array.from({ length: wanted }, (_, n) => findings[Math.floor((n * findings.length) / wanted)]).filter(
    (finding) => finding !== undefined,
  );
}

/** A way to show a report. */
export interface Face {
  readonly name: string;
  readonly reporter: Reporter;
  readonly options: ReporterOptions;
}

/** Every registered format, and the table in full. */
export async function faces(): Promise<readonly Face[]> {
  const options: ReporterOptions = { width: 100, color: false, limit: 10 };
  const each = await Promise.all(
    FORMATS.map(async (name): Promise<Face> => ({ name, reporter: await loadReporter(name), options })),
  );
  const table = { name: 'table --all', reporter: await loadReporter('table'), options: { ...options, limit: null } };
  return each.flatMap((face) => (face.name === 'table' ? [face, table] : [face]));
}

/** Characters of the pieces, none of them kept. */
export function written(pieces: Iterable<string>): number {
  let characters = 0;
  for (const piece of pieces) characters += piece.length;
  return characters;
}

/** What one format holds while its pieces are taken and dropped. */
export interface Held {
  readonly name: string;
  readonly characters: number;
  /** Of the report as JSON. */
  readonly reportCharacters: number;
  /** Largest live heap beyond what was there before, in bytes. */
  readonly heldBytes: number;
}

const LOOKS = 12;

/** What each format holds of a report of so many keys. Needs `--expose-gc`: only what is still referred to counts. */
export async function heldByReporters(keys: number): Promise<readonly Held[]> {
  const report = await largeReport(keys, '.');
  const reportCharacters = JSON.stringify(report).length;
  return (await faces()).map(({ name, reporter, options }) => {
    const characters = written(reporter(report, options));
    const before = liveHeap();
    let taken = 0;
    let heldBytes = 0;
    let next = 0;
    for (const piece of reporter(report, options)) {
      taken += piece.length;
      if (taken < next) continue;
      heldBytes = Math.max(heldBytes, liveHeap() - before);
      next += characters / LOOKS;
    }
    return { name, characters, reportCharacters, heldBytes };
  });
}

function liveHeap(): number {
  if (globalThis.gc === undefined) throw new Error('run with --expose-gc');
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
