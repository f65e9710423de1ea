import { counts, failsAt } from '../../model/counting.ts';
import type { Finding, Report } from '../../model/report.ts';
import type { FailOn } from '../../model/rule.ts';
import { lapsedTexts, setAside } from '../acceptance-words.ts';
import { type DetailedFinding, findingDetails, holderOf, keyNameOf } from '../detailed-finding.ts';
import { placeInTree } from '../place.ts';
import type { ReporterOptions } from '../reporter.ts';
import { worstFirst } from '../worst-first.ts';
import type { TestCase } from './test-case.ts';

/** Whether the gate counts a finding: that alone is a failure, for a failed test stops what an info should not stop. */
export const fails = (finding: Finding, failOn: FailOn): boolean =>
  counts(finding) && failsAt(finding.severity, failOn);

/** A case for each finding, the worst first. */
export function* findingCases(report: Report, failOn: FailOn, options: ReporterOptions): Iterable<TestCase> {
  const detailsOf = findingDetails(report);
  for (const finding of worstFirst(report.findings)) yield caseOf(detailsOf(finding), failOn, options);
}

const caseOf = (detailed: DetailedFinding, failOn: FailOn, options: ReporterOptions): TestCase => ({
  outcome: fails(detailed.finding, failOn) ? 'failure' : 'skipped',
  classname: `keydrift.findings.${detailed.finding.rule}`,
  name: () => nameOf(detailed),
  message: () => messageOf(detailed.finding, failOn),
  lines: () => linesOf(detailed, options),
});

/** The ARN tells keys with one alias apart, and the attribute findings of one rule. */
function nameOf(detailed: DetailedFinding): string {
  const { arn, key, attribute } = detailed.finding;
  const name = keyNameOf(detailed);
  const identity = arn ?? key;
  return [name, ...(attribute === undefined ? [] : [attribute]), ...(name === identity ? [] : [`(${identity})`])].join(
    ' ',
  );
}

function messageOf(finding: Finding, failOn: FailOn): string {
  const aside = setAside(finding) ?? (fails(finding, failOn) ? undefined : `below --fail-on ${failOn}`);
  return `${finding.severity}${aside === undefined ? '' : ` (${aside})`}: ${finding.message.trim()}`;
}

function linesOf(detailed: DetailedFinding, options: ReporterOptions): readonly string[] {
  const { finding } = detailed;
  const { path, line } = placeInTree(finding.location, options);
  return [
    `${path}:${line}`,
    ...[holderOf(detailed) ?? []].flat(),
    ...lapsedTexts(finding),
    ...finding.evidence.map(({ witness, text }) => `${witness}: ${text}`),
    ...finding.remediation.trim().split('\n'),
  ];
}
