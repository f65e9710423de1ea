import { COUNTED_AS, countedAs } from '../../model/finding-status.ts';
import type { Finding, Report } from '../../model/report.ts';
import { SEVERITIES } from '../../model/rule.ts';
import { realmOf } from '../detailed-finding.ts';
import type { Family } from './family.ts';
import { placeLabels, Tally } from './tally.ts';

export function* findingFamilies(report: Report): Iterable<Family> {
  const { findings, rules } = report;
  yield {
    name: 'keydrift_findings',
    help: 'Findings by severity and status; the gate counts what is open. Open ones that are no part of the change asked about are outside-change.',
    samples: totals(findings).samples(),
  };
  yield {
    name: 'keydrift_rule_findings',
    help: 'Findings by rule, severity, status, account and Region; no sample where there are none.',
    samples: byRule(report).samples(),
  };
  yield {
    name: 'keydrift_rule_keys_evaluated',
    help: 'Keys that the rule judged.',
    samples: rules.map(({ id, evaluated }) => ({ labels: { rule: id }, value: evaluated })),
  };
  yield {
    name: 'keydrift_rule_keys_not_evaluated',
    help: 'Keys that the rule could not judge, for something that it needs is not known.',
    samples: rules.map(({ id, notEvaluated }) => ({ labels: { rule: id }, value: notEvaluated })),
  };
}

/** Each severity and status, those without a finding too: an alert needs the 0. */
function totals(findings: readonly Finding[]): Tally {
  const tally = new Tally();
  for (const severity of SEVERITIES) for (const status of COUNTED_AS) tally.add({ severity, status }, 0);
  for (const finding of findings) tally.add({ severity: finding.severity, status: countedAs(finding) });
  return tally;
}

function byRule(report: Report): Tally {
  const tally = new Tally();
  const labelsOf = placeLabels(report);
  for (const finding of report.findings) {
    const { rule, severity } = finding;
    tally.add({ rule, severity, status: countedAs(finding), ...labelsOf(realmOf(finding) ?? {}) });
  }
  return tally;
}
