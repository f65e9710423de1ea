import { inPieces } from '../model/pieces.ts';
import type { Report } from '../model/report.ts';
import { SECOND, toEpochMs } from '../model/time.ts';
import { coverageCases } from './junit/coverage-cases.ts';
import { findingCases } from './junit/finding-cases.ts';
import { ruleCases } from './junit/rule-cases.ts';
import { type Counts, caseText, countsOf, type TestCase } from './junit/test-case.ts';
import { attributes } from './junit/xml.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';

/**
 * JUnit XML, within what Jenkins' schema takes (xunit-plugin, junit-10.xsd). Findings that the gate counts are failures;
 * others, baselined and suppressed ones among them, are skipped cases that tell why. What was not covered is an error
 * where the gate fails for it.
 */
export const junit: Reporter = (report, options) => inPieces(lines(report, options));

interface Suite {
  readonly name: string;
  /** Goes through its cases anew each time. */
  readonly cases: () => Iterable<TestCase>;
}

function suitesOf(report: Report, options: ReporterOptions): readonly Suite[] {
  const failOn = options.failOn ?? 'high';
  return [
    { name: 'keydrift findings', cases: () => findingCases(report, failOn, options) },
    { name: 'keydrift rules', cases: () => ruleCases(report, failOn) },
    { name: 'keydrift coverage', cases: () => coverageCases(report, options.allowPartial ?? false) },
  ];
}

function* lines(report: Report, options: ReporterOptions): Iterable<string> {
  const { startedAt, finishedAt } = report.scan;
  const time = ((toEpochMs(finishedAt) - toEpochMs(startedAt)) / SECOND).toFixed(3);
  const suites = suitesOf(report, options).map((suite) => ({ ...suite, counts: countsOf(suite.cases()) }));
  const sum = (name: keyof Counts): number => suites.reduce((total, { counts }) => total + counts[name], 0);
  const totals = { tests: sum('tests'), failures: sum('failure'), errors: sum('error') };
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites${attributes({ name: 'keydrift', ...totals, time })}>\n`;
  for (const { name, cases, counts } of suites) {
    const { tests, failure: failures, error: errors, skipped } = counts;
    const numbers = { tests, failures, errors, skipped };
    yield `<testsuite${attributes({ name, ...numbers, timestamp: startedAt.replace(/\.\d+Z$/, ''), time: '0.000' })}>\n`;
    for (const one of cases()) yield caseText(one);
    yield '</testsuite>\n';
  }
  yield '</testsuites>\n';
}
