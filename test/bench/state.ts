import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench, Benchmark, Row } from './benchmark.ts';
import { jqStates, jqVersion } from './jq.ts';
import { inTurns, timed } from './measure.ts';
import { inProcess } from './part/outcome.ts';
import { lookAt, parseAll } from './part/state.ts';
import { writeStates } from './state-text.ts';
import { count, duration, figures, megabytes, throughput } from './words.ts';

const MANY = { files: 500, each: { bytes: 2e6, keys: 5 }, rounds: 2 };
const LARGE = { files: 1, each: { bytes: 300e6, keys: 1000 }, rounds: 2 };

/** Of many files: jq takes a minute for all. */
const SAMPLE = 25;

/** Reading states of which only keys matter, many and a large one, against JSON.parse and jq on the same files. */
export const state: Benchmark = async ({ dir, progress }) => {
  const jq = await jqVersion();
  const rows: Row[] = [];
  for (const [name, { files, each, rounds }] of Object.entries({ many: MANY, large: LARGE })) {
    progress(`writing ${count(files)} × ${megabytes(each.bytes)}`);
    const states = await statesAt(await writeStates(join(dir, name), files, each));
    progress('reading them');
    const read = await reading(states, rounds);
    rows.push(read.row);
    if (jq !== undefined) rows.push(await selecting(states, { jq, ours: read.ours, progress }));
    if (files === 1) rows.push(await peak(states, progress));
  }
  return rows;
};

interface States {
  readonly paths: readonly string[];
  readonly bytes: number;
}

async function statesAt(paths: readonly string[]): Promise<States> {
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  return { paths, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

const named = ({ paths, bytes }: States): string =>
  paths.length === 1
    ? `a state of ${megabytes(bytes)}`
    : `${count(paths.length)} states of ${megabytes(bytes / paths.length)}`;

async function reading(states: States, rounds: number): Promise<{ readonly row: Row; readonly ours: number }> {
  let keys = 0;
  const { ours, baseline } = await inTurns(
    { rounds, warmUp: true },
    {
      ours: async () => {
        keys = await lookAt(states.paths);
      },
      baseline: () => parseAll(states.paths),
    },
  );
  const row = {
    what: `read ${count(keys)} keys from ${named(states)}`,
    ours: duration(ours),
    baseline: duration(baseline),
    ratio: ours / baseline,
    note: `${throughput(states.bytes, ours)}; baseline: readFile and JSON.parse; ours also hashes the bytes (sha256)`,
  };
  return { row, ours };
}

interface Selecting {
  readonly jq: string;
  readonly ours: number;
  readonly progress: Bench['progress'];
}

async function selecting(states: States, { jq, ours, progress }: Selecting): Promise<Row> {
  const sample = states.paths.slice(0, SAMPLE);
  const scale = states.paths.length / sample.length;
  progress(`${jq} on ${count(sample.length)} of them`);
  const ms = (await timed(() => jqStates(sample))) * scale;
  return {
    what: `the same of ${named(states)}, against jq`,
    ours: duration(ours),
    baseline: duration(ms),
    ratio: ours / ms,
    note: `baseline: ${jq} selecting aws_kms_*${scale === 1 ? '' : `; of ${count(sample.length)} files, scaled by ${figures(scale)}`}`,
  };
}

async function peak({ paths: [path = ''], bytes }: States, progress: Bench['progress']): Promise<Row> {
  progress('reading it once more for the peak of memory');
  const { peakBytes: ours } = await inProcess('lookAtState', path);
  const { peakBytes: baseline } = await inProcess('parseState', path);
  return {
    what: 'the same, peak memory of the process',
    ours: megabytes(ours),
    baseline: megabytes(baseline),
    ratio: ours / baseline,
    note: `${figures(ours / bytes)} times the file`,
  };
}
