import { join } from 'node:path';
import { cutBlocks } from '../../src/sources/terraform/configuration/blocks.ts';
import type { Bench, Benchmark, Row } from './benchmark.ts';
import { inTurns, timed } from './measure.ts';
import { type Monorepo, writeMonorepo } from './monorepo.ts';
import { readMonorepo } from './part/configuration.ts';
import { count, duration, figures, megabytes, throughput } from './words.ts';

const LARGE = { directories: 5000, bytes: 60e6, keyBlocks: 1000 };
const SMALL = { directories: 1000, bytes: 12e6, keyBlocks: 200 };
/** hcl2-parser takes minutes for the whole monorepo. */
const SAMPLE = 1e6;
const ROUNDS = { rounds: 3, warmUp: true };

/** A monorepo found and read, against hcl2-parser on every file of it. */
export const configuration: Benchmark = async ({ dir, progress }) => {
  progress(`writing a monorepo of ${megabytes(LARGE.bytes)}`);
  const large = { dir: join(dir, 'large'), ...(await writeMonorepo(join(dir, 'large'), LARGE)) };
  const small = { dir: join(dir, 'small'), ...(await writeMonorepo(join(dir, 'small'), SMALL)) };
  const baseline = await baselineOf(large, progress);
  return [await cutting(large, baseline, progress), ...(await reading(large, small, baseline, progress))];
};

/** Milliseconds that hcl2-parser takes for all files, and how that was found. */
interface Baseline {
  readonly ms: number;
  readonly note: string;
}

async function baselineOf({ texts, bytes }: Monorepo, progress: Bench['progress']): Promise<Baseline> {
  const every = Math.ceil(bytes / SAMPLE);
  const sample = texts.filter((_, at) => at % every === 0);
  const size = sample.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  progress(`hcl2-parser on ${megabytes(size)}`);
  const parse = await wholeTextParser();
  sample.slice(0, 10).forEach(parse);
  const ms = await timed(() => sample.forEach(parse));
  const note = `baseline: hcl2-parser on every ${count(every)}th file (${megabytes(size)}), scaled by ${figures(bytes / size)}`;
  return { ms: (ms * bytes) / size, note };
}

async function cutting(repo: Monorepo, baseline: Baseline, progress: Bench['progress']): Promise<Row> {
  progress('cutting every file into blocks');
  let blocks = 0;
  const { ours } = await inTurns(ROUNDS, {
    ours: () => {
      blocks = repo.texts.reduce((sum, text) => sum + blocksIn(text), 0);
    },
  });
  return {
    what: `cut ${count(repo.texts.length)} files of ${megabytes(repo.bytes)} into ${count(blocks)} blocks`,
    ours: throughput(repo.bytes, ours),
    baseline: throughput(repo.bytes, baseline.ms),
    ratio: ours / baseline.ms,
    note: baseline.note,
  };
}

type Written = Monorepo & { readonly dir: string };

async function reading(large: Written, small: Written, baseline: Baseline, progress: Bench['progress']) {
  progress('finding the roots and reading their keys');
  let found = { roots: 0, keys: 0 };
  const times = await inTurns(ROUNDS, {
    large: async () => {
      found = await readMonorepo(large.dir);
    },
    small: () => readMonorepo(small.dir),
  });
  if (found.roots !== large.roots.length) throw new Error(`${found.roots} roots were found of ${large.roots.length}`);
  const exponent = Math.log(times.large / times.small) / Math.log(LARGE.directories / SMALL.directories);
  const rows: readonly Row[] = [
    {
      what: `find ${count(found.roots)} roots in ${count(LARGE.directories)} directories and read their ${count(found.keys)} keys`,
      ours: duration(times.large),
      baseline: duration(baseline.ms),
      ratio: times.large / baseline.ms,
      note: `${throughput(large.bytes, times.large)}; ${baseline.note}`,
    },
    {
      what: `growth from ${count(SMALL.directories)} to ${count(LARGE.directories)} directories`,
      ours: duration(times.large),
      baseline: duration(times.small),
      ratio: times.large / times.small,
      note: `time grows with directories to the power of ${figures(exponent)}; 1 is linear`,
    },
  ];
  return rows;
}

function blocksIn(text: string): number {
  const cut = cutBlocks(text);
  if (!cut.ok) throw new Error(`line ${cut.line}: ${cut.reason}`);
  return cut.value.length;
}

async function wholeTextParser(): Promise<(text: string) => void> {
  const loaded: unknown = await import('hcl2-parser');
  const { parseToObject } = (loaded as { default: { parseToObject: (text: string) => [unknown, unknown] } }).default;
  return (text) => {
    const [, error] = parseToObject(text);
    if (error !== null) throw new Error('hcl2-parser does not take the generated text for HCL');
  };
}
