import { assess, collect } from '../../src/index.ts';
import type { Report } from '../../src/model/report.ts';
import { NEEDS } from '../../src/model/rule.ts';
import { DAY, HOUR, toInstant } from '../../src/model/time.ts';
import { type Estate, REGIONS, STATE } from './estate.ts';

const TOOL = { name: 'keydrift', version: 'interop' };

/** A report on every facet that a rule can need, policies and tags among them, which no built-in rule reads yet. */
export async function everyFacet({ environment, path }: Pick<Estate, 'environment' | 'path'>): Promise<Report> {
  const env = environment();
  return withEnvironment(env, async () => {
    const inventory = await collect(
      {
        regions: REGIONS,
        states: [STATE],
        configDirs: ['.'],
        estate: 'complete',
        events: 'lookup',
        sinceMs: 90 * DAY,
        graceMs: HOUR,
        needs: new Set(NEEDS),
        tool: TOOL,
      },
      {
        cwd: path(),
        env,
        stdin: nothing(),
        signal: new AbortController().signal,
        now: () => toInstant(Date.now()),
        onProgress: () => {},
      },
    );
    return assess(inventory, [], { estate: 'complete', graceMs: HOUR, asOf: inventory.header.asOf, tool: TOOL });
  });
}

async function* nothing(): AsyncGenerator<Uint8Array, void> {}

/** The SDK's clients read their endpoint from the process's own environment. */
async function withEnvironment<T>(env: Readonly<Record<string, string>>, use: () => Promise<T>): Promise<T> {
  const saved = { ...process.env };
  Object.assign(process.env, env);
  try {
    return await use();
  } finally {
    process.env = saved;
  }
}
