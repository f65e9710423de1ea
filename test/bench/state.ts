import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { inTurns } from './measure.ts';
import { inProcess } from './part/outcome.ts';
import { jsonState, lookAtState } from './part/state.ts';
import { stateText } from './state-text.ts';
import { count, duration, figures, megabytes } from './words.ts';

const SIZE = 50e6;
const KEYS = 200;
const ROUNDS = { rounds: 5, warmUp: true };

/** Reading a large state, of which only keys matter, against JSON.parse of the same file. */
export const state: Benchmark = async ({ dir, progress }) => {
  progress(`writing a state of ${megabytes(SIZE)}`);
  const path = join(dir, 'terraform.tfstate');
  await writeFile(path, stateText(SIZE, KEYS));
  const size = (await readFile(path)).length;
  progress('reading it');
  let keys = 0;
  const times = await inTurns(ROUNDS, {
    ours: async () => {
      keys = await lookAtState(path);
    },
    baseline: () => jsonState(path),
  });
  progress('reading it once more for the peak of memory');
  const peak = {
    ours: (await inProcess('lookAtState', path)).peakBytes,
    baseline: (await inProcess('jsonState', path)).peakBytes,
  };
  return [
    {
      what: `read ${count(keys)} keys from a state of ${megabytes(size)}`,
      ours: duration(times.ours),
      baseline: duration(times.baseline),
      ratio: times.ours / times.baseline,
      note: 'baseline: readFile and JSON.parse; ours also hashes the bytes (sha256)',
    },
    {
      what: 'the same, peak memory of the process',
      ours: megabytes(peak.ours),
      baseline: megabytes(peak.baseline),
      ratio: peak.ours / peak.baseline,
      note: `${figures(peak.ours / size)} times the file`,
    },
  ];
};
