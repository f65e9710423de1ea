import { describe, expect, it } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import type { FailOn } from '../../src/model/rule.ts';
import { junit } from '../../src/reporters/junit.ts';
import { manyFindings } from '../fixtures/many-findings.ts';
import { ACCOUNT, finding, reportKey, reportOf, ruleResult, scanOf } from '../fixtures/report.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import fc from '../support/fast-check.ts';
import { claimed, counted, junitProblems } from '../support/formats/junit.ts';

const textOf = (report: Report, options = {}): string =>
  [...junit(report, { width: 100, color: false, limit: 10, ...options })].join('');

/** The cases of one class, each as its outcome. */
const outcomesOf = (text: string, classname: string): string[] =>
  text
    .split('<testcase ')
    .filter((one) => one.startsWith(`classname="${classname}"`))
    .map((one) => /<(failure|error|skipped) /.exec(one)?.[1] ?? 'passed');

describe('JUnit XML', () => {
  it.each([
    ['the sample', sampleReport()],
    ['nothing', reportOf()],
    ['many findings', manyFindings(1000)],
  ])('of %s is valid, and its counts are those of its cases', async (_name, report) => {
    const text = textOf(report);
    expect(await junitProblems(text)).toEqual([]);
    const [head = '', ...suites] = text.split('<testsuite ');
    expect({ ...counted(text), skipped: 0 }).toEqual(claimed(head));
    expect(suites).toHaveLength(3);
    for (const suite of suites) expect(claimed(` ${suite.slice(0, suite.indexOf('>'))}`)).toEqual(counted(suite));
  });

  it('is found out when it is not valid', async () => {
    expect(await junitProblems(textOf(sampleReport()).replace('</testsuite>', ''))).not.toEqual([]);
    expect(await junitProblems(textOf(sampleReport()).replace('<failure ', '<failed '))).not.toEqual([]);
  });

  it('stays valid whatever texts hold', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 });
    const reports = fc.sample(fc.record({ alias: text, message: text, rule: text, remediation: text, path: text }), 60);
    const keys = reports.map(({ alias }, n) => reportKey(`${n}`, { aliases: [alias] }));
    const findings = reports.map(({ path, rule, ...texts }, n) =>
      finding(rule, 'high', keys[n] ?? reportKey('0'), { ...texts, location: { path, line: 1 } }),
    );
    expect(await junitProblems(textOf(reportOf({ keys, findings })))).toEqual([]);
  });
});

describe('a case of a finding', () => {
  const key = reportKey('1');
  const acceptance = { by: 'settings', reason: 'ACME-1', place: { path: 'keydrift.yaml', line: 3 } } as const;

  it.each<[string, Parameters<typeof finding>[3], FailOn, string]>([
    ['that the gate counts', {}, 'medium', 'failure'],
    ['below the gate', {}, 'high', 'skipped'],
    ['that no gate counts', {}, 'never', 'skipped'],
    ['of no part of the change', { outsideChange: true }, 'medium', 'skipped'],
    ['that is suppressed', { status: 'suppressed', acceptance }, 'medium', 'skipped'],
    ['that is baselined', { status: 'baselined', acceptance }, 'medium', 'skipped'],
  ])('%s', (_name, over, failOn, expected) => {
    const text = textOf(reportOf({ keys: [key], findings: [finding('a-rule', 'medium', key, over)] }), { failOn });
    expect(outcomesOf(text, 'keydrift.findings.a-rule')).toEqual([expected]);
  });

  it('says why it is skipped', () => {
    const suppressed = finding('a-rule', 'high', key, { status: 'suppressed', acceptance, message: 'It is wrong.' });
    expect(textOf(reportOf({ keys: [key], findings: [suppressed] }))).toContain(
      '<skipped message="high (suppressed: ACME-1; settings, keydrift.yaml:3): It is wrong.">',
    );
  });
});

