import { join } from 'node:path';
import { readRuleFiles } from '../../../src/config/rule-files.ts';
import type { Inventory } from '../../../src/model/inventory.ts';
import type { Report } from '../../../src/model/report.ts';
import { HOUR } from '../../../src/model/time.ts';
import { type CompiledRule, compileRules } from '../../../src/policy/compile.ts';
import { judge } from '../../../src/policy/evaluate.ts';
import { buildReport } from '../../../src/policy/report.ts';
import { reconcile } from '../../../src/reconcile/reconcile.ts';
import { estate } from '../estate.ts';

/** Milliseconds that each step from facts to report took. */
export interface Steps {
  readonly reconcile: number;
  readonly judge: number;
  readonly report: number;
}

/** The built-in rules of the repository. */
export const builtInRules = async (root: string): Promise<readonly CompiledRule[]> =>
  compileRules(await readRuleFiles(join(root, 'rules')));

/** An inventory to its report, as a scan does it, with the time of each step. */
export function assessed(inventory: Inventory, rules: readonly CompiledRule[]): { report: Report; steps: Steps } {
  const { asOf, estate, tool } = inventory.header;
  const began = performance.now();
  const { keys, diagnostics } = reconcile(inventory, { estate, graceMs: HOUR, secondLook: 'required' });
  const reconciled = performance.now();
  const judgement = judge(rules, keys, { asOf, estate });
  const judged = performance.now();
  const report = buildReport({ inventory, keys, judgement, diagnostics, tool });
  const steps = { reconcile: reconciled - began, judge: judged - reconciled, report: performance.now() - judged };
  return { report, steps };
}

/** Judges an estate of so many keys once, with the rules of the repository in the working directory. */
export async function judgeEstate(keys: number): Promise<Steps> {
  const { steps } = assessed(estate(keys), await builtInRules('.'));
  return steps;
}
