import { resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { Inventory } from '../model/inventory.ts';
import type { CompiledRule } from '../policy/compile.ts';
import type { Inputs } from '../sources/spared.ts';
import { acceptancesOf, baselineFile } from './acceptances.ts';
import { type ChangeFlags, changeOf } from './change.ts';
import type { Cli } from './cli.ts';
import { effectiveGate, effectiveJudging } from './effective.ts';
import type { BaselineFlags, JudgingFlags, ReportFlags, SourceFlags } from './flags.ts';
import { gather, save } from './gather.ts';
import type { Host } from './host.ts';
import { deliver, judge } from './judge.ts';
import { outputsOf, spare } from './outputs.ts';
import { type Asked, asked, inputsOf } from './request.ts';
import { heldRules } from './rule-set.ts';
import { heldSettings } from './settings.ts';

/** `keydrift scan`'s flags; with `inventory` those of the sources are refused before. */
export interface ScanFlags extends SourceFlags, JudgingFlags, BaselineFlags, ChangeFlags, ReportFlags {
  /** A saved inventory to judge instead of looking. */
  readonly inventory?: string;
  readonly saveInventory?: string;
}

/** `keydrift scan`: look, judge, report. Resolves to the exit code. */
export async function scan(flags: ScanFlags, cli: Cli): Promise<number> {
  const { host } = cli;
  const outputs = outputsOf(flags.output, host.cwd, flags.saveInventory);
  const what = flags.inventory === undefined ? await asked(flags, host) : flags.inventory;
  const held = typeof what === 'string' ? await heldSettings(flags, host) : what.held;
  const baseline = await baselineFile(flags, held, host);
  const { files, ...read } = readBy(what, host);
  const rules = await heldRules(held, host);
  const inputs = { ...read, files: [...files, baseline.file, ...rules.files] };
  await spare([...outputs.map(({ path }) => path), flags.saveInventory], inputs, host);
  const acceptances = await acceptancesOf(held, baseline, rules, host);
  const change = await changeOf(flags, held, host);
  const inventory = await look(what, rules.judging, cli);
  host.signal.throwIfAborted();
  if (flags.saveInventory !== undefined) await save(inventory, flags.saveInventory, host);
  const judged = await judge(inventory, { rules, acceptances, change }, effectiveJudging(flags, held), host);
  return deliver(judged, outputs, { ...flags, gate: effectiveGate(flags, held) }, host);
}

/** The settings of a saved inventory's sources are in it. */
const readBy = (what: Asked | string, host: Host): Omit<Inputs, 'cwd'> =>
  typeof what === 'string' ? { states: [], configDirs: [], rootDirs: [], files: [what] } : inputsOf(what, host);

/** What is said of a report that was given where an inventory is asked for. */
export const notAnInventory = (file: string): UserError =>
  new UserError(`--inventory ${file}: that is a report, judged already: keydrift report FILE shows it`);

/** A string is the file of a saved inventory. */
async function look(what: Asked | string, rules: readonly CompiledRule[], cli: Cli): Promise<Inventory> {
  if (typeof what !== 'string') return gather(what, rules, cli);
  const { readSaved } = await import('../sources/inventory/saved.ts');
  const saved = await readSaved(resolve(cli.host.cwd, what), cli.host.signal);
  if (saved.kind === 'inventory') return saved.inventory;
  throw notAnInventory(what);
}
