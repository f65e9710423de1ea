import type { RuleFile } from '../model/rule.ts';
import { type CompiledRule, compileRules } from './compile.ts';
import { judge } from './evaluate.ts';
import { readGiven } from './given.ts';
import { parameterProblem } from './parameters.ts';

/** What came of one test that a rule file carries. */
export interface RuleTestResult {
  readonly rule: string;
  readonly test: string;
  /** Where the test stands. */
  readonly path: string;
  readonly line: number;
  /** What was expected and what came instead, one line; null when the test passed. */
  readonly failure: string | null;
}

/**
 * Runs the tests in these rule files through the same engine that judges real keys. Throws UserError for rules that
 * cannot be compiled or evaluated.
 */
export function testRules(files: readonly RuleFile[]): readonly RuleTestResult[] {
  return compileRules(files).flatMap((rule) =>
    rule.rule.tests.map((test, index) => ({
      rule: rule.rule.id,
      test: test.name,
      path: rule.file.path,
      line: rule.file.lineOf(`tests.${index}`),
      failure: failureOf(rule, test),
    })),
  );
}

type RuleTest = CompiledRule['rule']['tests'][number];

function failureOf(rule: CompiledRule, { given, parameters = {}, expect }: RuleTest): string | null {
  const problem = parameterProblem(rule.rule, parameters);
  if (problem !== undefined) return problem;
  const key = readGiven(given);
  if ('message' in key) return `${['given', ...key.at].join('.')}: ${key.message}`;
  const { findings, rules } = judge([rule.withParameters(parameters)], [key.record], key.context);
  const [finding] = findings;
  const result =
    finding !== undefined ? 'finding' : rules.some(({ notEvaluated }) => notEvaluated > 0) ? 'not-evaluated' : 'none';
  if (result !== expect.result) return `expected ${expect.result}, got ${result}`;
  if (expect.severity !== undefined && finding?.severity !== expect.severity) {
    return `expected severity ${expect.severity}, got ${finding?.severity ?? 'none'}`;
  }
  if (expect.message === undefined || finding?.message === expect.message) return null;
  return `expected message ${JSON.stringify(expect.message)}, got ${JSON.stringify(finding?.message ?? '')}`;
}
