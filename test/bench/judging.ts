import { z } from 'zod';
import { inventoryLines } from '../../src/sources/inventory/write.ts';
import type { Bench, Benchmark, Row } from './benchmark.ts';
import { estate } from './estate.ts';
import { inTurns } from './measure.ts';
import { assessed, builtInRules } from './part/judging.ts';
import { inProcess } from './part/outcome.ts';
import { count, duration, figures, megabytes } from './words.ts';

const KEYS = 100_000;
const QUARTER = KEYS / 4;
const MILLION = 1_000_000;
const ROUNDS = { rounds: 3, warmUp: false };
/** Megabytes: a million keys and their report need more than V8 takes by itself. */
const HEAP = '--max-old-space-size=16000';

/** From facts to report with all built-in rules, against JSON.parse of the same facts; and how it grows. */
export const judging: Benchmark = async (bench) => {
  const rules = await builtInRules(bench.root);
  const inventory = estate(KEYS);
  const quarter = estate(QUARTER);
  const lines = [...inventoryLines(inventory)];
  bench.progress(`${count(QUARTER)} and ${count(KEYS)} keys by ${rules.length} rules`);
  let findings = 0;
  const times = await inTurns(ROUNDS, {
    ours: () => {
      findings = assessed(inventory, rules).findings.length;
    },
    baseline: () => lines.map((line): unknown => JSON.parse(line)),
    quarter: () => assessed(quarter, rules),
  });
  const alone = await inOwnProcess(KEYS, bench);
  return [
    {
      what: `reconcile, judge and report ${count(KEYS)} keys`,
      ours: duration(times.ours),
      baseline: duration(times.baseline),
      ratio: times.ours / times.baseline,
      note: [
        "baseline: JSON.parse of the inventory's lines",
        `${rules.length} rules, ${count(findings)} findings`,
        `${perSecond(KEYS, times.ours)}, peak ${megabytes(alone.peakBytes)}`,
      ].join('; '),
    },
    growth({ keys: QUARTER, ms: times.quarter }, { keys: KEYS, ms: times.ours }, 'linear is 4'),
    await toMillion(alone, bench),
  ];
};

interface Measured {
  readonly keys: number;
  readonly ms: number;
}

const perSecond = (keys: number, ms: number): string => `${count(keys / (ms / 1000))} keys/s`;

function growth(before: Measured, after: Measured, note: string): Row {
  const ratio = after.ms / before.ms;
  const exponent = Math.log(ratio) / Math.log(after.keys / before.keys);
  return {
    what: `the same, from ${count(before.keys)} to ${count(after.keys)} keys`,
    ours: duration(after.ms),
    baseline: duration(before.ms),
    ratio,
    note: `${note}; exponent ${figures(exponent)}`,
  };
}

async function toMillion(alone: Measured, bench: Bench): Promise<Row> {
  const million = await inOwnProcess(MILLION, bench);
  const { ms, peakBytes } = million;
  return growth(alone, million, `linear is 10, aim 14; ${perSecond(MILLION, ms)}, peak ${megabytes(peakBytes)}`);
}

/** Once, without a warm-up: what a scan of so many keys pays. */
async function inOwnProcess(keys: number, { root, progress }: Bench): Promise<Measured & { peakBytes: number }> {
  progress(`${count(keys)} keys in a process of their own`);
  const { value, peakBytes } = await inProcess('judgeEstate', `${keys}`, { flags: [HEAP], cwd: root });
  return { keys, ms: z.number().parse(value), peakBytes };
}