describe('a case of a rule, account and Region', () => {
  const key = reportKey('1');
  const casesOf = (over: Parameters<typeof ruleResult>[2], severity?: 'high' | 'low') =>
    outcomesOf(
      textOf(
        reportOf({
          keys: [key],
          rules: [ruleResult('a-rule', 'high', over)],
          findings: severity === undefined ? [] : [finding('a-rule', severity, key)],
        }),
      ),
      'keydrift.rules.a-rule',
    );

  it.each([
    ['passes where nothing was found', {}, undefined, ['passed', 'passed']],
    ['fails where a finding counts, and there alone', {}, 'high', ['failure', 'passed']],
    ['is skipped where findings do not count', {}, 'low', ['skipped', 'passed']],
    [
      'is skipped everywhere where a key could not be judged',
      { notEvaluated: 1, reasons: [{ reason: 'denied', keys: 1 }] },
      undefined,
      ['skipped', 'skipped'],
    ],
    [
      'passes although old keys could not be judged',
      { notEvaluated: 1, reasons: [{ reason: 'made before the records begin (2026-08-25)', keys: 1 }] },
      undefined,
      ['passed', 'passed'],
    ],
    [
      'is skipped where no key could be judged',
      { evaluated: 0, notEvaluated: 1, reasons: [{ reason: 'made before the records begin (2026-08-25)', keys: 1 }] },
      undefined,
      ['skipped', 'skipped'],
    ],
  ] as const)('%s', (_name, over, severity, expected) => {
    expect(casesOf({ ...over, reasons: [...('reasons' in over ? over.reasons : [])] }, severity)).toEqual(expected);
  });

  it('is skipped where somebody answers for what was found, and says so', () => {
    const findings = (['baselined', 'suppressed'] as const).map((status) => finding('a-rule', 'high', key, { status }));
    const text = textOf(reportOf({ keys: [key], rules: [ruleResult('a-rule', 'high')], findings }));
    expect(outcomesOf(text, 'keydrift.rules.a-rule')).toEqual(['skipped', 'passed']);
    expect(text).toContain('<skipped message="1 baselined, 1 suppressed"/>');
  });

  it('is one for keys without an ARN, where no Region was scanned', () => {
    const text = textOf(reportOf({ scan: scanOf({ scope: [] }), rules: [ruleResult('a-rule', 'high')] }));
    expect(text).toContain('name="a-rule, keys without an ARN"/>');
  });

  it.each([
    [
      'undetermined',
      ['a-rule in 111122223333 eu-west-1', 'a-rule in 111122223333 us-east-1', 'a-rule, keys without an ARN'],
    ],
    ['out-of-scope', ['a-rule, keys without an ARN']],
  ] as const)('is one for each of those whose keys a check judged, found or not: %s', (standing, names) => {
    const keys = [
      reportKey('1', { standing: 'not-created', arn: null, account: null, keyId: null }),
      reportKey('2', { standing }),
      reportKey('3', { standing }),
      reportKey('4', { standing, region: 'us-east-1' }),
    ];
    const text = textOf(reportOf({ scan: scanOf({ scope: [] }), keys, rules: [ruleResult('a-rule', 'high')] }));
    expect([...text.matchAll(/rules\.a-rule" name="([^"]*)"/g)].map(([, name]) => name)).toEqual(names);
  });

  it('names account and Region', () => {
    expect(textOf(reportOf({ rules: [ruleResult('a-rule', 'high')] }))).toContain(`a-rule in ${ACCOUNT} us-east-1"/>`);
  });
});

describe('coverage in JUnit XML', () => {
  it('is an error where it failed, skipped where somebody answers for it, and passes where it is complete', () => {
    const text = textOf(sampleReport());
    expect(outcomesOf(text, 'keydrift.coverage.kms')).toEqual(['error', 'error', 'passed', 'passed']);
    expect(outcomesOf(text, 'keydrift.coverage.state')).toEqual(['skipped', 'passed', 'passed', 'passed']);
    expect(text).toContain('needs kms:DescribeKey');
  });

  it('is no error where gaps are allowed, as the gate has it', () => {
    const text = textOf(sampleReport(), { allowPartial: true });
    expect(outcomesOf(text, 'keydrift.coverage.kms')).toEqual(['skipped', 'skipped', 'passed', 'passed']);
    expect(text).toContain('(needs kms:DescribeKey). --allow-partial accepts that"');
  });
});
