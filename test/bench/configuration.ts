import { cutBlocks } from '../../src/sources/terraform/configuration/blocks.ts';
import { loadHcl } from '../../src/sources/terraform/configuration/hcl.ts';
import { cutRoot, readRoot } from '../../src/sources/terraform/configuration/root.ts';
import { T } from '../support/facts.ts';
import type { Benchmark } from './benchmark.ts';
import { rootText } from './configuration-text.ts';
import { inTurns } from './measure.ts';
import { count, figures, megabytes, throughput } from './words.ts';

const FILES = 40;
const FILE_SIZE = 100_000;
/** hcl2-parser takes half a minute for the whole root. */
const SAMPLE_FILES = 1;
const ROUNDS = { rounds: 3, warmUp: true };

/** Cutting a root module into blocks, and reading its keys, against hcl2-parser on the whole text. */
export const configuration: Benchmark = async ({ progress }) => {
  const texts = Array.from({ length: FILES }, (_, file) => rootText(file, FILE_SIZE));
  const size = texts.reduce((sum, text) => sum + text.length, 0);
  const sample = texts.slice(0, SAMPLE_FILES);
  const scale = size / sample.reduce((sum, text) => sum + text.length, 0);
  const parseWhole = await wholeTextParser();
  const parse = await loadHcl();
  const parseSample = (): void => sample.forEach(parseWhole);

  progress(`cutting ${megabytes(size)}`);
  let blocks = 0;
  const cutting = await inTurns(ROUNDS, {
    ours: () => {
      blocks = texts.reduce((sum, text) => sum + blocksIn(text), 0);
    },
    baseline: parseSample,
  });
  progress('cutting and reading the keys');
  let keys = 0;
  const reading = await inTurns(ROUNDS, {
    ours: () => {
      const files = texts.map((text, file) => ({ name: `${file}.tf`, path: `${file}.tf`, text }));
      const names = { read: files.map(({ name }) => name), unread: [], overriding: [] };
      const look = readRoot(cutRoot({ root: '.', files: names, texts: files, readAt: T.states }), parse);
      if (look.coverage.some(({ status }) => status !== 'complete')) throw new Error('the root was not read in full');
      keys = look.facts.filter(({ kind }) => kind === 'configuration').length;
    },
    baseline: parseSample,
  });
  const note = `baseline: hcl2-parser on ${megabytes(size / scale)}, scaled by ${figures(scale)}`;
  return [
    {
      what: `cut ${megabytes(size)} of configuration into ${count(blocks)} blocks`,
      ours: throughput(size, cutting.ours),
      baseline: throughput(size, cutting.baseline * scale),
      ratio: cutting.ours / (cutting.baseline * scale),
      note,
    },
    {
      what: `the same, and read the ${count(keys)} key blocks in it`,
      ours: throughput(size, reading.ours),
      baseline: throughput(size, reading.baseline * scale),
      ratio: reading.ours / (reading.baseline * scale),
      note,
    },
  ];
};

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
