import type { Standing } from '../../model/key-record.ts';
import type { Report } from '../../model/report.ts';
import { SEVERITIES } from '../../model/rule.ts';
import { flow } from '../cells.ts';
import { gapsOf } from './gaps.ts';
import { beside, INDENT } from './layout.ts';
import type { Page } from './page.ts';
import { count, digits } from './words.ts';

/** What is well first, then what wants a look, then what is not ours to judge. */
const STANDING_ORDER: readonly Standing[] = [
  'managed',
  'unmanaged',
  'unclaimed',
  'missing',
  'undetermined',
  'import-planned',
  'not-created',
  'settling',
  'retiring',
  'gone',
  'managed-elsewhere',
  'aws-managed',
  'out-of-scope',
];

const LABEL_WIDTH = 12;

/** The answer at a glance: findings, keys, share in code, coverage. */
export function summaryLines(report: Report, page: Page): string[] {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['findings', findingCounts(report, page)],
    ['keys', keyCounts(report)],
    ['in code', codeShare(report)],
    ['coverage', coverageText(report, page)],
  ];
  return rows.flatMap(([label, parts]) => labelled(label, parts, page));
}

function labelled(label: string, parts: readonly string[], page: Page): string[] {
  return beside(label, LABEL_WIDTH, flow(parts, ' · ', page.width - LABEL_WIDTH - INDENT.length), page);
}

function findingCounts({ summary, findings }: Report, page: Page): string[] {
  const open = SEVERITIES.filter((severity) => summary.findings[severity] > 0).map((severity) =>
    page.severity[severity](`${digits(summary.findings[severity])} ${severity}`),
  );
  const silenced = (['baselined', 'suppressed'] as const).flatMap((status) => {
    const number = findings.filter((finding) => finding.status === status).length;
    return number === 0 ? [] : [page.quiet(`${digits(number)} ${status}`)];
  });
  return [...(open.length === 0 ? ['none'] : open), ...silenced];
}

function keyCounts({ summary }: Report): string[] {
  const standings = STANDING_ORDER.filter((standing) => summary.standings[standing] > 0);
  const counts = standings.map((standing) => `${digits(summary.standings[standing])} ${standing}`);
  return summary.keys === 0 ? ['none'] : [`${digits(summary.keys)} in all`, ...counts];
}

/** Rounded down: 100 % is said only of all. */
function codeShare({ summary, scan }: Report): string[] {
  const { managed, unmanaged, unclaimed } = summary.standings;
  const all = managed + unmanaged + unclaimed;
  if (summary.iacCoverage !== null) {
    return [`${Math.floor(summary.iacCoverage * 100)} % (${digits(managed)} of ${count(all, 'key')})`];
  }
  return !scan.complete && all > 0 ? ['not reckoned from an incomplete scan'] : [];
}

function coverageText(report: Report, page: Page): string[] {
  const asked = `asked: ${report.scan.requested.join(', ') || 'nothing'}`;
  if (report.scan.complete) return [page.good('complete'), asked];
  const gaps = gapsOf(report).length;
  return [page.loud(`INCOMPLETE, ${count(gaps, 'gap')}: see NOT COVERED`), asked];
}
