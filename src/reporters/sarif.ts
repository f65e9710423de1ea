import { inPieces } from '../model/pieces.ts';
import type { Report } from '../model/report.ts';
import { findingDetails } from './detailed-finding.ts';
import { plainText } from './plain-text.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';
import { NOTIFICATION_KINDS, notificationsOf } from './sarif/notifications.ts';
import { resultOf, runContext } from './sarif/result.ts';
import { describedRules, ruleDescriptor } from './sarif/rules.ts';
import { worstFirst } from './worst-first.ts';

/** GitHub stores 5,000 results of a run, and not always the worst (GitHub Docs, "SARIF results exceed limits"). */
const MOST_RESULTS = 5000;

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * SARIF 2.1.0. Every result stands in a file of the tree, and its fingerprint is the finding's. Baselined and suppressed
 * findings are results with a suppression, which GitHub does not read; where there is a baseline all results tell how
 * they stand to it. What was not covered makes the execution unsuccessful, unless somebody answers for it.
 */
export const sarif: Reporter = (report, options) => inPieces(lines(report, options));

function* lines(report: Report, options: ReporterOptions): Iterable<string> {
  const rules = describedRules(report);
  const context = runContext(report, rules, options);
  const { tool, scan } = report;
  const shown = worstFirst(report.findings).slice(0, MOST_RESULTS);
  const detailsOf = findingDetails(report);
  yield `{\n"$schema":${text(SCHEMA)},\n"version":"2.1.0",\n"runs":[{\n"tool":{"driver":{`;
  yield `"name":${text(tool.name)},"semanticVersion":${text(tool.version)},\n"notifications":`;
  yield* list(NOTIFICATION_KINDS, (kind) => kind);
  yield ',\n"rules":';
  yield* list(rules, ruleDescriptor);
  yield `}},\n"invocations":[{"executionSuccessful":${scan.complete},`;
  yield `"startTimeUtc":${text(scan.startedAt)},"endTimeUtc":${text(scan.finishedAt)},\n"toolExecutionNotifications":`;
  yield* list(notificationsOf(report, report.findings.length - shown.length, context.ruleIndex), (note) => note);
  yield '}],\n"results":';
  yield* list(shown, (finding) => resultOf(detailsOf(finding), context));
  yield `,\n"properties":${text({ estate: scan.estate, complete: scan.complete, summary: report.summary })}\n}]\n}\n`;
}

/** One element a line. */
function* list<T>(values: Iterable<T>, shape: (value: T) => object): Iterable<string> {
  let before = '[\n';
  for (const value of values) {
    yield before + text(shape(value));
    before = ',\n';
  }
  yield before === '[\n' ? '[]' : '\n]';
}

const text = (value: unknown): string => plainText(JSON.stringify(value));
