import { describe, expect, it } from '@jest/globals';
import { COUNTED_AS, type CountedAs } from '../../src/model/finding-status.ts';
import type { Report } from '../../src/model/report.ts';
import { exitCode } from '../../src/policy/gate.ts';
import { stepSummary } from '../../src/reporters/github/step-summary.ts';
import { FORMATS, type Format, loadReporter } from '../../src/reporters/index.ts';
import type { Reporter } from '../../src/reporters/reporter.ts';
import { ACCOUNT, completeCoverage, finding, reportKey, reportOf, scanOf } from '../fixtures/report.ts';

const COVERED = ['complete', 'accepted', 'incomplete'] as const;
type Covered = (typeof COVERED)[number];

const key = reportKey('1234abcd-12ab-34cd-56ef-1234567890ab');
const acceptance = { by: 'settings', reason: 'ACME-1', place: { path: 'keydrift.yaml', line: 3 } } as const;

function reportFor(as: CountedAs, covered: Covered): Report {
  const gap = { source: 'kms', account: ACCOUNT, region: 'eu-west-1', status: 'failed', reason: 'denied' } as const;
  const coverage = covered === 'complete' ? [] : [covered === 'accepted' ? { ...gap, accepted: acceptance } : gap];
  const over =
    as === 'outside-change'
      ? ({ outsideChange: true } as const)
      : as === 'open'
        ? {}
        : ({ status: as, acceptance } as const);
  const report = reportOf({
    keys: [key],
    findings: [finding('unmanaged-key', 'high', key, over)],
    coverage: [...completeCoverage(), ...coverage],
    scan: scanOf({ complete: covered !== 'incomplete' }),
  });
  const { summary } = report;
  return covered === 'accepted' ? { ...report, summary: { ...summary, iacCoverage: null, acceptedGaps: 1 } } : report;
}

/** Whether the finding reads as one that counts, and the scan as covered; undefined where the format has no word for it. */
interface Told {
  readonly counts: boolean;
  readonly covered?: Covered | 'covered or accepted';
}

const byMarks = (text: string, incomplete: RegExp, accepted: RegExp): Covered =>
  incomplete.test(text) ? 'incomplete' : accepted.test(text) ? 'accepted' : 'complete';

const eitherWay = (isIncomplete: boolean) => (isIncomplete ? 'incomplete' : 'covered or accepted');

const markdown = (text: string): Told => ({
  counts: /^### keydrift: 1 high/m.test(text),
  covered: byMarks(text, /^### .*the scan is incomplete$/m, /^\*\*Accepted gaps\*\*/m),
});

const COMPLIANCE = new Map<unknown, Covered>([
  ['PASSED', 'complete'],
  ['NOT_AVAILABLE', 'accepted'],
  ['WARNING', 'incomplete'],
  ['Pass', 'complete'],
  ['Accepted', 'accepted'],
  ['Warning', 'incomplete'],
]);
function coveredBy(status: unknown): Covered {
  const covered = COMPLIANCE.get(status);
  if (covered === undefined) throw new Error(`no such status: ${status}`);
  return covered;
}

const linesOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const TOLD: Readonly<Record<Format | 'step summary', (text: string) => Told>> = {
  json: (text) => {
    const { summary, scan } = JSON.parse(text);
    const covered = summary.acceptedGaps > 0 ? 'accepted' : 'complete';
    return { counts: summary.findings.high === 1, covered: scan.complete ? covered : 'incomplete' };
  },
  table: (text) => ({
    counts: /^ *findings +1 high/m.test(text),
    covered: byMarks(text, /INCOMPLETE/, /complete but for what is accepted/),
  }),
  html: (text) => ({
    counts: text.includes('class="verdict bad"'),
    covered: byMarks(text, /class="scan-incomplete"/, /in full, but for 1 accepted gap/),
  }),
  markdown,
  'step summary': markdown,
  github: (text) => ({
    counts: text.includes('::error'),
    covered: eitherWay(text.includes('::warning')),
  }),
  sarif: (text) => {
    const [run] = JSON.parse(text).runs;
    const [{ level, suppressions = [] }] = run.results;
    const levels = run.invocations[0].toolExecutionNotifications.map((told: { level: string }) => told.level);
    const covered = levels.includes('note') ? 'accepted' : 'complete';
    return {
      counts: level === 'error' && suppressions.length === 0,
      covered: levels.includes('error') ? 'incomplete' : covered,
    };
  },
  codequality: (text) => ({
    counts: text.includes('"severity":"critical"'),
    covered: eitherWay(text.includes('"incomplete-scan"')),
  }),
  junit: (text) => ({
    counts: text.includes('<failure'),
    covered: byMarks(text, /<error/, /<skipped message="denied\. accepted: /),
  }),
  csv: (text) => ({ counts: /^high,open,(?!.*,no,)/m.test(text) }),
  metrics: (text) => ({
    counts: text.includes('keydrift_findings{severity="high",status="open"} 1\n'),
    covered: byMarks(text, /^keydrift_scan_complete 0$/m, /^keydrift_accepted_gaps 1$/m),
  }),
  asff: (text) => {
    const [notice, found] = linesOf(text)[0];
    const { 'keydrift/Status': status, 'keydrift/OutsideChange': outside } = found.ProductFields;
    return { counts: status === 'open' && outside === undefined, covered: coveredBy(notice.Compliance.Status) };
  },
  ocsf: (text) => {
    const [notice, , found] = linesOf(text);
    return {
      counts: found.status === 'New' && found.unmapped.outside_change === undefined,
      covered: coveredBy(notice.compliance.status),
    };
  },
};

const reporterOf = async (format: Format | 'step summary'): Promise<Reporter> =>
  format === 'step summary' ? (report, options) => stepSummary(report, options, 1_000_000) : loadReporter(format);

const CASES = COUNTED_AS.flatMap((as) => COVERED.map((covered) => [as, covered] as const));

describe('a finding and the coverage', () => {
  it.each(CASES)('that are %s and %s decide the gate', (as, covered) => {
    const code = exitCode(reportFor(as, covered), { failOn: 'high', allowPartial: false, detailedExitcode: false });
    expect(code).toBe(as === 'open' ? 1 : covered === 'incomplete' ? 3 : 0);
  });

  describe.each([...FORMATS, 'step summary' as const])('in %s', (format) => {
    it.each(CASES)('that are %s and %s are told as the gate takes them', async (as, covered) => {
      const report = reportFor(as, covered);
      const reporter = await reporterOf(format);
      const text = [...reporter(report, { width: 100, color: false, limit: null, failOn: 'high' })].join('');
      const told = TOLD[format](text);
      expect(told.counts).toBe(as === 'open');
      if (told.covered === undefined) return;
      expect([covered, ...(covered === 'incomplete' ? [] : ['covered or accepted'])]).toContain(told.covered);
    });
  });
});
