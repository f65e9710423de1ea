import { type Gap, gapsOf, isUnanswered } from '../model/gaps.ts';
import { coveredBy } from '../policy/acceptance/gaps.ts';
import { codeOf, lookVerdict } from '../policy/gate.ts';
import { gapText } from '../reporters/gap-words.ts';
import { plainText } from '../reporters/plain-text.ts';
import { count } from '../reporters/words.ts';
import type { Cli } from './cli.ts';
import { effectiveGate } from './effective.ts';
import type { GateFlags, JudgingFlags, SourceFlags } from './flags.ts';
import { gather, save } from './gather.ts';
import { spared } from './prepared.ts';
import { flagsAndSettings, inputsOf } from './request.ts';
import { heldRules } from './rule-set.ts';

/** `keydrift collect`'s flags; what was seen is always saved, so the file is no option. */
export interface CollectFlags extends SourceFlags, JudgingFlags, Pick<GateFlags, 'allowPartial'> {
  readonly saveInventory: string;
  readonly detailedExitcode: boolean;
}

/** `keydrift collect`: look and save, judge nothing. Resolves to the exit code: 0, 3 with gaps, 2 with nothing seen. */
export async function collect(flags: CollectFlags, cli: Cli): Promise<number> {
  const { host } = cli;
  const what = await flagsAndSettings(flags, host);
  await spared({}, what.held, { written: [flags.saveInventory], read: inputsOf(what, host) }, host);
  const rules = await heldRules(what.held, host);
  const inventory = await gather(what, rules.judging, cli);
  host.signal.throwIfAborted();
  await save(inventory, flags.saveInventory, host);
  const { header, coverage } = inventory;
  const covered = coveredBy(header, coverage, what.held.settings.gaps, header.asOf);
  const { requested } = header;
  const verdict = lookVerdict({ ...covered, requested }, effectiveGate(flags, what.held));
  if (verdict === 'clean') return 0;
  const code = codeOf(verdict, flags);
  const open = gapsOf({ scan: { requested }, coverage: covered.coverage }).filter(isUnanswered);
  host.stderr.write(`keydrift: exit ${code}: ${WORDS[verdict]}${firstOf(open)}\n`);
  return code;
}

const WORDS = {
  'nothing-seen': 'nothing was seen',
  incomplete: 'not everything was covered (--allow-partial accepts that)',
} as const;

function firstOf([gap, ...others]: readonly Gap[]): string {
  if (gap === undefined) return '';
  return `: ${plainText(gapText(gap))}${others.length > 0 ? ` (and ${count(others.length, 'more gap')})` : ''}`;
}
