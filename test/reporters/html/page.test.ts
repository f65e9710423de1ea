import { describe, expect, it } from '@jest/globals';
import type { Report } from '../../../src/model/report.ts';
import { markup } from '../../../src/reporters/html/markup.ts';
import type { Child } from '../../../src/reporters/html/node.ts';
import { coverageMap } from '../../../src/reporters/html/page/coverage-map.ts';
import { gapList } from '../../../src/reporters/html/page/gaps.ts';
import { contentsOf } from '../../../src/reporters/html/page/rows.ts';
import { rules } from '../../../src/reporters/html/page/rules.ts';
import { timeline } from '../../../src/reporters/html/page/timeline.ts';
import { verdict } from '../../../src/reporters/html/page/verdict.ts';
import { witnessTable } from '../../../src/reporters/html/view/witness-table.ts';
import {
  ACCOUNT,
  block,
  created,
  finding,
  live,
  reportKey,
  reportOf,
  ruleResult,
  scanOf,
} from '../../fixtures/report.ts';

const textOf = (view: Child): string =>
  markup(view)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

const realm = (region: string) => ({ partition: 'aws', account: ACCOUNT, region });
const accepted = { by: 'settings', reason: 'closed on purpose', place: { path: 'keydrift.yaml', line: 3 } } as const;

describe('the verdict', () => {
  const [one, two] = [reportKey('a'), reportKey('b')];
  it.each<[string, Partial<Report>, string]>([
    ['clean', { keys: [one] }, 'Every key is accounted for, and no rule found anything. Scan complete'],
    [
      'nothing found in part',
      { keys: [one], scan: scanOf({ complete: false }) },
      'No finding in what could be read. That is not clean',
    ],
    [
      'findings',
      { keys: [one, two], findings: [finding('x', 'critical', one), finding('y', 'low', two)] },
      '2 open findings on 2 keys: 1 critical Scan complete',
    ],
    [
      'lesser findings',
      { keys: [one], findings: [finding('x', 'low', one)] },
      '1 open finding on 1 key: none above low',
    ],
  ])('of %s', (_, over, says) => {
    expect(textOf(verdict(reportOf(over)))).toContain(says);
  });

  it('counts gaps that nobody answers for', () => {
    const gap = { source: 'kms', operation: 'ListKeys', ...realm('eu-west-1'), status: 'failed' } as const;
    const coverage = [gap, { ...gap, ...realm('us-east-1'), accepted }];
    expect(textOf(verdict(reportOf({ coverage, scan: scanOf({ complete: false }) })))).toContain(
      'Scan incomplete, 1 gap.',
    );
  });
});

describe('the coverage map', () => {
  const cellsOf = (report: Report): string[] =>
    [...markup(coverageMap(report)).matchAll(/<td class="([^"]*)"(?: title="([^"]*)")?/g)].map(([, ...cell]) =>
      cell.join(' '),
    );

  it('has a field for each account and Region, as covered as its least covered source', () => {
    const coverage: Report['coverage'] = [
      { source: 'kms', operation: 'ListKeys', ...realm('eu-west-1'), status: 'complete' },
      { source: 'kms', operation: 'DescribeKey', ...realm('eu-west-1'), status: 'failed' },
      { source: 'cloudtrail', ...realm('eu-west-1'), status: 'complete' },
      { source: 'cloudtrail', ...realm('us-east-1'), status: 'partial' },
      { source: 'kms', ...realm('sa-east-1'), status: 'failed', accepted },
      { source: 'kms', ...realm('us-west-2'), status: 'complete' },
    ];
    const report = reportOf({ coverage, scan: scanOf({ scope: [realm('af-south-1')] }) });
    expect(cellsOf(report)).toEqual([
      'not-asked ',
      'failed kms failed (1 call of 2), cloudtrail complete',
      'accepted kms accepted',
      'partial cloudtrail partial',
      'complete kms complete',
    ]);
  });

  it('is not drawn where no account was asked about', () => {
    expect(coverageMap(reportOf({ coverage: [], scan: scanOf({ scope: [] }) }))).toBeNull();
  });
});

