import { counts } from '../../../model/counting.ts';
import { gapsOf, isUnanswered } from '../../../model/gaps.ts';
import type { Report } from '../../../model/report.ts';
import { SEVERITIES } from '../../../model/rule.ts';
import { pageFor } from '../../table/page.ts';
import { verdictLines } from '../../table/verdict.ts';
import { count, digits } from '../../words.ts';
import { type Element, h } from '../node.ts';

/** As the table says it, a sentence a line however long. */
const UNWRAPPED = pageFor({ width: Number.MAX_SAFE_INTEGER, color: false, limit: null });

type Mood = 'good' | 'bad' | 'open';

/** Whether to worry, in a line: findings by severity, or that there are none; and whether everything was looked at. */
export function verdict(report: Report): Element {
  const [headline = '', ...sentences] = sentencesOf(report);
  return h(
    'div',
    { class: `verdict ${moodOf(report)}` },
    h('h1', {}, headline),
    sentences.map((sentence) => h('p', { class: 'sentence' }, sentence)),
    completeness(report),
  );
}

function sentencesOf(report: Report): string[] {
  const told = [...verdictLines(report, UNWRAPPED)].map((line) => line.trim()).filter((line) => line !== '');
  const findings = findingsText(report);
  return findings === undefined ? told : [findings, ...told];
}

function findingsText({ summary, findings }: Report): string | undefined {
  const open = SEVERITIES.filter((severity) => summary.findings[severity] > 0);
  const [worst] = open;
  if (worst === undefined) return undefined;
  const keys = new Set(findings.filter(counts).map(({ key }) => key)).size;
  const all = open.reduce((sum, severity) => sum + summary.findings[severity], 0);
  const told = open.filter((severity) => severity === 'critical' || severity === 'high');
  const numbers = told.map((severity) => `${digits(summary.findings[severity])} ${severity}`).join(' and ');
  const which = told.length === 0 ? `none above ${worst}` : numbers;
  return `${count(all, 'open finding')} on ${count(keys, 'key')}: ${which}`;
}

/** Of a check: complete is not all that there is to know. */
const unasked = ({ scan }: Report): string => (scan.requested.includes('kms') ? '' : ' AWS was not asked.');

const worstOf = ({ summary }: Report): string | undefined =>
  SEVERITIES.find((severity) => summary.findings[severity] > 0);

const moodOf = (report: Report): Mood => {
  const worst = worstOf(report);
  if (worst === 'critical' || worst === 'high') return 'bad';
  return worst !== undefined || !report.scan.complete ? 'open' : 'good';
};

function completeness(report: Report): Element {
  const gaps = gapsOf(report).filter(isUnanswered).length;
  const { acceptedGaps: accepted = 0, outsideGaps: outside = 0 } = report.summary;
  if (report.scan.complete) {
    const uncounted = [
      ...(accepted === 0 ? [] : [count(accepted, 'accepted gap')]),
      ...(outside === 0 ? [] : [`${count(outside, 'gap')} outside the change`]),
    ];
    const but = uncounted.length === 0 ? '' : `, but for ${uncounted.join(' and ')}`;
    return h(
      'p',
      { class: 'scan-complete' },
      `Scan complete: every source that was asked answered in full${but}.${unasked(report)}`,
    );
  }
  return h(
    'p',
    { class: 'scan-incomplete' },
    h('strong', {}, `Scan incomplete, ${count(gaps, 'gap')}. `),
    'What was not covered is unknown, not clean: ',
    h('a', { href: '#coverage' }, 'see Coverage'),
    '.',
  );
}
