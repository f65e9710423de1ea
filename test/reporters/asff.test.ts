import { describe, expect, it } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import { asff } from '../../src/reporters/asff.ts';
import { ACCOUNT, arn, finding, live, reportKey, reportOf, ruleResult, scanOf } from '../fixtures/report.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { asffBatches, type ReadAsffFinding } from '../support/formats/asff.ts';

const batchesOf = (report: Report): ReadAsffFinding[][] =>
  asffBatches([...asff(report, { width: 100, color: false, limit: 10 })].join(''));
const recordsOf = (report: Report): ReadAsffFinding[] => batchesOf(report).flat();
const isFinding = ({ GeneratorId }: ReadAsffFinding): boolean => GeneratorId !== 'keydrift/coverage';

const key = reportKey('1234abcd', {
  live: live({ tags: { team: 'edge', empty: '' }, description: 'x'.repeat(2000), rotationEnabled: true }),
});
const one = (
  over: Parameters<typeof finding>[3] = {},
  report: Parameters<typeof reportOf>[0] = {},
): ReadAsffFinding | undefined =>
  recordsOf(reportOf({ keys: [key], findings: [finding('a-rule', 'high', key, over)], ...report })).find(isFinding);

describe('findings for Security Hub', () => {
  it('are what BatchImportFindings takes, each finding of a key that has an account once', () => {
    const report = sampleReport();
    const ids = recordsOf(report)
      .filter(isFinding)
      .map(({ Id }) => Id);
    expect(ids.toSorted()).toEqual(
      report.findings
        .filter((each) => each.arn !== null)
        .map(({ fingerprint }) => `keydrift/${fingerprint}`)
        .toSorted(),
    );
  });

  it('come in batches of 100 of one account and Region', () => {
    const keys = Array.from({ length: 250 }, (_, n) =>
      reportKey(`k${n}`, { region: n % 5 === 0 ? 'us-east-1' : 'eu-west-1' }),
    );
    const batches = batchesOf(reportOf({ keys, findings: keys.map((each) => finding('a-rule', 'low', each)) }));
    expect(batches.map((batch) => [batch[0]?.Region, batch.length])).toEqual([
      ['eu-west-1', 100],
      ['eu-west-1', 100],
      ['eu-west-1', 1],
      ['us-east-1', 51],
    ]);
  });

  it('name the key, with what KMS says of it', () => {
    expect(one()?.Resources).toEqual([
      {
        Type: 'AwsKmsKey',
        Id: arn('1234abcd'),
        Partition: 'aws',
        Region: 'eu-west-1',
        Tags: { team: 'edge' },
        Details: {
          AwsKmsKey: {
            AWSAccountId: ACCOUNT,
            CreationDate: Date.parse('2026-10-14T10:38:27Z') / 1000,
            KeyId: '1234abcd',
            KeyManager: 'CUSTOMER',
            KeyState: 'Enabled',
            Origin: 'AWS_KMS',
            Description: `${'x'.repeat(1020)}…`,
            KeyRotationStatus: true,
          },
        },
      },
    ]);
  });

  it.each([
    ['open', 'ACTIVE'],
    ['baselined', 'ACTIVE'],
    ['suppressed', 'ARCHIVED'],
  ] as const)('that are %s are %s, and leave the workflow to people', (status, expected) => {
    const record = one({ status });
    expect(record).toMatchObject({
      RecordState: expected,
      Compliance: { Status: 'FAILED' },
      ProductFields: { 'keydrift/Status': status },
    });
    expect(record).not.toHaveProperty('Workflow');
  });

  it('say who answers for one', () => {
    const acceptance = {
      by: 'baseline',
      reason: 'ACME-1',
      owner: 'edge',
      expires: '2027-01-31',
      place: { path: '.keydrift.baseline.json', line: 7 },
    } as const;
    expect(one({ status: 'baselined', acceptance })?.ProductFields).toMatchObject({
      'keydrift/Accepted': 'ACME-1; owner edge; until 2027-01-31; baseline, .keydrift.baseline.json:7',
      'keydrift/AcceptedUntil': '2027-01-31',
    });
  });

  it('fit, however long their texts are', () => {
    const long = 'ü'.repeat(20_000);
    const record = one(
      { message: long, remediation: long, evidence: [{ witness: 'live', text: long }] },
      { rules: [ruleResult('a-rule', 'high', { title: long })] },
    );
    expect(record?.Title).toMatch(/^ü{126}…$/);
  });

  it('have a text where the report has none', () => {
    expect(one({ message: ' ', remediation: '' })).toMatchObject({
      Description: '-',
      Remediation: { Recommendation: { Text: '-' } },
    });
  });

  it.each([
    ['Why.\nSee https://docs.example.com/kms', 'https://docs.example.com/kms'],
    ['Why.\nSee http://docs.example.com/kms', undefined],
    ['Why.\nSee javascript:alert(1)', undefined],
  ])('link to %j by https alone', (help, expected) => {
    expect(one({}, { rules: [ruleResult('a-rule', 'high', { help })] })?.Remediation?.Recommendation.Url).toBe(
      expected,
    );
  });

  it('have the time that the report is about, so that an older one changes nothing', () => {
    expect(one({}, { scan: scanOf({ asOf: '2026-01-02T03:04:05.000Z' }) })).toMatchObject({
      CreatedAt: '2026-01-02T03:04:05.000Z',
      UpdatedAt: '2026-01-02T03:04:05.000Z',
    });
  });

  it('leave out what is in no account', () => {
    const declared = reportKey('x', { id: '.#aws_kms_key.next', arn: null });
    expect(
      recordsOf(reportOf({ keys: [declared], findings: [finding('a-rule', 'low', declared)] })).filter(isFinding),
    ).toEqual([]);
  });

  it('are of other partitions where the key is', () => {
    const china = reportKey('x', { arn: `arn:aws-cn:kms:cn-north-1:${ACCOUNT}:key/x`, region: 'cn-north-1' });
    const record = recordsOf(reportOf({ keys: [china], findings: [finding('a-rule', 'low', china)] })).find(isFinding);
    expect(record?.ProductArn).toBe(`arn:aws-cn:securityhub:cn-north-1:${ACCOUNT}:product/${ACCOUNT}/default`);
    expect(record?.Resources[0]?.Partition).toBe('aws-cn');
  });
});

