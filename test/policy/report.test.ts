import { describe, expect, it } from '@jest/globals';
import type { Coverage, Source } from '../../src/model/coverage.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import { type Finding, type Report, reportSchema } from '../../src/model/report.ts';
import { SEVERITIES } from '../../src/model/rule.ts';
import { HOUR } from '../../src/model/time.ts';
import { coveredBy } from '../../src/policy/acceptance/gaps.ts';
import { buildReport } from '../../src/policy/report.ts';
import { reportKey } from '../../src/policy/report-key.ts';
import { reconcile } from '../../src/reconcile/reconcile.ts';
import {
  actor,
  configurationCovered,
  created,
  declared,
  deletion,
  denied,
  eventsCovered,
  held,
  inventory,
  keyArn,
  kmsCovered,
  live,
  REALM,
  stateCovered,
  T,
  US_EAST_1,
} from '../support/facts.ts';
import fc from '../support/fast-check.ts';

const NOTHING_JUDGED = { findings: [], rules: [], notJudged: 0 };
const TOOL = { name: 'keydrift', version: '0.1.0' };

function report(seen: Inventory, over: Partial<Parameters<typeof buildReport>[0]> = {}): Report {
  const { keys } = reconcile(seen, { estate: seen.header.estate, graceMs: HOUR, secondLook: 'required' });
  const shown = Array.from(keys, reportKey);
  return buildReport({
    inventory: seen,
    keys: shown,
    judgement: NOTHING_JUDGED,
    diagnostics: [],
    covered: coveredBy(seen.header, seen.coverage, [], seen.header.asOf),
    tool: TOOL,
    ...over,
  });
}

const oneKey = (...args: Parameters<typeof inventory>) => report(inventory(...args)).keys[0];

const finding = (over: Partial<Finding>): Finding => ({
  rule: 'unmanaged-key',
  severity: 'high',
  status: 'open',
  key: keyArn(1),
  arn: keyArn(1),
  message: 'In no state.',
  fingerprint: 'f'.repeat(64),
  location: { path: 'main.tf', line: 1 },
  evidence: [],
  remediation: 'Import it.',
  ...over,
});

describe('a key in the report', () => {
  const store = { origin: 'AWS_CLOUDHSM', customKeyStoreId: 'cks-1234567890abcdef0' };
  const base = live(keyArn(1)).attributes;

  it('lays every witness that knows a differing attribute in one row', () => {
    const key = oneKey([
      live(keyArn(1), { attributes: { ...base, ...store } }),
      held(keyArn(1)),
      created(keyArn(1), { attributes: { ...base, ...store } }),
      declared(),
    ]);
    expect(key?.differences).toEqual([
      expect.objectContaining({
        attribute: 'origin',
        created: 'AWS_CLOUDHSM',
        configuration: 'AWS_KMS',
        state: 'AWS_KMS',
        live: 'AWS_CLOUDHSM',
      }),
      expect.objectContaining({
        attribute: 'customKeyStoreId',
        between: ['configuration/live', 'state/live'],
        configuration: null,
        state: null,
        live: store.customKeyStoreId,
        replaces: true,
      }),
    ]);
  });

  it('shows the instance that differs, not another one that agrees', () => {
    const key = oneKey([
      live(keyArn(1)),
      held(keyArn(1), { address: 'aws_kms_key.a' }),
      held(keyArn(1), { address: 'aws_kms_key.b', attributes: { ...base, keySpec: 'RSA_2048' } }),
    ]);
    expect(key?.differences).toEqual([
      { attribute: 'keySpec', between: ['state/live'], state: 'RSA_2048', live: 'SYMMETRIC_DEFAULT', replaces: false },
    ]);
  });

  it('says an Unknown attribute with its reason, and never as a value', () => {
    const key = oneKey([denied(keyArn(1), { unknown: { keySpec: 'DescribeKey was denied' } }), held(keyArn(1))]);
    expect(key?.live?.unknown).toEqual({ keySpec: 'DescribeKey was denied' });
    expect(key?.live).not.toHaveProperty('keySpec');
    expect(key?.differences).toEqual([]);
  });

  it.each([
    ['made before the window', { createdAt: T.longAgo }, {}, /^no creation record: made before/],
    ['without events', {}, { header: { window: null, requested: ['kms', 'state'] } }, /events were not asked for/],
    ['without a record that was delivered', {}, {}, /no CreateKey record/],
  ] as const)('a live key %s says why it has no creation record', (_name, over, asked, reason) => {
    const header = 'header' in asked ? { header: { window: null, requested: ['kms', 'state'] as Source[] } } : {};
    const coverage = 'header' in asked ? { coverage: [kmsCovered(), stateCovered()] } : {};
    const key = oneKey([live(keyArn(1), over), held(keyArn(1))], { ...header, ...coverage });
    expect(key).toMatchObject({ created: null, reason: expect.stringMatching(reason) });
  });

  it('keeps the reason of the standing beside it', () => {
    const key = oneKey([live(keyArn(1), { createdAt: T.longAgo })], { coverage: [kmsCovered(), eventsCovered()] });
    expect(key?.standing).toBe('undetermined');
    expect(key?.reason).toMatch(/; no creation record: /);
  });

  it('names who scheduled its deletion', () => {
    const pending = live(keyArn(1), { keyState: 'PendingDeletion', deletionDate: '2026-12-01T00:00:00.000Z' });
    const key = oneKey([pending, held(keyArn(1)), deletion(keyArn(1), { actor: actor('console') })]);
    expect(key?.deletion).toMatchObject({ via: 'console', pendingWindowInDays: 30 });
    expect(key?.deletion).not.toHaveProperty('readAt');
  });
});

