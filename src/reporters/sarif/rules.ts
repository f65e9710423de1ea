import { isOutside } from '../../model/finding-status.ts';
import { by } from '../../model/order.ts';
import type { Finding, Report, RuleResult } from '../../model/report.ts';
import { type Severity, severityRank } from '../../model/rule.ts';
import { pageOf } from '../detailed-finding.ts';
import { fitted, fittedLines } from '../fitted.ts';
import { prose } from '../markdown/escape.ts';
import { LEVELS, SECURITY_SEVERITIES } from './levels.ts';

/** What SARIF says of a rule; `worst` is that of its findings, else its own severity. */
interface DescribedRule extends Pick<RuleResult, 'id' | 'title' | 'severity' | 'help'> {
  readonly about: RuleResult['about'] | undefined;
  readonly worst: Severity;
}

/** GitHub shows 1,024 characters (GitHub Docs, "SARIF support for code scanning", shortDescription). */
const TITLE_BYTES = 1000;
const HELP_BYTES = 8000;

/**
 * All rules of the report by id, and those that only a finding names. GitHub has one security severity for all alerts of
 * a rule, and a rule may find worse than its own severity: none of its alerts then reads as less than it is. What stands
 * outside the change is a note and says nothing of the alerts that the change brings.
 */
export function describedRules({ rules, findings }: Report): readonly DescribedRule[] {
  const worst = worstIn(findings.filter((finding) => !isOutside(finding)));
  const known = new Set(rules.map(({ id }) => id));
  const named = [...worstIn(findings)]
    .filter(([id]) => !known.has(id))
    .map(([id, severity]) => ({ id, title: id, severity, help: '', about: undefined }));
  return [...rules, ...named]
    .map((rule) => ({ ...rule, worst: worst.get(rule.id) ?? rule.severity }))
    .sort(by(({ id }) => id));
}

function worstIn(findings: readonly Pick<Finding, 'rule' | 'severity'>[]): ReadonlyMap<string, Severity> {
  const worst = new Map<string, Severity>();
  for (const { rule, severity } of findings) {
    const before = worst.get(rule);
    if (before === undefined || severityRank(severity) < severityRank(before)) worst.set(rule, severity);
  }
  return worst;
}

/** A rule as SARIF's reportingDescriptor (SARIF 2.1.0, 3.49). */
export function ruleDescriptor({ id, title, severity, help, about, worst }: DescribedRule) {
  const text = fittedLines(help === '' ? title : help, HELP_BYTES);
  const page = pageOf({ help });
  const score = SECURITY_SEVERITIES[worst];
  return {
    id,
    name: id.replace(/(?:^|-)([a-z0-9])/g, (_, first: string) => first.toUpperCase()),
    shortDescription: { text: fitted(title, TITLE_BYTES) },
    help: { text, markdown: helpMarkdown(text) },
    ...(page === undefined ? {} : { helpUri: page }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      precision: 'high',
      tags: [...(score === undefined ? [] : ['security']), 'aws-kms', ...(about === undefined ? [] : [about])],
      ...(score === undefined ? {} : { 'security-severity': score }),
    },
  };
}

const LINK = /^See (https:\/\/[\w.~:/?#@!$&'*+,;=%-]+)$/;

/** The rule's own words: prose that only shows, and pages that it refers to as links. */
const helpMarkdown = (help: string): string =>
  help
    .split('\n')
    .map((line) => {
      const page = LINK.exec(line)?.[1];
      return page === undefined ? prose(line) : `See <${page}>`;
    })
    .join('\n\n');
