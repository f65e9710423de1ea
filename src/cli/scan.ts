import type { Inventory } from '../model/inventory.ts';
import type { CompiledRule } from '../policy/compile.ts';
import type { ChangeFlags } from './change.ts';
import type { Cli } from './cli.ts';
import { judgeCompared } from './compared.ts';
import { effectiveGate, effectiveJudging, estateNotes } from './effective.ts';
import type { BaselineFlags, JudgingFlags, ReportFlags, SourceFlags } from './flags.ts';
import { gather, save } from './gather.ts';
import { deliver, withNotes } from './judge.ts';
import { outputsOf } from './outputs.ts';
import { filesAlone, prepared } from './prepared.ts';
import { type FlagsAndSettings, flagsAndSettings, inputsOf, requestOf } from './request.ts';
import { savedInventory } from './saved-inventory.ts';
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
  const what = flags.inventory === undefined ? await flagsAndSettings(flags, host) : flags.inventory;
  const held = typeof what === 'string' ? await heldSettings(flags, host) : what.held;
  const written = [...outputs.map(({ path }) => path), flags.saveInventory];
  const read = typeof what === 'string' ? filesAlone(what) : inputsOf(what, host);
  const sight = typeof what === 'string' ? {} : { sight: { configDirs: flags.configDir, assumed: [] } };
  const bench = await prepared(flags, held, { written, read, ...sight }, host);
  const inventory = await look(what, bench.rules.judging, cli);
  host.signal.throwIfAborted();
  if (flags.saveInventory !== undefined) await save(inventory, flags.saveInventory, host);
  const notes = typeof what === 'string' ? [] : estateNotes(flags, held, host);
  const request = typeof what === 'string' ? undefined : requestOf(what, bench.rules.judging, host);
  const by = { inputs: withNotes(bench, notes), judging: effectiveJudging(flags, held), request, readsStates: true };
  const judged = await judgeCompared(inventory, by, host);
  return deliver(judged, outputs, { ...flags, gate: effectiveGate(flags, held) }, host);
}

/** A string is the file of a saved inventory. */
const look = (what: FlagsAndSettings | string, rules: readonly CompiledRule[], cli: Cli): Promise<Inventory> =>
  typeof what === 'string' ? savedInventory(what, cli.host) : gather(what, rules, cli);
