import { describe, expect, it } from '@jest/globals';
import type { Finding, Report } from '../../src/model/report.ts';
import { SEVERITIES } from '../../src/model/rule.ts';
import { ocsf } from '../../src/reporters/ocsf.ts';
import { ACCOUNT, arn, finding, live, reportKey, reportOf, ruleResult, scanOf } from '../fixtures/report.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { OCSF_VERSION, ocsfEvents, type ReadOcsfEvent } from '../support/formats/ocsf.ts';

const textOf = (report: Report): string => [...ocsf(report, { width: 100, color: false, limit: 10 })].join('');
const eventsOf = (report: Report): ReadOcsfEvent[] => ocsfEvents(textOf(report));
const key = reportKey('1234abcd', { aliases: ['alias/orders'], live: live({ tags: { team: 'edge', empty: '' } }) });
const one = (over: Partial<Finding> = {}, report: Partial<Report> = {}): ReadOcsfEvent | undefined =>
  eventsOf(
    reportOf({
      keys: [key],
      findings: [finding('a-rule', over.severity ?? 'high', key, over)],
      scan: scanOf({ scope: [] }),
      ...report,
    }),
  )[0];

describe('OCSF compliance findings', () => {
  it('follow the schema, one for each finding and each account and Region', () => {
    const report = sampleReport();
    const events = eventsOf(report);
    expect(events).toHaveLength(report.findings.length + report.scan.scope.length);
    expect(new Set(events.map(({ finding_info }) => JSON.stringify(finding_info))).size).toBe(events.length);
    expect(events[0]).toMatchObject({ class_uid: 2003, type_uid: 200301, metadata: { version: OCSF_VERSION } });
  });

  it.each(SEVERITIES.map((severity, at) => [severity, 5 - at] as const))(
    'of severity %s have severity_id %d',
    (severity, id) => {
      expect(one({ severity })).toMatchObject({ severity_id: id });
    },
  );

  it.each([
    ['open', 1, 'New'],
    ['baselined', 99, 'Baselined'],
    ['suppressed', 3, 'Suppressed'],
  ] as const)('that are %s have status_id %d', (status, status_id, caption) => {
    expect(one({ status })).toMatchObject({ status_id, status: caption, compliance: { status_id: 3, status: 'Fail' } });
  });

  it('name key, account and rule', () => {
    const rules = [ruleResult('a-rule', 'high', { title: 'A rule', help: 'Why.\nSee https://docs.example.com/kms' })];
    expect(one({ fingerprint: 'f'.repeat(64) }, { rules })).toMatchObject({
      finding_info: { uid: 'f'.repeat(64), title: 'A rule', analytic: { type_id: 1, uid: 'a-rule' } },
      cloud: { provider: 'AWS', account: { uid: ACCOUNT, type_id: 10 }, region: 'eu-west-1', cloud_partition: 'aws' },
      compliance: { control: 'a-rule', desc: 'Why. See https://docs.example.com/kms' },
      remediation: { references: ['https://docs.example.com/kms'] },
      resources: [
        {
          uid: arn('1234abcd'),
          name: 'alias/orders',
          type: 'AWS::KMS::Key',
          tags: [
            { name: 'team', value: 'edge' },
            { name: 'empty', value: '' },
          ],
        },
      ],
    });
  });

  it('name a key that is not created by its address, in no account', () => {
    const declared = reportKey('x', { id: '.#aws_kms_key.next', arn: null, live: null });
    const event = eventsOf(
      reportOf({ keys: [declared], findings: [finding('a-rule', 'low', declared)], scan: scanOf({ scope: [] }) }),
    )[0];
    expect(event).toMatchObject({ cloud: { provider: 'AWS' }, resources: [{ uid: '.#aws_kms_key.next' }] });
    expect(event?.['cloud']).not.toHaveProperty('account');
  });

  it('say why one is accepted, or no longer', () => {
    const acceptance = { by: 'comment', reason: 'ACME-1', place: { path: 'infra/kms.tf', line: 3 } } as const;
    expect(one({ status: 'suppressed', acceptance })).toMatchObject({ comment: 'ACME-1; comment, infra/kms.tf:3' });
    expect(one({ lapsed: { ...acceptance, because: 'it ended' }, outsideChange: true })).toMatchObject({
      status_id: 99,
      status: 'Outside change',
      unmapped: { lapsed: 'accepted before, it ended: ACME-1; comment, infra/kms.tf:3', outside_change: true },
    });
  });

  it.each([
    [true, { status_id: 4, compliance: { status_id: 1 }, severity_id: 1 }],
    [false, { status_id: 1, compliance: { status_id: 2 }, severity_id: 3 }],
  ])('tell of each account and Region whether it was covered: %s', (complete, expected) => {
    expect(eventsOf(reportOf({ scan: scanOf({ complete }), coverage: [] }))).toMatchObject([expected, expected]);
  });
});

describe('the schema that they are held against', () => {
  const event = JSON.parse(textOf(sampleReport()).split('\n').at(-2) ?? '');
  it.each<[string, object]>([
    ['an unknown attribute', { extra: 1 }],
    ['a missing attribute', { time: undefined }],
    ['a wrong type', { time: '2026' }],
    ['a value that is not in the enum', { severity_id: 7 }],
    ['a caption of another value', { severity: 'Critical', severity_id: 1 }],
    ['an unknown attribute of an object', { cloud: { provider: 'AWS', vendor: 'x' } }],
    ['an entity without a name and id', { cloud: { provider: 'AWS', account: { type_id: 10 } } }],
    ['one value for a list', { resources: {} }],
  ])('refuses %s', (_, over) => {
    expect(() => ocsfEvents(`${JSON.stringify({ ...event, ...over })}\n`)).toThrow();
  });
});
