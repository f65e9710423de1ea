import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Bench, Benchmark, Row } from './benchmark.ts';
import { duration, markdownTable } from './words.ts';

/** Each is loaded when it runs: the code of one does not warm up or fill the memory of another. */
const BENCHMARKS: Readonly<Record<string, () => Promise<Benchmark>>> = {
  configuration: async () => (await import('./configuration.ts')).configuration,
  state: async () => (await import('./state.ts')).state,
  cloudtrail: async () => (await import('./cloudtrail.ts')).cloudtrail,
  kms: async () => (await import('./kms.ts')).kms,
  judging: async () => (await import('./judging.ts')).judging,
  inventory: async () => (await import('./inventory.ts')).inventory,
  reporters: async () => (await import('./reporters.ts')).reporters,
  startup: async () => (await import('./startup.ts')).startup,
};

const USAGE = `usage: npm run bench -- [--only NAME]...
  --only NAME  one of ${Object.keys(BENCHMARKS).join(', ')}
`;

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, help: { type: 'boolean' } },
});
const names = values.only ?? Object.keys(BENCHMARKS);
const isAsked = names.every((name) => Object.hasOwn(BENCHMARKS, name));

if (values.help || !isAsked) {
  process.stderr.write(USAGE);
  process.exitCode = isAsked ? 0 : 2;
} else {
  // The AWS SDK tells users of Node.js 20 on stderr to upgrade.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  const rows: Row[] = [];
  for (const name of names) rows.push(...(await measure(name)));
  process.stdout.write(markdownTable(rows));
}

async function measure(name: string): Promise<readonly Row[]> {
  const began = performance.now();
  const dir = await mkdtemp(join(tmpdir(), 'keydrift-bench-'));
  const progress = (text: string): void => void process.stderr.write(`${name}: ${text}\n`);
  const bench: Bench = { dir, root: repository(), progress };
  try {
    return (await (await BENCHMARKS[name]?.())?.(bench)) ?? [];
  } finally {
    await rm(dir, { recursive: true });
    progress(`done in ${duration(performance.now() - began)}`);
  }
}

/** From .build/test/bench, where the compiler puts this file. */
function repository(): string {
  return resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
}
