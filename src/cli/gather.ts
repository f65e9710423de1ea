import { resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { DEFAULT_GRACE_MS, type Inventory } from '../model/inventory.ts';
import { type CompiledRule, neededFacets } from '../policy/compile.ts';
import type { CollectRequest } from '../scan.ts';
import type { Cli } from './cli.ts';
import type { JudgingFlags, SourceFlags } from './flags.ts';
import type { Host } from './host.ts';
import { progressLine } from './progress.ts';

/** Looks at everything the flags name, with a progress line. Rejects with the interruption once there was one. */
export async function gather(
  flags: SourceFlags & JudgingFlags,
  rules: readonly CompiledRule[],
  { host, collect }: Cli,
): Promise<Inventory> {
  if (flags.estate === 'complete' && flags.state.length === 0) throw new UserError(NO_ESTATE);
  const { signal, now, cwd, env, stdin, stderr } = host;
  const progress = progressLine(stderr, now);
  try {
    return await collect(requestOf(flags, rules, host), { signal, now, cwd, env, stdin, onProgress: progress.show });
  } finally {
    progress.clear();
  }
}

const NO_ESTATE =
  '--estate complete says that the given states are all there are, and none is given: add --state, or leave it out';

function requestOf(flags: SourceFlags & JudgingFlags, rules: readonly CompiledRule[], host: Host): CollectRequest {
  const { profile, asOf } = flags;
  return {
    regions: flags.region,
    states: flags.state,
    stateHeaders: flags.stateHeader,
    configDirs: flags.configDir,
    estate: flags.estate ?? 'partial',
    events: flags.events,
    sinceMs: flags.since,
    graceMs: flags.grace ?? DEFAULT_GRACE_MS,
    needs: neededFacets(rules),
    tool: toolOf(host),
    ...(profile === undefined ? {} : { profile }),
    ...(asOf === undefined ? {} : { asOf }),
  };
}

/** Saves what was seen before it is judged: a judgement can be had again, the moment cannot. */
export async function save(inventory: Inventory, file: string, { cwd, signal }: Host): Promise<void> {
  const { writeInventory } = await import('../sources/inventory/write.ts');
  await writeInventory(resolve(cwd, file), inventory, signal);
}

/** The installed package as inventories and reports name it. */
export const toolOf = ({ package: { name, version } }: Host): { readonly name: string; readonly version: string } => ({
  name,
  version,
});
