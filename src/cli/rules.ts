import { readRuleFile } from '../config/rule-files.ts';
import { UserError } from '../errors.ts';
import { didYouMean } from '../model/nearest.ts';
import { plural } from '../model/plural.ts';
import type { ToldRule } from '../model/rule.ts';
import { type RuleTestResult, testRules } from '../policy/rule-tests.ts';
import { plainText } from '../reporters/plain-text.ts';
import { ruleInFull, rulesTable } from '../reporters/rules.ts';
import { ruleJson, rulesJson } from '../reporters/rules-json.ts';
import { faceOf } from './face.ts';
import type { Host } from './host.ts';
import { findRules, type HeldRules, heldRules, type RulesFlags } from './rule-set.ts';
import { heldSettings } from './settings.ts';

/** Which rules, and whether for people or for programs. */
export interface ShowingFlags extends RulesFlags {
  readonly output: 'table' | 'json';
}

/** `keydrift rules list`: every rule on a line, worst first, and what settings make of it. */
export async function listRules({ output, ...flags }: ShowingFlags, host: Host): Promise<number> {
  const rules = told(await heldRules(await heldSettings(flags, host), host));
  await host.stdout.write(output === 'json' ? rulesJson(rules) : rulesTable(rules, faceOf(host)));
  return 0;
}

/** `keydrift rules show ID`: one rule in full. */
export async function showRule(id: string, { output, ...flags }: ShowingFlags, host: Host): Promise<number> {
  const rules = told(await heldRules(await heldSettings(flags, host), host));
  const found = rules.find(({ rule }) => rule.id === id);
  const ids = rules.map(({ rule }) => rule.id);
  if (found === undefined) throw new UserError(`no rule is named ${id}${didYouMean(id, ids)}: see keydrift rules list`);
  await host.stdout.write(output === 'json' ? ruleJson(found) : ruleInFull(found, faceOf(host)));
  return 0;
}

/**
 * `keydrift rules test [WHERE…]`: all rules that there are, or those of directories and files; 1 when a test fails. A
 * rule that cannot be read or checked is a UserError.
 */
export async function testRuleFiles(where: readonly string[], flags: RulesFlags, host: Host): Promise<number> {
  const paths = await findRules(where, flags, host);
  const results = testRules(await Promise.all(paths.map(({ path, ...reading }) => readRuleFile(path, reading))));
  await host.stdout.write(testLines(results));
  return results.some(failed) ? 1 : 0;
}

const told = ({ rules, builtIn }: HeldRules): readonly ToldRule[] =>
  rules.map(({ rule: { rule, file }, ...switched }) => ({
    ...switched,
    rule,
    origin: builtIn.has(rule.id) ? null : file.path,
  }));

const failed = ({ failure }: RuleTestResult): boolean => failure !== null;

function* testLines(results: readonly RuleTestResult[]): Generator<string, void> {
  for (const { path, line, rule, test, failure } of results) {
    if (failure !== null) yield `${plainText(`${path}:${line}: ${rule}: ${test}: ${failure}`)}\n`;
  }
  const rules = new Set(results.map(({ rule }) => rule)).size;
  const failures = results.filter(failed).length;
  yield `${plural(rules, 'rule')}: ${plural(results.length - failures, 'test')} passed, ${failures} failed\n`;
}
