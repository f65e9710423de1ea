import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { Finding, Report } from '../../src/model/report.ts';
import { sarif } from '../../src/reporters/sarif.ts';
import { manyFindings } from '../fixtures/many-findings.ts';
import { finding, reportKey, reportOf, ruleResult } from '../fixtures/report.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { sarifProblems, sarifRun } from '../support/formats/sarif.ts';

const OPTIONS = { width: 100, color: false, limit: 10 };
const textOf = (report: Report, options = {}): string => [...sarif(report, { ...OPTIONS, ...options })].join('');
const runOf = (report: Report, options = {}) => sarifRun(textOf(report, options));

const key = reportKey('1234abcd');
const resultOf = (over: Partial<Finding>, options = {}) => {
  const [result] = runOf(
    reportOf({ keys: [key], findings: [finding('some-rule', 'high', key, over)] }),
    options,
  ).results;
  if (result === undefined) throw new Error('no result');
  return result;
};

describe('a SARIF log', () => {
  it.each([
    ['of the sample', sampleReport()],
    ['of nothing', reportOf()],
  ])('%s follows the schema of OASIS', (_name, report) => {
    expect(sarifProblems(textOf(report))).toEqual([]);
  });

  it('is found out by that schema when it does not', () => {
    expect(sarifProblems(textOf(reportOf()).replace('"results"', '"findings"'))).not.toEqual([]);
  });

  it('has a real place in the tree, a rule and the fingerprint of its finding in every result', () => {
    const report = sampleReport();
    const { results, tool } = runOf(report);
    expect(results).toHaveLength(report.findings.length);
    for (const { locations, ruleId, ruleIndex } of results) {
      expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/^[^/:]+(\/[^/:]+)*$/);
      expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    }
    const fingerprints = results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
    expect(fingerprints.sort()).toEqual(report.findings.map(({ fingerprint }) => fingerprint).sort());
  });

  it.each([
    ['infra/a b.tf', 'infra/a%20b.tf', 7],
    ['s3://bucket/kms.tfstate', 'keydrift.yaml', 1],
    ['../elsewhere.tf', 'keydrift.yaml', 1],
  ])('stands for %s at %s', (path, uri, startLine) => {
    const [{ physicalLocation }] = resultOf({ location: { path, line: 7 } }).locations;
    expect(physicalLocation).toMatchObject({ artifactLocation: { uri }, region: { startLine } });
  });

  it('names the ARN in the message and as the logical location, and what to do', () => {
    const { message, locations } = resultOf({ message: 'It is wrong.', remediation: 'Mend it:\n  mend it' });
    expect(message.text).toBe(`It is wrong.\n\n${key.arn}\n\nMend it:\n  mend it`);
    expect(locations[0].logicalLocations[0]?.fullyQualifiedName).toBe(key.arn);
  });

  it('makes no link of what others wrote', () => {
    const { message } = resultOf({ message: 'see [here](https://evil.example)' });
    expect(message.text).toMatch(/^see \[here\] \(https/);
  });
});

describe('rules in SARIF', () => {
  const help = 'Why <it> matters.\nSee https://docs.example.com/kms\nSee https://evil.example/)[x](y';
  const ruleOf = (severity: 'medium' | 'info', found: Finding[] = []) => {
    const report = reportOf({ keys: [key], findings: found, rules: [ruleResult('some-rule', severity, { help })] });
    const [rule] = runOf(report).tool.driver.rules;
    if (rule === undefined) throw new Error('no rule');
    return rule;
  };

  it('have help, a page and a security severity that GitHub reads', () => {
    const rule = ruleOf('medium');
    expect(rule.help).toEqual({
      text: help,
      markdown: expect.stringMatching(
        /^Why &#60;it&#62; matters\.\n\nSee <https:\/\/docs\.example\.com\/kms>\n\nSee https:&#8203;/,
      ),
    });
    expect(rule).toMatchObject({ helpUri: 'https://docs.example.com/kms', defaultConfiguration: { level: 'warning' } });
    expect(rule.properties).toMatchObject({ 'security-severity': '5.5', tags: ['security', 'aws-kms', 'estate'] });
  });

  it('are as severe as the worst that they found', () => {
    expect(ruleOf('medium', [finding('some-rule', 'critical', key)]).properties['security-severity']).toBe('9.5');
  });

  it('are as severe as themselves, whatever is outside the change', () => {
    const outside = finding('some-rule', 'critical', key, { outsideChange: true });
    const severe = (found: Finding[]) => ruleOf('medium', found).properties['security-severity'];
    expect([severe([outside]), severe([outside, finding('some-rule', 'high', key)])]).toEqual(['5.5', '8.0']);
  });

  it('that only inform are no security rules', () => {
    expect(ruleOf('info').properties).toEqual({ precision: 'high', tags: ['aws-kms', 'estate'] });
  });
});

