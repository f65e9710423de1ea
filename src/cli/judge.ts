import type { Acceptances } from '../model/acceptance.ts';
import type { Change } from '../model/change.ts';
import type { Diagnostic } from '../model/coverage.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Report } from '../model/report.ts';
import { DEFAULT_FAIL_ON } from '../model/rule.ts';
import { exitCode, type GateOptions, gateSentence } from '../policy/gate.ts';
import type { RuleSet } from '../policy/switches.ts';
import type { EffectiveGate, EffectiveJudging } from './effective.ts';
import type { ReportFlags } from './flags.ts';
import type { Host } from './host.ts';
import { type Output, writeReport } from './outputs.ts';
import { toolOf } from './request.ts';

/** What an inventory is judged by. */
export interface JudgingInputs {
  readonly rules: RuleSet;
  readonly acceptances: Acceptances;
  /** The change that the gate is about. */
  readonly change?: Change | undefined;
}

/** With more to say in the report of what it is judged by. */
export const withNotes = (inputs: JudgingInputs, notes: readonly Diagnostic[]): JudgingInputs => ({
  ...inputs,
  rules: { ...inputs.rules, diagnostics: [...inputs.rules.diagnostics, ...notes] },
});

/** The report of an inventory: by what it was made with, where nothing is said of judging. */
export async function judge(
  inventory: Inventory,
  { rules, acceptances, change }: JudgingInputs,
  { estate, graceMs, asOf, ownership }: EffectiveJudging,
  host: Host,
): Promise<Report> {
  const { assess } = await import('../assess.ts');
  const header = { ...inventory.header, ownership: { ...inventory.header.ownership, ...ownership } };
  return assess({ ...inventory, header }, rules.judging, {
    estate: estate ?? header.estate,
    graceMs: graceMs ?? header.graceMs,
    asOf: asOf ?? header.asOf,
    tool: toolOf(host),
    acceptances,
    knownRules: rules.known,
    ...(change === undefined ? {} : { change }),
    diagnostics: rules.diagnostics,
  });
}

/** How to show a report, and what to answer by. */
type Delivery = Pick<ReportFlags, 'all' | 'showSuppressed' | 'detailedExitcode'> & { readonly gate: EffectiveGate };

/** Writes the report, and says on stderr what decided the exit code when that is not 0. Resolves to it. */
export async function deliver(
  report: Report,
  outputs: readonly Output[],
  { all, showSuppressed, detailedExitcode, gate: { failOn, allowPartial } }: Delivery,
  host: Host,
): Promise<number> {
  const gate: GateOptions = { failOn, allowPartial, detailedExitcode };
  host.signal.throwIfAborted();
  await writeReport(report, outputs, { all, showSuppressed, failOn, allowPartial, host });
  const sentence = gateWords(report, gate);
  if (sentence !== undefined) host.stderr.write(`keydrift: ${sentence}\n`);
  return exitCode(report, gate);
}

function gateWords(report: Report, gate: GateOptions): string | undefined {
  if (exitCode(report, gate) !== 0) return gateSentence(report, gate);
  const usual: GateOptions = { ...gate, failOn: DEFAULT_FAIL_ON };
  if (gate.failOn !== 'never' || exitCode(report, usual) === 0) return undefined;
  return `exit 0 (--fail-on never); a gate would answer ${gateSentence(report, usual)}`;
}