describe('whether a scan is complete', () => {
  const all = [kmsCovered(), eventsCovered(), stateCovered(), configurationCovered()];
  const gapOf = (source: Source): Coverage => ({ source, ...REALM, status: 'partial', reason: 'throttled' });
  const complete = (coverage: readonly Coverage[], header = {}) =>
    report(inventory([], { coverage, header })).scan.complete;

  it.each([
    ['all that was asked was answered', all, {}, true],
    ['a state failed', [...all, { source: 'state', locator: 'b', status: 'failed' }], {}, false],
    ['one key was denied', [...all, { source: 'kms', locator: keyArn(1), status: 'failed' }], {}, false],
    ['events were throttled', [...all, gapOf('cloudtrail')], {}, false],
    ['last uses were denied', [...all, { ...gapOf('kms'), operation: 'GetKeyLastUsage' }], {}, false],
    ['a source nobody asked for failed', [...all, gapOf('cloudtrail')], { requested: ['kms', 'state'] }, true],
    [
      'the records cannot hold older keys',
      [...all.slice(0, 3), { ...eventsCovered(), reason: '90 days' }],
      { requested: ['cloudtrail'] },
      true,
    ],
    ['a requested source left no coverage', all.slice(0, 3), {}, false],
    ['a Region of the scope was not answered for', all, { scope: [REALM, US_EAST_1] }, false],
    ['nothing was requested', all, { requested: [] }, false],
  ] as [string, Coverage[], object, boolean][])('%s', (_name, coverage, header, expected) => {
    expect(complete(coverage, header)).toBe(expected);
  });

  it('says where silence is a gap', () => {
    const { coverage } = report(inventory([], { coverage: all, header: { scope: [REALM, US_EAST_1] } }));
    expect(coverage.filter(({ status }) => status === 'failed')).toEqual(
      (['cloudtrail', 'kms'] as const).map((source) => ({
        source,
        ...US_EAST_1,
        status: 'failed',
        reason: 'asked for, and nothing came back',
      })),
    );
  });
});

describe('the summary', () => {
  const old = { createdAt: T.longAgo };
  const facts = [
    live(keyArn(1), old),
    held(keyArn(1)),
    live(keyArn(2), old),
    live(keyArn(3), old),
    live(keyArn(4), old),
  ];
  const estate = { header: { estate: 'complete' as const } };

  it('reckons the share in code from managed, unmanaged and unclaimed keys', () => {
    const { summary } = report(inventory(facts, estate));
    expect(summary).toMatchObject({ keys: 4, standings: { managed: 1, unmanaged: 3, missing: 0 }, iacCoverage: 0.25 });
  });

  it.each([
    ['is incomplete', inventory(facts, { ...estate, coverage: [kmsCovered(), eventsCovered(), stateCovered()] })],
    ['has no key to reckon with', inventory([])],
  ])('leaves the share open when the scan %s', (_name, seen) => {
    expect(report(seen).summary.iacCoverage).toBeNull();
  });

  it('counts open findings alone', () => {
    const findings = [
      finding({}),
      finding({ status: 'suppressed' }),
      finding({ severity: 'low', status: 'baselined' }),
    ];
    const { summary } = report(inventory(facts, estate), { judgement: { ...NOTHING_JUDGED, findings, notJudged: 2 } });
    expect(summary.findings).toEqual({ critical: 0, high: 1, medium: 0, low: 0, info: 0 });
    expect(summary.notJudged).toBe(2);
  });
});

describe('the order of the report', () => {
  const facts = [
    live(keyArn(1)),
    held(keyArn(1), { address: 'aws_kms_key.b' }),
    held(keyArn(1), { address: 'aws_kms_key.a', attributes: { tags: { team: 'b', app: 'a' } } }),
    live(keyArn(2)),
    created(keyArn(2)),
    held(keyArn(3)),
    declared(),
    declared({ address: 'aws_kms_key.next', line: 9 }),
  ];
  const coverage = [kmsCovered(), eventsCovered(), stateCovered(), configurationCovered()];
  const notes = ['c', 'a', 'b', 'a'].map((message) => ({ level: 'info' as const, source: 'kms', message }));
  const findings = SEVERITIES.flatMap((severity) =>
    [keyArn(2), keyArn(1)].flatMap((key) => ['rule-b', 'rule-a'].map((rule) => finding({ severity, key, rule }))),
  );
  const shuffled = <T>(values: readonly T[]) => fc.shuffledSubarray([...values], { minLength: values.length });

  it('is the same whatever order facts, coverage, findings and diagnostics came in', () => {
    const bytes = (...[f, c, n, j]: [typeof facts, Coverage[], typeof notes, Finding[]]) =>
      JSON.stringify(
        report(inventory(f, { coverage: c }), { diagnostics: n, judgement: { ...NOTHING_JUDGED, findings: j } }),
      );
    const expected = bytes(facts, coverage, notes, findings);
    fc.assert(
      fc.property(shuffled(facts), shuffled(coverage), shuffled(notes), shuffled(findings), (...args) => {
        expect(bytes(...args)).toBe(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('puts the worst finding first and says each diagnostic once', () => {
    const told = report(inventory(facts), { diagnostics: notes, judgement: { ...NOTHING_JUDGED, findings } });
    expect(told.findings.map(({ severity }) => severity)).toEqual(SEVERITIES.flatMap((one) => [one, one, one, one]));
    expect(told.findings.slice(0, 2)).toMatchObject([
      { rule: 'rule-a', key: keyArn(1) },
      { rule: 'rule-a', key: keyArn(2) },
    ]);
    expect(told.diagnostics.map(({ message }) => message)).toEqual(['a', 'b', 'c']);
  });

  it('is a valid report', () => {
    expect(reportSchema.safeParse(report(inventory(facts))).error).toBeUndefined();
  });
});