describe('what somebody answers for, in SARIF', () => {
  const acceptance = { reason: 'ACME-1', place: { path: 'keydrift.yaml', line: 4 } };

  it.each([
    ['settings', 'suppressed', 'external'],
    ['comment', 'suppressed', 'inSource'],
    ['baseline', 'baselined', 'external'],
  ] as const)('by %s is a suppression', (by, status, kind) => {
    const { suppressions } = resultOf({ status, acceptance: { ...acceptance, by } });
    expect(suppressions).toMatchObject([{ kind, status: 'accepted', justification: 'ACME-1' }]);
    expect(suppressions?.[0]?.location?.physicalLocation.region.startLine).toBe(4);
  });

  it('leaves open findings without one', () => {
    const { results } = runOf(sampleReport());
    const open = sampleReport().findings.filter(({ status }) => status === 'open').length;
    expect(results.filter(({ suppressions }) => suppressions?.length === 0)).toHaveLength(open);
    expect(resultOf({}).suppressions).toBeUndefined();
  });

  it('is told against the baseline where there is one', () => {
    const lapsed = { ...acceptance, by: 'baseline', because: 'it was low when it was taken in' } as const;
    const findings = [
      finding('new', 'high', key),
      finding('known', 'high', key, { status: 'baselined' }),
      finding('worse', 'high', key, { lapsed }),
    ];
    const states = (report: Report) =>
      runOf(report).results.map(({ ruleId, baselineState }) => [ruleId, baselineState]);
    expect(states(reportOf({ keys: [key], findings }))).toEqual([
      ['new', 'new'],
      ['worse', 'updated'],
      ['known', 'unchanged'],
    ]);
    expect(states(reportOf({ keys: [key], findings: findings.slice(0, 1) }))).toEqual([['new', undefined]]);
  });

  it('comes back with a word when it ended', () => {
    const lapsed = { ...acceptance, by: 'settings', because: 'it ended on 2026-10-31' } as const;
    expect(resultOf({ lapsed }).message.text).toContain('accepted before, it ended on 2026-10-31: ACME-1');
  });
});

describe('what was not covered, in SARIF', () => {
  it('is a notification, and the execution was not successful', () => {
    const [{ executionSuccessful, toolExecutionNotifications }] = runOf(sampleReport()).invocations;
    expect(executionSuccessful).toBe(false);
    expect(toolExecutionNotifications.map(({ level, descriptor }) => `${descriptor.id} ${level}`)).toEqual([
      'not-covered error',
      'not-covered error',
      'not-covered note',
      'not-evaluated note',
      'not-evaluated note',
      'note warning',
    ]);
  });

  it('is a successful execution where nothing lacks', () => {
    expect(runOf(reportOf()).invocations[0]).toMatchObject({
      executionSuccessful: true,
      toolExecutionNotifications: [],
    });
  });

  it('is counted beyond what anybody reads', () => {
    const coverage = Array.from({ length: 2000 }, (_, n) => ({
      source: 'state' as const,
      locator: `states/${n}.tfstate`,
      status: 'partial' as const,
      reason: `reason ${n}`,
    }));
    const [{ toolExecutionNotifications: told }] = runOf(reportOf({ coverage })).invocations;
    expect(told).toHaveLength(501);
    expect(told.at(-1)).toMatchObject({ level: 'error', message: { text: 'Not covered: 1,500 more gaps.' } });
  });

  it('is followed by notes, which are counted likewise', () => {
    const diagnostics = Array.from({ length: 502 }, (_, n) => ({
      level: n === 501 ? ('error' as const) : ('warning' as const),
      source: 'state',
      message: `note ${n}`,
    }));
    const [{ toolExecutionNotifications: told }] = runOf(reportOf({ diagnostics })).invocations;
    expect(told).toHaveLength(501);
    expect(told.at(-1)).toMatchObject({ level: 'error', message: { text: '2 more notes.' } });
  });
});

describe('20,000 findings in SARIF', () => {
  const report = manyFindings(20_000);
  const text = textOf(report);

  it('are 5,000 results, the worst, and a notice of the rest', () => {
    const { results, invocations } = sarifRun(text);
    expect(results).toHaveLength(5000);
    const severities = results.map(({ properties }) => properties.severity);
    expect([...new Set(severities)]).toEqual(['critical', 'high']);
    expect(severities.lastIndexOf('critical')).toBe(3999);
    expect(invocations[0].toolExecutionNotifications[0]?.message.text).toMatch(
      /^15,000 of 20,000 findings are left out/,
    );
    expect(sarifProblems(text)).toEqual([]);
  });

  it('are within the 10 MB that GitHub takes, although nothing in them can be compressed', () => {
    expect(gzipSync(text).length).toBeLessThan(10_000_000);
  });
});
