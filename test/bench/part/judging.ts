import { join } from 'node:path';
import { assess } from '../../../src/assess.ts';
import { readRuleFiles } from '../../../src/config/rule-files.ts';
import type { Inventory } from '../../../src/model/inventory.ts';
import type { Report } from '../../../src/model/report.ts';
import { HOUR } from '../../../src/model/time.ts';
import { type CompiledRule, compileRules } from '../../../src/policy/compile.ts';
import { estate } from '../estate.ts';

/** The built-in rules of the repository. */
export const builtInRules = async (root: string): Promise<readonly CompiledRule[]> =>
  compileRules(await readRuleFiles(join(root, 'rules')));

/** An inventory to its report, as a scan does it: reconciled, judged and shown key by key. */
export function assessed(inventory: Inventory, rules: readonly CompiledRule[]): Report {
  const { asOf, estate, tool } = inventory.header;
  return assess(inventory, rules, { estate, graceMs: HOUR, asOf, tool });
}

/** Milliseconds to judge an estate of so many keys once, with the rules of the repository in the working directory. */
export async function judgeEstate(keys: number): Promise<number> {
  const inventory = estate(keys);
  const rules = await builtInRules('.');
  const began = performance.now();
  assessed(inventory, rules);
  return performance.now() - began;
}
