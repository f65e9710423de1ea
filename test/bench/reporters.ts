import type { Finding, Report } from '../../src/model/report.ts';
import { json } from '../../src/reporters/json.ts';
import type { Reporter, ReporterOptions } from '../../src/reporters/reporter.ts';
import { table } from '../../src/reporters/table.ts';
import type { Benchmark, Row } from './benchmark.ts';
import { estate } from './estate.ts';
import { inTurns } from './measure.ts';
import { assessed, builtInRules } from './part/judging.ts';
import { count, duration, megabytes } from './words.ts';

const KEYS = 100_000;
const FINDINGS = 20_000;
const ROUNDS = { rounds: 3, warmUp: false };
const OPTIONS: ReporterOptions = { width: 100, color: false, limit: 10 };

/** A large report in each format against JSON.stringify of the same. */
export const reporters: Benchmark = async ({ root, progress }) => {
  const report = assessed(estate(KEYS), await builtInRules(root));
  const given: Report = { ...report, findings: some(report.findings) };
  const faces: readonly (readonly [string, Reporter, ReporterOptions])[] = [
    ['json', json, OPTIONS],
    ['table', table, OPTIONS],
    ['table --all', table, { ...OPTIONS, limit: null }],
  ];
  const rows: Row[] = [];
  for (const [name, reporter, options] of faces) {
    progress(name);
    rows.push(await compared(name, given, () => written(reporter(given, options))));
  }
  return rows;
};

async function compared(name: string, report: Report, write: () => number): Promise<Row> {
  let characters = 0;
  const times = await inTurns(ROUNDS, {
    ours: () => {
      characters = write();
    },
    baseline: () => JSON.stringify(report),
  });
  return {
    what: `${name}: ${count(report.keys.length)} keys, ${count(report.findings.length)} findings`,
    ours: duration(times.ours),
    baseline: duration(times.baseline),
    ratio: times.ours / times.baseline,
    note: `baseline: JSON.stringify of the report; ${megabytes(characters)} of text`,
  };
}

/** Evenly picked: the list is sorted by severity, and each rule's findings look different. */
function some(findings: readonly Finding[]): Finding[] {
  if (findings.length < FINDINGS) throw new Error(`only ${findings.length} findings: the mix of keys wants more`);
  return Array.from({ length: FINDINGS }, (_, n) => findings[Math.floor((n * findings.length) / FINDINGS)]).filter(
    (finding) => finding !== undefined,
  );
}

function written(pieces: Iterable<string>): number {
  let characters = 0;
  for (const piece of pieces) characters += piece.length;
  return characters;
}
