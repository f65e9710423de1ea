import { isOutside } from '../model/finding-status.ts';
import { gapsOf, isUnanswered } from '../model/gaps.ts';
import { inPieces } from '../model/pieces.ts';
import type { Finding, Report } from '../model/report.ts';
import type { Severity } from '../model/rule.ts';
import { type DetailedFinding, findingDetails, holderOf, keyNameOf } from './detailed-finding.ts';
import { fitted } from './fitted.ts';
import { gapText } from './gap-words.ts';
import { placeInTree } from './place.ts';
import { plainText } from './plain-text.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';
import { count } from './words.ts';
import { isOpen, worstFirst } from './worst-first.ts';

/** GitLab's words for ours (GitLab Docs, "Code Quality report format"). */
const SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  info: 'info',
};

/** What one issue is called in a merge request. */
const DESCRIPTION_BYTES = 1000;

/**
 * GitLab's Code Quality report. It has no word for what somebody answers for, and tells what a merge request adds and
 * resolves by which issues a report has: baselined and suppressed findings are left out, and read as resolved. What is
 * open outside of the change stays, so that it does not read as resolved, and says so as an info. An
 * incomplete scan is an issue of its own, so that what could not be found does not read as resolved alone.
 */
export const codequality: Reporter = (report, options) => inPieces(lines(report, options));

function* lines(report: Report, options: ReporterOptions): Iterable<string> {
  let before = '[\n';
  for (const issue of issues(report, options)) {
    yield before + plainText(JSON.stringify(issue));
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

function* issues(report: Report, options: ReporterOptions): Iterable<object> {
  if (!report.scan.complete) yield incomplete(report, options);
  const detailsOf = findingDetails(report);
  for (const finding of worstFirst(report.findings).filter(isOpen)) yield issueOf(detailsOf(finding), options);
}

function issueOf(detailed: DetailedFinding, options: ReporterOptions): object {
  const { rule, fingerprint, severity, message, location } = detailed.finding;
  const isElsewhere = isOutside(detailed.finding);
  const aside = isElsewhere ? 'outside the change: ' : '';
  return {
    description: fitted(`${aside}${keyNameOf(detailed)}: ${message.trim()} (${keyOf(detailed)})`, DESCRIPTION_BYTES),
    check_name: rule,
    fingerprint,
    severity: isElsewhere ? SEVERITIES.info : SEVERITIES[severity],
    location: locationIn(location, options),
  };
}

const keyOf = (detailed: DetailedFinding): string =>
  [detailed.finding.arn ?? detailed.finding.key, holderOf(detailed) ?? []].flat().join(', ');

function locationIn(location: Finding['location'], options: ReporterOptions): object {
  const { path, line } = placeInTree(location, options);
  return { path, lines: { begin: line } };
}

function incomplete(report: Report, options: ReporterOptions): object {
  const gaps = gapsOf(report).filter(isUnanswered);
  const [first] = gaps;
  const named = first === undefined ? '' : `, the first: ${gapText(first)}`;
  return {
    description: fitted(`The scan is incomplete, ${count(gaps.length, 'gap')}${named}`, DESCRIPTION_BYTES),
    check_name: 'incomplete-scan',
    fingerprint: 'keydrift-incomplete-scan',
    severity: SEVERITIES.medium,
    location: locationIn({ path: '', line: 1 }, options),
  };
}
