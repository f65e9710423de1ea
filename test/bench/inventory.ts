import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readInventory } from '../../src/sources/inventory/read.ts';
import { inventoryLines, writeInventory } from '../../src/sources/inventory/write.ts';
import type { Benchmark } from './benchmark.ts';
import { estate } from './estate.ts';
import { inTurns } from './measure.ts';
import { count, duration, megabytes, throughput } from './words.ts';

const KEYS = 100_000;
const ROUNDS = { rounds: 3, warmUp: true };

/** Saving and reading back an inventory against plain JSON, line by line and without validation. */
export const inventory: Benchmark = async ({ dir, progress }) => {
  const saved = estate(KEYS);
  const { signal } = new AbortController();
  const values = [...inventoryLines(saved)].map((line): unknown => JSON.parse(line));
  const ours = join(dir, 'ours.ndjson');
  const plain = join(dir, 'plain.ndjson');
  progress(`writing ${count(KEYS)} keys`);
  const writing = await inTurns(ROUNDS, {
    ours: () => writeInventory(ours, saved, signal),
    baseline: () => writeFile(plain, values.map((value) => `${JSON.stringify(value)}\n`).join('')),
  });
  progress('reading them');
  let lines = 0;
  const reading = await inTurns(ROUNDS, {
    ours: async () => {
      const { facts } = await readInventory(ours, signal);
      if (facts.length !== saved.facts.length) throw new Error('the inventory was not read in full');
    },
    baseline: async () => {
      lines = (await parsedLines(plain)).length;
    },
  });
  const size = values.reduce<number>((sum, value) => sum + JSON.stringify(value).length + 1, 0);
  return [
    {
      what: `save ${count(lines)} lines (${count(KEYS)} keys, ${megabytes(size)})`,
      ours: duration(writing.ours),
      baseline: duration(writing.baseline),
      ratio: writing.ours / writing.baseline,
      note: `baseline: JSON.stringify and writeFile; ours also writes a temporary and syncs; ${throughput(size, writing.ours)}`,
    },
    {
      what: 'read them back',
      ours: duration(reading.ours),
      baseline: duration(reading.baseline),
      ratio: reading.ours / reading.baseline,
      note: `baseline: readline and JSON.parse, nothing checked; ${throughput(size, reading.ours)}`,
    },
  ];
};

async function parsedLines(path: string): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const line of createInterface({ input: createReadStream(path) })) values.push(JSON.parse(line));
  return values;
}
