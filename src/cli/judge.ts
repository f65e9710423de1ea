import type { Acceptances } from '../model/acceptance.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Report } from '../model/report.ts';
import type { FailOn } from '../model/rule.ts';
import type { CompiledRule } from '../policy/compile.ts';
import { exitCode, type GateOptions, gateSentence } from '../policy/gate.ts';
import type { JudgingFlags, ReportFlags } from './flags.ts';
import type { Host } from './host.ts';
import { type Output, writeReport } from './outputs.ts';
import { toolOf } from './request.ts';

/** What a gate answers that nobody configured; told where `--fail-on never` asks for no answer. */
const DEFAULT_FAIL_ON: FailOn = 'high';

/** What an inventory is judged by. */
export interface Bench {
  readonly rules: readonly CompiledRule[];
  readonly acceptances: Acceptances;
}

/** The report of an inventory: where no flag says otherwise, with the estate, grace and time that it was made for. */
export async function judge(
  inventory: Inventory,
  { rules, acceptances }: Bench,
  { estate, grace, asOf }: JudgingFlags,
  host: Host,
): Promise<Report> {
  const { assess } = await import('../scan.ts');
  const { header } = inventory;
  return assess(inventory, rules, {
    estate: estate ?? header.estate,
    graceMs: grace ?? header.graceMs,
    asOf: asOf ?? header.asOf,
    tool: toolOf(host),
    acceptances,
  });
}

/** Writes the report, and says on stderr what decided the exit code when that is not 0. Resolves to it. */
export async function deliver(
  report: Report,
  outputs: readonly Output[],
  { all, showSuppressed, ...flags }: ReportFlags,
  host: Host,
): Promise<number> {
  host.signal.throwIfAborted();
  await writeReport(report, outputs, { all, showSuppressed, failOn: flags.failOn, host });
  const sentence = gateWords(report, flags);
  if (sentence !== undefined) host.stderr.write(`keydrift: ${sentence}\n`);
  return exitCode(report, flags);
}

function gateWords(report: Report, gate: GateOptions): string | undefined {
  if (exitCode(report, gate) !== 0) return gateSentence(report, gate);
  const usual: GateOptions = { ...gate, failOn: DEFAULT_FAIL_ON };
  if (gate.failOn !== 'never' || exitCode(report, usual) === 0) return undefined;
  return `exit 0 (--fail-on never); a gate would answer ${gateSentence(report, usual)}`;
}
