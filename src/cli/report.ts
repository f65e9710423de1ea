import { resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { Report } from '../model/report.ts';
import { readSaved } from '../sources/inventory/saved.ts';
import type { Cli } from './cli.ts';
import { effectiveGate, effectiveJudging } from './effective.ts';
import type { BaselineFlags, JudgingFlags, ReportFlags } from './flags.ts';
import type { Host } from './host.ts';
import { deliver, type JudgingInputs, judge } from './judge.ts';
import { outputsOf } from './outputs.ts';
import { filesAlone, judgingInputs, spared } from './prepared.ts';
import { type HeldSettings, heldSettings } from './settings.ts';

/** `keydrift report`'s flags. */
export interface ReportCommandFlags extends SavedFlags, ReportFlags {}

/** How to judge what was saved. */
export interface SavedFlags extends JudgingFlags, BaselineFlags {
  /** Those given that only a saved inventory has a use for. */
  readonly judging: readonly string[];
  /** A settings file in place of the keydrift.yaml that would be found. */
  readonly config?: string;
}

/** `keydrift report FILE`: judges a saved inventory again, or shows a JSON report in another format. */
export async function report(file: string, flags: ReportCommandFlags, { host }: Cli): Promise<number> {
  const outputs = outputsOf(flags.output, host.cwd);
  const held = await heldSettings(flags, host);
  const written = outputs.map(({ path }) => path);
  const baseline = await spared(flags, held, { written, read: filesAlone(file) }, host);
  const told = await reportIn(file, flags, host, held, () => judgingInputs({}, held, { baseline }, host));
  return deliver(told, outputs, { ...flags, gate: effectiveGate(flags, held) }, host);
}

/** The report that a file comes to: a saved inventory is judged, by what `inputs` gives then. */
export async function reportIn(
  file: string,
  flags: SavedFlags,
  host: Host,
  held: HeldSettings,
  inputs: () => Promise<JudgingInputs>,
): Promise<Report> {
  const saved = await readSaved(resolve(host.cwd, file), host.signal);
  if (saved.kind === 'inventory') return judge(saved.inventory, await inputs(), effectiveJudging(flags, held), host);
  const [flag] = flags.judging;
  if (flag === undefined) return saved.report;
  throw new UserError(`${file} is a report, judged already: ${flag} needs the saved inventory`);
}
