import { resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { Report } from '../model/report.ts';
import { readSaved } from '../sources/inventory/saved.ts';
import type { Cli } from './cli.ts';
import type { JudgingFlags, ReportFlags } from './flags.ts';
import { deliver, judge } from './judge.ts';
import { outputsOf, spare } from './outputs.ts';
import { builtInRules } from './rule-set.ts';

/** `keydrift report`'s flags; `judging` names those given that only a saved inventory has a use for. */
export interface ReportCommandFlags extends JudgingFlags, ReportFlags {
  readonly judging: readonly string[];
}

/** `keydrift report FILE`: judges a saved inventory again, or shows a JSON report in another format. */
export async function report(file: string, flags: ReportCommandFlags, { host }: Cli): Promise<number> {
  const outputs = outputsOf(flags.output, host.cwd);
  const inputs = { states: [], configDirs: [], rootDirs: [], files: [file] };
  await spare(
    outputs.map(({ path }) => path),
    inputs,
    host,
  );
  return deliver(await reportIn(file, flags, { host }), outputs, flags, host);
}

async function reportIn(file: string, flags: ReportCommandFlags, { host }: Pick<Cli, 'host'>): Promise<Report> {
  const saved = await readSaved(resolve(host.cwd, file), host.signal);
  if (saved.kind === 'inventory') return judge(saved.inventory, await builtInRules(host), flags, host);
  const [flag] = flags.judging;
  if (flag === undefined) return saved.report;
  throw new UserError(`${file} is a report, judged already: ${flag} needs the saved inventory`);
}
