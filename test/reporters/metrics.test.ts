import { describe, expect, it } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import { metrics } from '../../src/reporters/metrics.ts';
import { arn, finding, reportKey, reportOf, ruleResult, scanOf } from '../fixtures/report.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { openMetrics } from '../support/formats/open-metrics.ts';

const textOf = (report: Report): string => [...metrics(report, { width: 100, color: false, limit: 10 })].join('');
const sampleOf = (report: Report, name: string, labels = ''): number | undefined =>
  openMetrics(textOf(report)).get(`keydrift_${name}`)?.samples.get(labels);

describe('metrics', () => {
  it('are OpenMetrics text, gauges all, each with its help', () => {
    const families = openMetrics(textOf(sampleReport()));
    expect(families.size).toBeGreaterThan(15);
    for (const [name, { help }] of families) {
      expect(name).toMatch(/^keydrift_[a-z_]+$/);
      expect(help).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('are what the textfile collector of node_exporter takes: nothing but comments, gauges, and samples without a time', () => {
    const lines = textOf(sampleReport()).trimEnd().split('\n');
    expect(lines.filter((line) => /^# TYPE/.test(line)).every((line) => line.endsWith(' gauge'))).toBe(true);
    expect(
      lines.filter((line) => !/^# (HELP|TYPE|UNIT) keydrift_|^# EOF$|^keydrift_\w+(\{.*\})? [0-9.]+$/.test(line)),
    ).toEqual([]);
  });

  it('name no key', () => {
    const report = sampleReport();
    const text = textOf(report);
    const secrets = report.keys.flatMap(({ keyId, aliases, id }) => [keyId ?? id, ...aliases]);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).not.toContain('arn:');
  });

  it.each<[string, Partial<Report['scan']>, string, number | undefined]>([
    ['a complete scan', {}, 'scan_complete', 1],
    ['an incomplete scan', { complete: false }, 'scan_complete', 0],
    ['a complete scan', {}, 'scan_last_success_timestamp_seconds', Date.parse('2026-11-23T05:51:31Z') / 1000],
    ['an incomplete scan', { complete: false }, 'scan_last_success_timestamp_seconds', undefined],
    ['an incomplete scan', { complete: false }, 'scan_timestamp_seconds', Date.parse('2026-11-23T05:51:31Z') / 1000],
    ['a scan', { finishedAt: '2026-11-23T05:51:20.250Z' }, 'scan_duration_seconds', 0.25],
  ])('of %s %j: %s is %s', (_, scan, name, expected) => {
    expect(sampleOf(reportOf({ scan: scanOf(scan) }), name)).toBe(expected);
  });

  it.each<[string, boolean, number | undefined]>([
    ['the share in code', true, 0.5],
    ['none where the scan is incomplete', false, undefined],
  ])('have %s', (_, complete, expected) => {
    const keys = [reportKey('a'), reportKey('b', { standing: 'unmanaged' })];
    expect(sampleOf(reportOf({ keys, scan: scanOf({ complete }) }), 'iac_coverage_ratio')).toBe(expected);
  });

  it('count findings by severity and status, those of which there are none too', () => {
    const key = reportKey('a');
    const report = reportOf({
      keys: [key],
      findings: [finding('a-rule', 'high', key), finding('a-rule', 'high', key, { status: 'suppressed' })],
    });
    expect(sampleOf(report, 'findings', '{severity="high",status="open"}')).toBe(1);
    expect(sampleOf(report, 'findings', '{severity="high",status="suppressed"}')).toBe(1);
    expect(sampleOf(report, 'findings', '{severity="critical",status="open"}')).toBe(0);
    const realm = 'account="111122223333",region="eu-west-1"';
    expect(sampleOf(report, 'rule_findings', `{rule="a-rule",severity="high",status="open",${realm}}`)).toBe(1);
  });

  it('have one account and one Region for all that were not scanned: a state can name any number', () => {
    const keys = Array.from({ length: 50 }, (_, n) =>
      reportKey('a', {
        arn: arn('a', `xx-${n}`),
        region: `xx-${n}`,
        account: String(n).padStart(12, '0'),
        standing: 'out-of-scope',
      }),
    );
    expect(sampleOf(reportOf({ keys }), 'keys', '{account="other",region="other",standing="out-of-scope"}')).toBe(50);
  });

  it('name accounts and Regions that a check judged, as far as they can be labels', () => {
    const keys = Array.from({ length: 120 }, (_, n) => {
      const region = `xx-${String(n).padStart(3, '0')}`;
      return reportKey('a', { arn: arn('a', region), region, account: '111122223333', standing: 'undetermined' });
    });
    const report = reportOf({ keys, scan: scanOf({ scope: [] }) });
    const labels = (account: string, region: string) =>
      `{account="${account}",region="${region}",standing="undetermined"}`;
    expect(sampleOf(report, 'keys', labels('111122223333', 'xx-007'))).toBe(1);
    expect(sampleOf(report, 'keys', labels('other', 'other'))).toBe(20);
  });

  it('count gaps, and those that somebody answers for', () => {
    const accepted = { by: 'settings', reason: 'ACME-1', place: { path: 'keydrift.yaml', line: 1 } } as const;
    const gap = { source: 'kms', account: '111122223333', region: 'eu-west-1', status: 'failed' } as const;
    const report = reportOf({
      coverage: [gap, { ...gap, accepted }, { source: 'state', locator: 'a', status: 'complete' }],
    });
    const labels = '{source="kms",account="111122223333",region="eu-west-1",status="failed"}';
    expect(sampleOf(report, 'coverage', labels)).toBe(2);
    expect(sampleOf(report, 'coverage_accepted', labels)).toBe(1);
    expect(sampleOf(report, 'coverage', '{source="state",account="",region="",status="complete"}')).toBe(1);
  });

  it('tell of each rule how many keys it could judge', () => {
    const report = reportOf({ rules: [ruleResult('a-rule', 'low', { evaluated: 7, notEvaluated: 2 })] });
    expect(sampleOf(report, 'rule_keys_evaluated', '{rule="a-rule"}')).toBe(7);
    expect(sampleOf(report, 'rule_keys_not_evaluated', '{rule="a-rule"}')).toBe(2);
  });

  it('escape labels', () => {
    const report = reportOf({ rules: [ruleResult('a"b\\c\nd', 'low')] });
    expect(textOf(report)).toContain('keydrift_rule_keys_evaluated{rule="a\\"b\\\\c\\\\u000ad"} 20\n');
  });
});

describe('the grammar that they are held against', () => {
  it.each([
    ['no EOF', '# TYPE a gauge\na 1\n'],
    ['an empty line', '# TYPE a gauge\n\na 1\n# EOF\n'],
    ['a sample without a type', 'a 1\n# EOF\n'],
    ['a counter', '# TYPE a counter\na_total 1\n# EOF\n'],
    ['a unit that the name lacks', '# TYPE a gauge\n# UNIT a seconds\na 1\n# EOF\n'],
    ['metadata after a sample', '# TYPE a gauge\na 1\n# HELP a A.\n# EOF\n'],
    ['families that mix', '# TYPE a gauge\na 1\n# TYPE b gauge\nb 1\na{x="1"} 1\n# EOF\n'],
    ['a sample twice', '# TYPE a gauge\na 1\na 2\n# EOF\n'],
    ['a bare quote in a label', '# TYPE a gauge\na{x="""} 1\n# EOF\n'],
    ['a stray backslash in a label', '# TYPE a gauge\na{x="\\u"} 1\n# EOF\n'],
    ['a label twice', '# TYPE a gauge\na{x="1",x="2"} 1\n# EOF\n'],
    ['a time that is no number', '# TYPE a gauge\na 1 now\n# EOF\n'],
  ])('refuses %s', (_, text) => {
    expect(() => openMetrics(text)).toThrow();
  });
});
