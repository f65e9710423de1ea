import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../src/model/coverage.ts';
import { beforeRecords, NOT_ASKED } from '../../src/model/not-asked.ts';
import type { Report } from '../../src/model/report.ts';
import { table } from '../../src/reporters/table.ts';
import { created, finding, instance, reportKey, reportOf, ruleResult, scanOf } from '../fixtures/report.ts';

const textOf = (over: Partial<Report>, options = {}): string =>
  [...table(reportOf(over), { width: 100, color: false, limit: 10, ...options })].join('');

const managed = reportKey('1234abcd', { state: [instance({ source: 'prod.tfstate' })] });

describe('when KMS was looked at', () => {
  it.each([
    ['the same day', '2026-11-24T04:00:00.000Z', /looked 2026-11-23 05:51 UTC\n/],
    ['judged a day later', '2026-11-24T06:00:00.000Z', /looked 2026-11-23 05:51 UTC, 1 day ago\n/],
    ['judged a week later', '2026-11-30T06:00:00.000Z', /looked 2026-11-23 05:51 UTC, 7 days ago\n/],
    ['judged for a time before', '2026-11-01T06:00:00.000Z', /looked 2026-11-23 05:51 UTC\n/],
  ])('is told, with its age where that matters: %s', (_, asOf, expected) => {
    expect(textOf({ scan: scanOf({ asOf }) })).toMatch(expected);
  });
});

describe('which states were read', () => {
  const state = (locator: string, serial: number): Coverage => ({
    source: 'state',
    locator,
    status: 'complete',
    state: { lineage: locator, serial, digest: '', errored: false, terraformVersion: null },
  });

  it('is told with serial and how many keys each holds', () => {
    expect(textOf({ keys: [managed], coverage: [state('edge.tfstate', 7), state('prod.tfstate', 41)] })).toContain(
      '\n  states      2 read: edge.tfstate serial 7 (0 keys), prod.tfstate serial 41 (1 key)\n',
    );
  });

  it('takes two lines at most unless all are wanted', () => {
    const coverage = Array.from({ length: 30 }, (_, n) => state(`s3://states/of/team-${100 + n}/terraform.tfstate`, n));
    expect(textOf({ coverage })).toMatch(/states {6}30 read: [^\n]*\n {14}[^\n]*… and 28 more \(--all\)\n\n/);
    expect(textOf({ coverage }, { limit: null }).match(/team-\d+/g)).toHaveLength(30);
  });
});

describe('rules that could not judge', () => {
  const unjudged = (reason: string, keys = 5) =>
    ['a-rule', 'b-rule'].map((id) => ruleResult(id, 'low', { notEvaluated: keys, reasons: [{ reason, keys }] }));

  it('for what was not asked for are one quiet line, and nothing that is missing', () => {
    const text = textOf({ keys: [managed], rules: unjudged(NOT_ASKED.configuration) });
    expect(text).toContain('\n  not asked   configuration (without it 2 rules cannot judge every key)\n');
    expect(text).toContain('Every key is accounted for, and no rule found anything.\n');
    expect(text).not.toContain('NOT JUDGED');
  });

  it('for keys older than the records are one quiet line', () => {
    const text = textOf({ keys: [managed], rules: unjudged(beforeRecords('2026-08-25')) });
    expect(text).toContain(
      '\n  records     5 keys made before the records begin (2026-08-25): 2 rules cannot judge them\n',
    );
    expect(text).not.toContain('NOT JUDGED');
  });

  it('for anything else are told in full', () => {
    const report = reportOf({ keys: [managed], rules: unjudged('DescribeKey: denied', 1) });
    const text = textOf({ ...report, summary: { ...report.summary, notJudged: 1 } });
    expect(text).toContain('NOT JUDGED BY EVERY RULE  1 of 1 key\n  1 key, 2 rules: DescribeKey: denied\n');
  });
});

describe('calls to one API in one account and Region', () => {
  const denied = (reason: string, over: Partial<Coverage> = {}): Coverage => ({
    ...{ source: 'kms', operation: 'GetKeyRotationStatus', account: '111122223333', region: 'eu-west-1' },
    ...{ status: 'partial', reason, ...over },
  });
  const gaps = (coverage: Coverage[]) => textOf({ scan: scanOf({ complete: false }), coverage });

  it('are one gap however often they were made', () => {
    const text = gaps([denied('denied (1 of 1 keys)'), denied('denied (4 of 4 keys)'), denied('throttled')]);
    expect(text).toContain('INCOMPLETE, 1 gap:');
    expect(text).toContain('\n    denied (1 of 1 keys, 4 of 4 keys); throttled\n');
  });

  it('are as many gaps as there are Regions', () => {
    expect(gaps([denied('denied'), denied('denied', { region: 'us-east-1' })])).toContain('INCOMPLETE, 2 gaps:');
  });
});

describe('low and info findings', () => {
  const key = reportKey('1234abcd-12ab-34cd-56ef-1234567890ab', { aliases: ['alias/orders'] });
  const report = { keys: [key], findings: [finding('unclaimed-key', 'low', key, { message: 'alias/orders is here' })] };

  it('say where the key is and how its id begins', () => {
    expect(textOf(report)).toContain('LOW       unclaimed-key  alias/orders  eu-west-1  1234abcd  is here\n');
    expect(textOf(report)).toContain('in full, with ARN and what to do: --all\n');
  });

  it('are told like all others when all is wanted', () => {
    const text = textOf(report, { limit: null });
    expect(text).toContain(`key            ${key.arn}\n`);
    expect(text).toContain('fix            Look at it.\n');
  });
});

describe('what an inventory says of who made a key', () => {
  const principal = 'arn:aws:sts::111122223333:assumed-role/platform-engineering-deployer/release-train-4711';
  const keys = [reportKey('1234abcd-12ab-34cd-56ef-1234567890ab', { created: created({ principal }) })];
  const scan = scanOf({ requested: ['cloudtrail', 'kms'] });

  it.each([60, 80, 100, 200])('is never cut, at a width of %d', (width) => {
    const text = textOf({ keys, scan }, { width });
    expect(text.replace(/\s+/g, ' ')).toContain(
      '2026-10-14 by role/platform-engineering-deployer/release-train-4711 (terraform)',
    );
  });
});

it('a remedy of several findings names each rule', () => {
  const key = reportKey('1234abcd');
  const findings = [finding('spec-mismatch', 'high', key), finding('usage-mismatch', 'high', key)];
  expect(textOf({ keys: [key], findings })).toContain('fix            spec-mismatch, usage-mismatch: Look at it.\n');
});
