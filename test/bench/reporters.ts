import { z } from 'zod';
import type { Report } from '../../src/model/report.ts';
import type { Bench, Benchmark, Row } from './benchmark.ts';
import { inTurns } from './measure.ts';
import { inProcess } from './part/outcome.ts';
import { type Face, faces, type Held, largeReport, written } from './part/reporters.ts';
import { count, duration, megabytes } from './words.ts';

const KEYS = 100_000;
const QUARTER = KEYS / 4;
const ROUNDS = { rounds: 3, warmUp: false };
/** Times JSON.stringify: what a format may take. */
const MOST = 20;
/** Both reports, and V8 without the need to be frugal. */
const HEAP = '--max-old-space-size=8000';

/** A large report in each format against JSON.stringify of the same, and what each holds at two sizes. */
export const reporters: Benchmark = async (bench) => {
  const report = await largeReport(KEYS, bench.root);
  const rows: Row[] = [];
  for (const face of await faces()) {
    bench.progress(face.name);
    rows.push(await compared(face, report));
  }
  return [...rows, ...(await growth(bench))];
};

async function compared({ name, reporter, options }: Face, report: Report): Promise<Row> {
  let characters = 0;
  const times = await inTurns(ROUNDS, {
    ours: () => {
      characters = written(reporter(report, options));
    },
    baseline: () => JSON.stringify(report),
  });
  return {
    what: `${name}: ${count(report.keys.length)} keys, ${count(report.findings.length)} findings`,
    ours: duration(times.ours),
    baseline: duration(times.baseline),
    ratio: times.ours / times.baseline,
    note: `baseline: JSON.stringify of the report, bound ${MOST}; ${megabytes(characters)} of text`,
  };
}

const heldSchema = z.array(
  z.object({ name: z.string(), characters: z.number(), reportCharacters: z.number(), heldBytes: z.number() }),
);

/** What a format holds beyond the report while its pieces are written: an index of it, never the text. */
async function growth(bench: Bench): Promise<Row[]> {
  const [quarter, whole] = [await heldBy(QUARTER, bench), await heldBy(KEYS, bench)];
  return whole.map(({ name, characters, heldBytes, reportCharacters }, at) => ({
    what: `${name}: held while it is written`,
    ours: megabytes(heldBytes),
    baseline: megabytes(reportCharacters),
    ratio: heldBytes / reportCharacters,
    note: `baseline: the report as JSON; ${megabytes(quarter[at]?.heldBytes ?? 0)} at ${count(QUARTER)} keys; ${megabytes(characters)} of text`,
  }));
}

async function heldBy(keys: number, { root, progress }: Bench): Promise<readonly Held[]> {
  progress(`${count(keys)} keys in a process of their own`);
  const { value } = await inProcess('heldByReporters', `${keys}`, { flags: [HEAP, '--expose-gc'], cwd: root });
  return heldSchema.parse(value);
}
