import { parseRuleFile } from '../../src/config/rule-files.ts';
import type { KeyRecord } from '../../src/model/key-record.ts';
import type { RuleFile } from '../../src/model/rule.ts';
import { type CompiledRule, compileRules } from '../../src/policy/compile.ts';
import { readGiven } from '../../src/policy/given.ts';

/** The fields of a rule file as YAML text, each after its `field: `. */
export type RuleFields = Readonly<Record<string, string>>;

const PLAIN: RuleFields = {
  id: 'odd-key',
  title: 'A key is odd',
  severity: 'high',
  about: 'estate',
  subject: 'key',
  needs: '[created, configuration, state, live, live.aliases, live.keyStore, live.rotation, live.tags, deletion]',
  when: "key.standing == 'managed'",
  message: 'it is odd',
  why: 'because',
  remediation: 'mend it',
  references: '[https://example.com/odd]',
  tests: '[{ name: odd, given: { standing: managed }, expect: { result: finding } }]',
};

/** The YAML of a rule that is plain but for these fields: one line each, in the order of the schema. */
export const ruleText = (over: RuleFields = {}): string =>
  Object.entries({ ...PLAIN, ...over })
    .map(([field, text]) => `${field}: ${text}\n`)
    .join('');

export const ruleFile = (over: RuleFields = {}): RuleFile => {
  const id = over['id'] ?? PLAIN['id'];
  return parseRuleFile(`rules/${id}.yaml`, ruleText(over));
};

export const rules = (...over: readonly RuleFields[]): readonly CompiledRule[] => compileRules(over.map(ruleFile));

/** A key record from the words of rule tests. */
export function givenKey(given: Readonly<Record<string, unknown>>): KeyRecord {
  const key = readGiven(given);
  if ('message' in key) throw new TypeError(`${key.at.join('.')}: ${key.message}`);
  return key.record;
}
