import { resolve } from 'node:path';
import type { Inventory } from '../model/inventory.ts';
import type { CompiledRule } from '../policy/compile.ts';
import type { Cli } from './cli.ts';
import type { JudgingFlags, ReportFlags, SourceFlags } from './flags.ts';
import { gather, save } from './gather.ts';
import { deliver, judge } from './judge.ts';
import { outputsOf } from './outputs.ts';
import { builtInRules } from './rule-set.ts';

/** `keydrift scan`'s flags; with `inventory` those of the sources are refused before. */
export interface ScanFlags extends SourceFlags, JudgingFlags, ReportFlags {
  /** A saved inventory to judge instead of looking. */
  readonly inventory?: string;
  readonly saveInventory?: string;
}

/** `keydrift scan`: look, judge, report. Resolves to the exit code. */
export async function scan(flags: ScanFlags, cli: Cli): Promise<number> {
  const { host } = cli;
  const outputs = outputsOf(flags.output, host.cwd, flags.saveInventory);
  const rules = await builtInRules(host);
  const inventory = await look(flags, rules, cli);
  host.signal.throwIfAborted();
  if (flags.saveInventory !== undefined) await save(inventory, flags.saveInventory, host);
  return deliver(await judge(inventory, rules, flags, host), outputs, flags, host);
}

async function look(flags: ScanFlags, rules: readonly CompiledRule[], cli: Cli): Promise<Inventory> {
  if (flags.inventory === undefined) return gather(flags, rules, cli);
  const { readInventory } = await import('../sources/inventory/read.ts');
  return readInventory(resolve(cli.host.cwd, flags.inventory), cli.host.signal);
}
