import { UserError } from '../errors.ts';
import { didYouMean } from '../model/nearest.ts';
import { plural } from '../model/plural.ts';
import type { Rule } from '../model/rule.ts';
import { type RuleTestResult, testRules } from '../policy/rule-tests.ts';
import { plainText } from '../reporters/plain-text.ts';
import { ruleInFull, rulesTable } from '../reporters/rules.ts';
import { faceOf } from './face.ts';
import type { Host } from './host.ts';
import { builtInRules, ruleFiles } from './rule-set.ts';

/** `keydrift rules list`: every built-in rule on a line, worst first. */
export async function listRules(host: Host): Promise<number> {
  await host.stdout.write(rulesTable(await checkedRules(host), faceOf(host)));
  return 0;
}

/** `keydrift rules show ID`: one built-in rule in full. */
export async function showRule(id: string, host: Host): Promise<number> {
  const rules = await checkedRules(host);
  const rule = rules.find((candidate) => candidate.id === id);
  const ids = rules.map((known) => known.id);
  if (rule === undefined) throw new UserError(`no rule is named ${id}${didYouMean(id, ids)}: see keydrift rules list`);
  await host.stdout.write(ruleInFull(rule, faceOf(host)));
  return 0;
}

/** `keydrift rules test [DIR]`: 1 when a test fails; a rule that cannot be read or checked is a UserError. */
export async function testRuleFiles(dir: string | undefined, host: Host): Promise<number> {
  const results = testRules(await ruleFiles(host, dir));
  await host.stdout.write(testLines(results));
  return results.some(failed) ? 1 : 0;
}

const checkedRules = async (host: Host): Promise<readonly Rule[]> => (await builtInRules(host)).map(({ rule }) => rule);

const failed = ({ failure }: RuleTestResult): boolean => failure !== null;

function* testLines(results: readonly RuleTestResult[]): Generator<string, void> {
  for (const { path, line, rule, test, failure } of results) {
    if (failure !== null) yield `${plainText(`${path}:${line}: ${rule}: ${test}: ${failure}`)}\n`;
  }
  const rules = new Set(results.map(({ rule }) => rule)).size;
  const failures = results.filter(failed).length;
  yield `${plural(rules, 'rule')}: ${plural(results.length - failures, 'test')} passed, ${failures} failed\n`;
}
