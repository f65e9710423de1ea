import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { writeInventory } from '../../src/sources/inventory/write.ts';
import type { Benchmark, Row } from './benchmark.ts';
import { estate } from './estate.ts';
import { inTurns } from './measure.ts';
import { duration } from './words.ts';

const ROUNDS = { rounds: 9, warmUp: false };
const KEYS = 100;

/** Whole runs of the program that ships (`dist`) against Node.js that does nothing. */
export const startup: Benchmark = async ({ dir, root, progress }) => {
  const program = join(root, 'dist/cli/main.js');
  const saved = join(dir, 'keys.ndjson');
  await writeInventory(saved, estate(KEYS), new AbortController().signal);
  const commands: readonly (readonly [string, readonly string[], string])[] = [
    ['keydrift --version', ['--version'], 'aim 2'],
    ['keydrift --help', ['--help'], 'loads commander'],
    [
      `keydrift scan --inventory, ${KEYS} keys`,
      ['scan', '--inventory', saved, '--fail-on', 'never'],
      'loads zod, the rules, CEL and RE2',
    ],
  ];
  const rows: Row[] = [];
  for (const [what, args, note] of commands) {
    progress(what);
    const times = await inTurns(ROUNDS, { ours: () => ran([program, ...args]), baseline: () => ran(['-e', '0']) });
    rows.push({
      what,
      ours: duration(times.ours),
      baseline: duration(times.baseline),
      ratio: times.ours / times.baseline,
      note: `baseline: node -e 0; ${note}`,
    });
  }
  return rows;
};

/** Runs Node.js to its end. Throws unless it exits with 0. */
async function ran(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const [code]: unknown[] = await once(child, 'close');
  if (code !== 0) throw new Error(`node ${args.join(' ')} exits with ${code}: ${Buffer.concat(said).toString()}`);
}