describe('gaps', () => {
  it('say why, what permission is missing, and who answers for them', () => {
    const coverage: Report['coverage'] = [
      {
        source: 'kms',
        operation: 'DescribeKey',
        locator: 'arn:1',
        ...realm('eu-west-1'),
        status: 'failed',
        reason: 'denied',
        permission: 'kms:DescribeKey',
      },
      { source: 'state', locator: 's3://b/k', status: 'failed', reason: 'encrypted', accepted },
    ];
    const text = textOf(gapList(reportOf({ coverage })));
    expect(text).toMatch(/failed kms DescribeKey 111122223333 eu-west-1 arn:1 denied needs kms:DescribeKey/);
    expect(text).toMatch(
      /Accepted gaps accepted state s3:\/\/b\/k encrypted Answered for: closed on purpose; settings, keydrift.yaml:3/,
    );
  });
});

describe('rules', () => {
  it('say what they found, how many keys they judged, and why not the others', () => {
    const key = reportKey('a');
    const report = reportOf({
      keys: [key],
      findings: [finding('b-rule', 'low', key), finding('b-rule', 'low', key, { status: 'baselined' })],
      rules: [
        ruleResult('b-rule', 'low'),
        ruleResult('a-rule', 'high', { evaluated: 1, notEvaluated: 2, reasons: [{ reason: 'denied', keys: 2 }] }),
      ],
    });
    expect(textOf(rules(report))).toMatch(
      /high a-rule What a-rule finds 0 1 2 2 keys: denied low b-rule What b-rule finds 1 20 0$/,
    );
  });
});

describe('the timeline', () => {
  const made = (n: number, via: 'terraform' | 'console') => {
    const eventTime = `2026-${String(9 + (n % 3)).padStart(2, '0')}-0${1 + (n % 9)}T00:00:00.000Z`;
    return reportKey(`k${n}`, { createdAt: eventTime, created: created({ via, eventTime }) });
  };
  const keys = Array.from({ length: 12 }, (_, n) => made(n, n % 4 === 0 ? 'console' : 'terraform'));

  it('tells keys made by hand from those made in code, week by week', () => {
    const text = textOf(timeline(reportOf({ keys })));
    expect(text).toMatch(/^12 keys made since 2026-08-25, 3 of them by hand/);
    expect(text).toContain('9 in code 3 by hand');
  });

  it.each<[string, Partial<Report>]>([
    ['are too few', { keys: keys.slice(0, 7) }],
    ['were all made in code', { keys: keys.map((_, n) => made(n, 'terraform')) }],
    ['were not asked for', { keys, scan: scanOf({ window: null }) }],
  ])('is left out where records %s', (_, over) => {
    expect(timeline(reportOf(over))).toBeNull();
  });
});

describe('the witnesses of a key', () => {
  const key = reportKey('a', {
    created: null,
    unknown: { created: 'made before the records begin' },
    configuration: [block({ description: '', unknown: { policy: 'an expression: var.policy' } })],
    live: live({ description: 'Orders', policy: '{}' }),
    differences: [
      { attribute: 'description', between: ['configuration/live'], configuration: '', live: 'Orders', replaces: false },
    ],
  });
  const text = textOf(witnessTable(key, contentsOf(reportOf({ keys: [key] })).setting));

  it('stand side by side, rows that differ first and marked', () => {
    expect(text).toMatch(
      /^attribute created configuration infra\/kms.tf:1 state live Enabled ≠ description differs says nothing – none says nothing Orders keySpec/,
    );
  });

  it('say what they do not know, and why', () => {
    expect(text).toContain('policy says nothing ? unknown says nothing {}');
    expect(text).toContain('? created says nothing: made before the records begin');
    expect(text).toContain('? configuration, policy: an expression: var.policy');
  });
});