describe('how far an account and Region was covered', () => {
  const noticesOf = (report: Report): unknown[] =>
    recordsOf(report)
      .filter((record) => !isFinding(record))
      .map(({ Region, RecordState, Compliance, Description }) => [Region, RecordState, Compliance.Status, Description]);
  const COVERED = 'All that was asked of this account and Region was answered.';
  const gap = {
    source: 'kms',
    operation: 'ListKeys',
    account: ACCOUNT,
    region: 'eu-west-1',
    status: 'failed',
    reason: 'denied',
    permission: 'kms:ListKeys',
  } as const;
  const state = { source: 'state', locator: 'prod.tfstate', status: 'failed' } as const;
  const accepted = { by: 'settings', reason: 'ACME-1', place: { path: 'keydrift.yaml', line: 1 } } as const;
  const NO_LIST = 'kms ListKeys 111122223333 eu-west-1: denied (needs kms:ListKeys)';

  it.each<[string, Report['coverage'], boolean, unknown[]]>([
    [
      'fully',
      [],
      true,
      [
        ['eu-west-1', 'ARCHIVED', 'PASSED', COVERED],
        ['us-east-1', 'ARCHIVED', 'PASSED', COVERED],
      ],
    ],
    [
      'but for one',
      [gap],
      false,
      [
        ['eu-west-1', 'ACTIVE', 'WARNING', `1 gap: ${NO_LIST}`],
        ['us-east-1', 'ARCHIVED', 'PASSED', COVERED],
      ],
    ],
    [
      'but for a state that all may need',
      [gap, state],
      false,
      [
        ['eu-west-1', 'ACTIVE', 'WARNING', `2 gaps: ${NO_LIST}; state of prod.tfstate: no answer`],
        ['us-east-1', 'ACTIVE', 'WARNING', '1 gap: state of prod.tfstate: no answer'],
      ],
    ],
    [
      'where somebody answers for the gap',
      [{ ...gap, accepted }],
      true,
      [
        [
          'eu-west-1',
          'ARCHIVED',
          'NOT_AVAILABLE',
          `All that was asked of this account and Region was answered but 1 accepted gap, of which nothing is known: ${NO_LIST}. accepted: ACME-1; settings, keydrift.yaml:1`,
        ],
        ['us-east-1', 'ARCHIVED', 'PASSED', COVERED],
      ],
    ],
    [
      'where somebody answers for one gap of two',
      [{ ...gap, accepted }, state],
      false,
      [
        [
          'eu-west-1',
          'ACTIVE',
          'WARNING',
          `1 gap and 1 accepted gap: state of prod.tfstate: no answer; ${NO_LIST}. accepted: ACME-1; settings, keydrift.yaml:1`,
        ],
        ['us-east-1', 'ACTIVE', 'WARNING', '1 gap: state of prod.tfstate: no answer'],
      ],
    ],
    [
      'nobody says where not',
      [],
      false,
      ['eu-west-1', 'us-east-1'].map((region) => [
        region,
        'ACTIVE',
        'WARNING',
        'The scan is incomplete, and the report does not say where.',
      ]),
    ],
  ])('is told: %s', (_, coverage, complete, expected) => {
    expect(noticesOf(reportOf({ coverage, scan: scanOf({ complete }) }))).toEqual(expected);
  });

  it('is told of the first few of many gaps', () => {
    const coverage = Array.from({ length: 5_000 }, (_, n) => ({ ...gap, locator: `k${n}`, reason: `denied ${n}` }));
    expect(noticesOf(reportOf({ coverage, scan: scanOf({ complete: false }) }))[0]).toEqual([
      'eu-west-1',
      'ACTIVE',
      'WARNING',
      expect.stringMatching(/^5,000 gaps: kms ListKeys 111122223333 eu-west-1 of k0: denied 0.*…$/),
    ]);
  });
});
