import { describe, expect, it } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import type { FailOn } from '../../src/model/rule.ts';
import { SEVERITIES, type Severity } from '../../src/model/rule.ts';
import { exitCode, type GateOptions, gateSentence } from '../../src/policy/gate.ts';
import { completeCoverage, finding, reportKey, reportOf, scanOf } from '../fixtures/report.ts';

const key = reportKey('1234abcd-12ab-34cd-56ef-1234567890ab');
const gate = (over: Partial<GateOptions> = {}): GateOptions => ({
  failOn: 'high',
  allowPartial: false,
  detailedExitcode: false,
  ...over,
});
const clean = reportOf({ keys: [key] });
const incomplete = (findings: Report['findings'] = []) =>
  reportOf({ keys: [key], findings, scan: scanOf({ complete: false }) });
const having = (severity: Severity, status: 'open' | 'suppressed' | 'baselined' = 'open') =>
  reportOf({ keys: [key], findings: [finding('some-rule', severity, key, { status })] });
const outside = reportOf({
  keys: [key],
  findings: [finding('some-rule', 'critical', key, { outsideChange: true })],
});
const nothing = reportOf({
  scan: scanOf({ complete: false, requested: ['kms'] }),
  coverage: [...completeCoverage().filter(({ source }) => source !== 'kms'), { source: 'kms', status: 'failed' }],
});

describe('the exit code', () => {
  it.each([
    ['nothing found', clean, {}, 0, 0],
    ['a finding at the threshold', having('high'), {}, 1, 2],
    ['a finding above it', having('critical'), {}, 1, 2],
    ['a finding below it', having('medium'), {}, 0, 0],
    ['a suppressed finding', having('critical', 'suppressed'), {}, 0, 0],
    ['a baselined finding', having('critical', 'baselined'), {}, 0, 0],
    ['a finding outside of the change', outside, {}, 0, 0],
    ['findings that never fail', having('critical'), { failOn: 'never' }, 0, 0],
    ['a gap', incomplete(), {}, 3, 1],
    ['a gap that is allowed', incomplete(), { allowPartial: true }, 0, 0],
    ['a gap, though findings never fail', incomplete(), { failOn: 'never' }, 3, 1],
    ['a finding beside a gap', incomplete([finding('some-rule', 'high', key)]), {}, 1, 2],
    ['a lesser finding beside a gap', incomplete([finding('some-rule', 'low', key)]), {}, 3, 1],
    ['no answer from any requested source', nothing, {}, 2, 1],
    ['no answer, though gaps are allowed', nothing, { allowPartial: true }, 2, 1],
  ] as [string, Report, Partial<GateOptions>, number, number][])('of %s', (_name, report, over, plain, detailed) => {
    expect(exitCode(report, gate(over))).toBe(plain);
    expect(exitCode(report, gate({ ...over, detailedExitcode: true }))).toBe(detailed);
  });

  it.each(SEVERITIES.flatMap((failOn) => SEVERITIES.map((severity) => [failOn, severity] as const)))(
    'with --fail-on %s and one %s finding is 1 when the finding is at least as bad',
    (failOn: FailOn, severity: Severity) => {
      const bad = SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn as Severity);
      expect(exitCode(having(severity), gate({ failOn }))).toBe(bad ? 1 : 0);
    },
  );
});

describe('what a gate says', () => {
  const findings = [
    finding('a', 'high', key),
    finding('b', 'critical', key, { status: 'suppressed' }),
    finding('c', 'high', key, { status: 'baselined' }),
    finding('d', 'high', key, { outsideChange: true }),
  ];
  const counted = reportOf({ keys: [key], findings });
  const aside = { ...counted, summary: { ...counted.summary, baselined: 1, suppressed: 1 } };

  it.each([
    [clean, {}, 'exit 0: no open finding at or above high'],
    [having('critical'), {}, 'exit 1: 1 critical open (--fail-on high)'],
    [
      aside,
      {},
      'exit 1: 1 high open (--fail-on high); not counted: 1 open outside the change, 1 baselined, 1 suppressed',
    ],
    [
      aside,
      { failOn: 'critical' },
      'exit 0: no open finding at or above critical; not counted: 1 open outside the change, 1 baselined, 1 suppressed',
    ],
    [having('critical'), { failOn: 'never' }, 'exit 0: findings do not count (--fail-on never)'],
    [incomplete([finding('a', 'high', key)]), {}, 'exit 1: 1 high open (--fail-on high); the scan is incomplete'],
    [
      incomplete(),
      {},
      'exit 3: no open finding at or above high, but the scan is incomplete (--allow-partial accepts that)',
    ],
    [
      incomplete(),
      { allowPartial: true },
      'exit 0: no open finding at or above high; the scan is incomplete, which --allow-partial accepts',
    ],
    [nothing, {}, 'exit 2: no requested source gave anything'],
  ] as [Report, Partial<GateOptions>, string][])('case %#', (report, over, expected) => {
    expect(gateSentence(report, gate(over))).toBe(expected);
  });
});
