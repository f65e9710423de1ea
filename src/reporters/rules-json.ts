import type { ToldRule } from '../model/rule.ts';
import { plainText } from './plain-text.ts';

/** All rules as one JSON object, sorted by id, a line each. */
export function* rulesJson(rules: readonly ToldRule[]): Iterable<string> {
  yield '{"rules":[\n';
  for (const [at, rule] of rules.entries()) yield `${ruleText(rule)}${at < rules.length - 1 ? ',' : ''}\n`;
  yield ']}\n';
}

/** One rule as a JSON object. */
export function* ruleJson(rule: ToldRule): Iterable<string> {
  yield `${ruleText(rule)}\n`;
}

const ruleText = (told: ToldRule): string => plainText(JSON.stringify(dataOf(told)));

/** The rule as its file has it, but for its tests; its severity and the values of its parameters are those that count. */
function dataOf({ rule, origin, off, ownSeverity, values }: ToldRule): object {
  const { tests: _, enabled: __, parameters = {}, ...said } = rule;
  const told = Object.entries(parameters).map(([name, parameter]) => [
    name,
    { ...parameter, value: Object.hasOwn(values, name) ? values[name] : parameter.default },
  ]);
  return {
    ...said,
    parameters: Object.fromEntries(told),
    judges: off === undefined,
    off: off ?? null,
    ownSeverity: ownSeverity ?? null,
    origin,
  };
}
