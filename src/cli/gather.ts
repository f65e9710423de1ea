import { resolve } from 'node:path';
import type { Inventory } from '../model/inventory.ts';
import type { CompiledRule } from '../policy/compile.ts';
import type { ScanPorts } from '../scan.ts';
import type { Cli } from './cli.ts';
import type { Host } from './host.ts';
import { progressLine } from './progress.ts';
import { type FlagsAndSettings, requestOf } from './request.ts';

/** Looks at everything that is asked, with a progress line. Rejects with the interruption once there was one. */
export const gather = (
  asked: FlagsAndSettings,
  rules: readonly CompiledRule[],
  { host, collect }: Cli,
): Promise<Inventory> => withProgress(host, (ports) => collect(requestOf(asked, rules, host), ports));

/** Looks with what this process gives, and says on a line how far that is. */
export async function withProgress(host: Host, look: (ports: ScanPorts) => Promise<Inventory>): Promise<Inventory> {
  const { signal, now, cwd, env, stdin, stderr, timer } = host;
  const progress = progressLine(stderr, now);
  try {
    return await look({
      signal,
      now,
      cwd,
      env,
      stdin,
      onProgress: progress.show,
      ...(timer === undefined ? {} : { timer }),
    });
  } finally {
    progress.clear();
  }
}

/** Saves what was seen before it is judged: a judgement can be had again, the moment cannot. */
export async function save(inventory: Inventory, file: string, { cwd, signal }: Host): Promise<void> {
  const { writeInventory } = await import('../sources/inventory/write.ts');
  await writeInventory(resolve(cwd, file), inventory, signal);
}
