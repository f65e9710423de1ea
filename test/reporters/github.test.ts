import { describe, expect, it } from '@jest/globals';
import { NOT_ASKED } from '../../src/model/not-asked.ts';
import type { Finding, Report } from '../../src/model/report.ts';
import { STEP_SUMMARY_BYTES, stepSummary } from '../../src/reporters/github/step-summary.ts';
import { github } from '../../src/reporters/github.ts';
import { manyFindings } from '../fixtures/many-findings.ts';
import { finding, reportKey, reportOf, scanOf } from '../fixtures/report.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { expectGolden } from '../support/golden.ts';

const OPTIONS = { width: 100, color: false, limit: 10 };
const linesOf = (report: Report, options = {}): string[] =>
  [...github(report, { ...OPTIONS, ...options })].join('').split('\n').slice(0, -1);
const commandsOf = (lines: readonly string[], level: string) => lines.filter((line) => line.startsWith(`::${level} `));

const key = reportKey('1', { aliases: ['alias/orders'] });
const only = (over: Partial<Finding>, options = {}) =>
  linesOf(reportOf({ keys: [key], findings: [finding('a-rule', 'high', key, over)] }), options);

describe('annotations of GitHub', () => {
  it('stand beside the file, with the message, the key and what to do', () => {
    const found = { message: 'It is wrong.', location: { path: 'infra/kms.tf', line: 7 }, remediation: 'Do:\n  this' };
    expect(only(found)).toEqual([
      `::error file=infra/kms.tf,line=7,title=keydrift high%3A a-rule%3A alias/orders::It is wrong.%0A${key.arn}%0ADo:%0A  this`,
      'keydrift: 1 high; 1 key',
    ]);
  });

  it('are escaped: a text of others starts no command and ends no property', () => {
    const path = 'a,line=9::b%0A.tf';
    const [command = '', ...rest] = only({ message: '100%0A\n::add-mask::x\r##[group]y', location: { path, line: 7 } });
    expect(command).toContain('file=a%2Cline=9%3A%3Ab%250A.tf,line=7,title=');
    expect(command).toContain('::100%250A\\u000a::add-mask::x\\u000d\\u0023#[group]y%0A');
    expect(rest).toHaveLength(1);
  });

  it.each([
    ['critical', 'error'],
    ['high', 'error'],
    ['medium', 'warning'],
    ['low', 'notice'],
    ['info', 'notice'],
  ] as const)('of a %s finding are of level %s', (severity, level) => {
    const lines = linesOf(reportOf({ keys: [key], findings: [finding('a', severity, key)] }));
    expect(commandsOf(lines, level)).toHaveLength(1);
  });

  it('warn where nothing was read to compare with, for nothing found is not nothing done', () => {
    const report = reportOf({ scan: scanOf({ requested: ['configuration'] }) });
    expect(commandsOf(linesOf(report), 'warning')).toEqual([
      expect.stringMatching(
        /title=keydrift%3A neither a state nor a plan was read::Neither a state nor a plan was read: /,
      ),
    ]);
    const planned = reportOf({ scan: scanOf({ requested: ['configuration', 'plan'] }) });
    expect(commandsOf(linesOf(planned), 'warning')).toEqual([]);
  });

  it.each<readonly ['change' | 'estate', 'critical' | 'high', string, number]>([
    ['change', 'critical', 'its count is not known', 1],
    ['estate', 'critical', 'its count is not known', 0],
    ['change', 'high', 'its count is not known', 0],
    ['change', 'critical', NOT_ASKED.kms, 0],
  ])('notice what rules about the %s (%s) could not judge: %s', (about, severity, reason, notices) => {
    const report = reportOf({ keys: [key] });
    const reasons = [{ reason, keys: 1 }];
    const rule = { id: 'a', title: 'A', severity, about, help: '', evaluated: 0, notEvaluated: 1, reasons };
    const lines = linesOf({ ...report, rules: [rule], summary: { ...report.summary, notJudged: 1 } });
    expect(commandsOf(lines, 'notice')).toEqual(
      notices === 0 ? [] : [expect.stringContaining('not every rule could judge 1 of 1 key::1 key, 1 rule: its count')],
    );
    expect(lines.at(-1)).toBe('keydrift: no open finding; not every rule could judge 1 of 1 key');
  });

  it('tell one key once, under its worst finding', () => {
    const findings = [finding('worst', 'critical', key), finding('other', 'low', key)];
    const [command = '', summary] = linesOf(reportOf({ keys: [key], findings }));
    expect(command).toMatch(/^::error .*title=keydrift critical%3A worst%3A .*::critical worst: .*%0Alow other: /);
    expect(summary).toBe('keydrift: 1 critical, 1 low; 1 key');
  });

  it('are none for what somebody answers for, nor for what is no part of the change', () => {
    const findings = [
      finding('suppressed', 'high', key, { status: 'suppressed' }),
      finding('baselined', 'high', key, { status: 'baselined' }),
      finding('outside', 'high', key, { outsideChange: true, location: { path: 'a.tf', line: 1 } }),
    ];
    expect(linesOf(reportOf({ keys: [key], findings }))).toEqual([
      '::group::keydrift: 1 more open finding',
      'high outside: alias/orders: outside on this key. (no part of the change) a.tf:1',
      '::endgroup::',
      'keydrift: no open finding of the change; 1 outside the change; 1 baselined; 1 suppressed; 1 key',
    ]);
  });

  it('say first of all that a scan is incomplete', () => {
    const coverage: Report['coverage'] = [
      { source: 'state', locator: 'a.tfstate', status: 'failed', reason: 'denied' },
    ];
    const lines = linesOf(reportOf({ scan: scanOf({ complete: false }), coverage }));
    expect(lines[0]).toMatch(
      /^::warning file=keydrift.yaml,line=1,title=keydrift%3A the scan is incomplete%2C 1 gap::/,
    );
    expect(lines.at(-1)).toBe('keydrift: no open finding; the scan is incomplete; 0 keys');
  });

  it('warn of what a change alters of what it is judged by, for whoever reviews it', () => {
    const note = (level: 'warning' | 'info', source: string, message: string) => ({ level, source, message });
    const diagnostics = [
      note('warning', 'change', 'keydrift.yaml: the change alters what it is judged by: fail-on'),
      note('info', 'change', 'quiet'),
      note('warning', 'state', 'of no change'),
    ];
    expect(commandsOf(linesOf({ ...reportOf({ keys: [key] }), diagnostics }), 'warning')).toEqual([
      '::warning file=keydrift.yaml,line=1,title=keydrift%3A look at this in the change::keydrift.yaml: the change alters what it is judged by: fail-on',
    ]);
  });

  it('name files from the root of the repository', () => {
    const lines = only({ location: { path: 'kms.tf', line: 1 } }, { tree: { cwd: ['infra'], top: [] } });
    expect(lines[0]).toMatch(/^::error file=infra\/kms\.tf,line=1,/);
  });
});

