import type { AcceptedGap } from '../model/acceptance.ts';
import type { Coverage } from '../model/coverage.ts';
import type { Inventory } from '../model/inventory.ts';
import { coveredBy } from '../policy/acceptance/gaps.ts';
import { plainText } from '../reporters/plain-text.ts';
import type { Cli } from './cli.ts';
import { effectiveGate } from './effective.ts';
import type { GateFlags, JudgingFlags, SourceFlags } from './flags.ts';
import { gather, save } from './gather.ts';
import { spared } from './prepared.ts';
import { asked, inputsOf } from './request.ts';
import { heldRules } from './rule-set.ts';

/** `keydrift collect`'s flags; what was seen is always saved, so the file is no option. */
export interface CollectFlags extends SourceFlags, JudgingFlags, Pick<GateFlags, 'allowPartial'> {
  readonly saveInventory: string;
  readonly detailedExitcode: boolean;
}

/** `keydrift collect`: look and save, judge nothing. Resolves to the exit code: 0, 3 with gaps, 2 with nothing seen. */
export async function collect(flags: CollectFlags, cli: Cli): Promise<number> {
  const { host } = cli;
  const what = await asked(flags, host);
  await spared({}, what.held, { written: [flags.saveInventory], read: inputsOf(what, host) }, host);
  const rules = await heldRules(what.held, host);
  const inventory = await gather(what, rules.judging, cli);
  host.signal.throwIfAborted();
  await save(inventory, flags.saveInventory, host);
  const problem = problemIn(inventory, what.held.settings.gaps, effectiveGate(flags, what.held).allowPartial);
  if (problem === undefined) return 0;
  const code = flags.detailedExitcode ? 1 : problem.code;
  host.stderr.write(`keydrift: exit ${code}: ${problem.sentence}\n`);
  return code;
}

function problemIn({ header, coverage }: Inventory, gaps: readonly AcceptedGap[], allowPartial: boolean) {
  const asked = coverage.filter(({ source }) => header.requested.includes(source));
  if (asked.every(({ status }) => status === 'failed'))
    return { code: 2, sentence: `nothing was seen${firstOf(asked)}` };
  const covered = coveredBy(header, coverage, gaps, header.asOf);
  if (allowPartial || covered.isComplete) return undefined;
  const open = covered.coverage.filter(
    ({ source, status, accepted }) =>
      status !== 'complete' && accepted === undefined && header.requested.includes(source),
  );
  return { code: 3, sentence: `not everything was covered (--allow-partial accepts that)${firstOf(open)}` };
}

function firstOf(gaps: readonly Coverage[]): string {
  const [gap] = gaps;
  if (gap === undefined) return '';
  const where = [gap.source, gap.operation, gap.locator ?? gap.region].filter((word) => word !== undefined).join(' ');
  return `: ${plainText(`${where}: ${gap.reason ?? gap.status}`)}${gaps.length > 1 ? ` (and ${gaps.length - 1} more)` : ''}`;
}