describe('20,000 findings on GitHub', () => {
  const report = manyFindings(20_000);

  it('are ten annotations of each level, the worst first, and a log that ends', () => {
    const lines = linesOf(report);
    for (const level of ['error', 'warning', 'notice']) expect(commandsOf(lines, level)).toHaveLength(10);
    expect(commandsOf(lines, 'error')[0]).toContain('title=keydrift critical');
    expect(lines).toContain('and 18,970 more: -o json and -o html have all');
    expect(lines.at(-1)).toBe('keydrift: 4,000 critical, 4,000 high, 4,000 medium, 4,000 low, 4,000 info; 20,000 keys');
  });

  it('fill the summary of a step and no more, cut at whole findings', () => {
    const text = [...stepSummary(report, OPTIONS, STEP_SUMMARY_BYTES)].join('');
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(STEP_SUMMARY_BYTES);
    expect(Buffer.byteLength(text)).toBeGreaterThan(STEP_SUMMARY_BYTES * 0.98);
    const shown = text.match(/<details>/g)?.length ?? 0;
    expect(text.match(/<\/details>/g)).toHaveLength(shown);
    expect(text).toContain(`**${(20_000 - shown).toLocaleString('en-US')} more findings** not shown here`);
  });

  it('leave a summary of a step alone that is full already', () => {
    expect([...stepSummary(report, OPTIONS, 100)]).toEqual([]);
  });
});

it('the summary of a step reads as in sample.step-summary.md', () => {
  const tree = { cwd: [], top: [], url: 'https://github.com/acme/infra/blob/0123abc' };
  const options = { ...OPTIONS, showSuppressed: true, tree };
  expectGolden(
    'reporters/sample.step-summary.md',
    [...stepSummary(sampleReport(), options, STEP_SUMMARY_BYTES)].join(''),
  );
});
