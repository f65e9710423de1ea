import { describe, expect, it } from '@jest/globals';
import { type Report, reportSchema } from '../../src/model/report.ts';
import { cells } from '../../src/reporters/cells.ts';
import { table } from '../../src/reporters/table.ts';
import { block, finding, instance, live, reportKey, reportOf, scanOf } from '../fixtures/report.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { expectGolden } from '../support/golden.ts';
import { planted } from '../support/hostile.ts';

const OPTIONS = { width: 100, color: false, limit: 10 };
const textOf = (report: Report, options = {}): string => [...table(report, { ...OPTIONS, ...options })].join('');
/** Characters that a terminal obeys or hides. */
const obeyed = (text: string): string[] => text.replaceAll('\n', '').match(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu) ?? [];
const withoutColor = (text: string): string => text.replace(/\p{Cc}\[\d+m/gu, '');

describe('the table of a rich report', () => {
  it('comes from a valid report', () => {
    expect(reportSchema.safeParse(sampleReport()).error).toBeUndefined();
  });

  it.each([
    ['table-100.txt', {}],
    ['table-80.txt', { width: 80 }],
    ['table-color.txt', { color: true }],
  ])('reads as in %s', (name, options) => {
    expectGolden(`reporters/${name}`, textOf(sampleReport(), options));
  });

  it.each([60, 80, 100, 160])('reads the same without colour at %d cells', (width) => {
    expect(withoutColor(textOf(sampleReport(), { width, color: true }))).toBe(textOf(sampleReport(), { width }));
  });

  it.each([80, 100, 160])('keeps to %d cells, but for commands, ARNs and other single words', (width) => {
    const long = textOf(sampleReport(), { width })
      .split('\n')
      .filter((line) => cells(line) > width);
    expect(long.filter((line) => !/^ {4}(aws|terraform) /.test(line) && !/arn:aws:/.test(line))).toEqual([]);
  });

  it('is never cut where it is to be copied', () => {
    const report = sampleReport();
    const commands = report.findings.flatMap(({ remediation }) => remediation.split('\n').slice(1));
    expect(commands.length).toBeGreaterThan(3);
    for (const command of commands) expect(textOf(report, { width: 60 })).toContain(command.trim());
  });
});

describe('where the witnesses have a key', () => {
  const told = (over: Parameters<typeof reportKey>[1], evidence: Report['findings'][number]['evidence'] = []) => {
    const key = reportKey('1234abcd', over);
    return textOf(reportOf({ keys: [key], findings: [finding('some-rule', 'high', key, { evidence })] }));
  };

  it.each([
    ['a block', { configuration: [block({})] }, /configuration +infra\/kms\.tf:1 {2}aws_kms_key\.this/],
    ['no block, but a provider', {}, /configuration +no block {2}\(nearest block: infra\/providers\.tf:4\)/],
    ['a block that could not be known', { unknown: { configuration: 'var.n' } }, /configuration +\? var\.n/],
    ['a deposed instance', { state: [instance({ status: 'deposed' })] }, /state +states\/prod.* serial 41 {2}deposed/],
    ['no state', {}, /state +in none of 3 states/],
    ['a denied description', { live: live({ keyState: null, unknown: { enabled: 'denied' } }) }, /live +\? denied/],
    ['a key that KMS does not have', { live: null, standing: 'missing' }, /live +KMS says NotFound/],
    ['a key nobody looked up', { live: null, unknown: { live: 'ListKeys denied' } }, /live +\? ListKeys denied/],
    ['a key store', { live: live({ keyStoreConnection: 'DISCONNECTED' }) }, /live .* key store DISCONNECTED/],
    [
      'replicas',
      { family: { primary: reportKey('1234abcd').id, replicas: ['arn:aws:kms:us-east-1:1:key/x'] } },
      /family +primary, replicas in us-east-1/,
    ],
    [
      'no known creator',
      { created: null, unknown: { created: 'not asked' } },
      /created +2026-10-14, by whom is unknown: not asked/,
    ],
  ] as [string, Parameters<typeof reportKey>[1], RegExp][])('is told for %s', (_name, over, expected) => {
    expect(told(over)).toMatch(expected);
  });

  it('is told for an errored state, which manages nothing', () => {
    const text = told({}, [{ witness: 'state', text: 'errored state: aws_kms_key.this in errored.tfstate' }]);
    expect(text).toMatch(/state +errored state: aws_kms_key\.this in errored\.tfstate/);
  });
});

describe('what to do', () => {
  const told = (remediation: string) => {
    const key = reportKey('1234abcd');
    return textOf(reportOf({ keys: [key], findings: [finding('some-rule', 'high', key, { remediation })] }));
  };

  it('joins prose that a rule file broke, and keeps the shape of what is to be copied', () => {
    const text = told(
      'Declare it,\nand import it:\n  import {\n    to = aws_kms_key.NAME\n  }\n  terraform plan\nThen apply.\n',
    );
    expect(text).toContain(
      [
        '  fix            Declare it, and import it:',
        '    import {',
        '      to = aws_kms_key.NAME',
        '    }',
        '    terraform plan',
        '                 Then apply.',
      ].join('\n'),
    );
  });

  it('stands once in full for each rule, but always in full for a critical finding and with --all', () => {
    const keys = ['1', '2', '3'].map((id) => reportKey(id));
    const severity = (id: string) => (id === '3' ? 'critical' : 'high');
    const findings = keys.map((key) =>
      finding('some-rule', severity(key.keyId ?? ''), key, { remediation: `Mend it:\n  mend ${key.keyId}` }),
    );
    const report = reportOf({ keys, findings: findings.toReversed() });
    expect(textOf(report).match(/ mend \d|as for .*/g)).toEqual([
      ' mend 3',
      'as for some-rule above',
      'as for some-rule above',
    ]);
    expect(textOf(report, { limit: null }).match(/ mend \d|as for .*/g)).toEqual([' mend 3', ' mend 2', ' mend 1']);
  });

  it('wraps prose, and never a command', () => {
    const command = `  aws kms enable-key --key-id ${'x'.repeat(120)}`;
    const text = told(`${'word '.repeat(40)}\n${command}`);
    expect(text).toContain(`\n    ${command.trim()}\n`);
    for (const line of text.split('\n').filter((one) => one.includes('word')))
      expect(cells(line)).toBeLessThanOrEqual(100);
  });
});

describe('hostile text in the table', () => {
  const SINGLE_WORDS = ['id', 'arn', 'key', 'status', 'standing', 'severity', 'level', 'source', 'requested', 'estate'];
  const hostile = planted(sampleReport(), (path) => !SINGLE_WORDS.includes(path.at(-1) ?? '')) as Report;

  it('reaches no terminal as anything but visible text', () => {
    const text = textOf(hostile, { limit: null });
    expect(text).toContain('\\u001b[2J');
    expect(obeyed(text)).toEqual([]);
  });

  it('adds no escape to those of our own colours', () => {
    expect(withoutColor(textOf(hostile, { color: true, limit: null }))).toBe(textOf(hostile, { limit: null }));
  });

  it('begins no line of its own', () => {
    expect(
      textOf(hostile, { limit: null })
        .split('\n')
        .filter((line) => line.startsWith('CRITICAL  forged')),
    ).toEqual([]);
  });

  it.each([80, 100, 120, 200])('commands no CI runner, at a width of %d', (width) => {
    const lines = textOf(hostile, { limit: null, width }).split('\n');
    // actions/runner, ActionCommand.cs: a line that begins with :: after its spaces, or holds ##[ anywhere.
    expect(lines.filter((line) => /^\s*::|##\[|##vso\[/i.test(line))).toEqual([]);
  });

  it('of keys and coverage is plain too', () => {
    const evil = `evil${'\u001b[31m'}`;
    const key = reportKey(evil, { id: evil, arn: null, keyId: null, region: evil });
    const text = textOf(
      reportOf({
        keys: [key],
        findings: [finding('some-rule', 'high', key)],
        scan: scanOf({ complete: false, scope: [{ partition: 'aws', account: evil, region: evil }] }),
        coverage: [{ source: 'state', locator: evil, account: evil, status: 'failed', reason: evil, permission: evil }],
      }),
    );
    expect(obeyed(text)).toEqual([]);
    expect(text.split('evil\\u001b[31m').length).toBeGreaterThan(5);
  });
});

describe('long lists', () => {
  const keys = Array.from({ length: 30 }, (_, n) => reportKey(`${String(n).padStart(8, '0')}-4000-8000`));
  const many = (severity: 'high' | 'low') =>
    reportOf({ keys, findings: keys.map((key) => finding('some-rule', severity, key)) });
  const gaps = reportOf({
    scan: scanOf({ complete: false }),
    coverage: keys.map((key, n) => ({ source: 'kms', locator: key.id, status: 'failed', reason: `reason ${n}` })),
  });

  it.each([
    ['high findings', many('high'), '… and 20 more keys with high some-rule (--all)'],
    ['low findings', many('low'), '… and 20 more some-rule (--all)'],
    ['gaps', gaps, '… and 20 more gaps (--all)'],
  ])('of %s say how many more there are', (_name, report, more) => {
    expect(textOf(report)).toContain(more);
    expect(textOf(report, { limit: null })).not.toContain('more');
  });

  it('of keys denied for one reason are one gap', () => {
    const report = reportOf({
      scan: scanOf({ complete: false }),
      coverage: keys.map(({ id }) => ({
        source: 'kms',
        operation: 'DescribeKey',
        locator: id,
        status: 'failed',
        reason: 'denied',
      })),
    });
    expect(textOf(report)).toContain(`INCOMPLETE, 1 gap`);
    expect(textOf(report)).toContain(`30 times, the first: ${keys[0]?.id}`);
  });
});

describe('what differs', () => {
  const texts = [
    'This key seals the ledger of payments and nothing else; ask the people who own it before you touch it; owner: team-a',
  ];
  const long = { state: `${texts[0]}`, live: `${texts[0]?.replace('team-a', 'team-b')}` };
  const report = (attribute: 'description' | 'keySpec', said: Record<string, unknown>) => {
    const key = reportKey('1234abcd', {
      configuration: [block({})],
      state: [instance({ unknown: { keyUsage: 'an expression' } })],
      live: live({}),
      differences: [{ attribute, between: ['state/live'], ...said, replaces: false }],
    });
    return textOf(reportOf({ keys: [key], findings: [finding('some-mismatch', 'high', key)] }), { width: 80 });
  };

  it('is shown from where it differs when it is too long for its line', () => {
    const text = report('description', long);
    expect(text).toMatch(/state +…[^\n]*team-a\n/);
    expect(text).toMatch(/live +…[^\n]*team-b\n/);
  });

  it('is told once more beside what agrees, which is said once', () => {
    const text = report('keySpec', { state: 'RSA_2048', live: 'RSA_4096' });
    expect(text).toMatch(/≠ keySpec[^\n]*RSA_2048 +RSA_4096\n/);
    expect(text).toMatch(/ {2}origin +AWS_KMS += {2,}= {2,}=\n/);
  });
});

describe('the name of a key', () => {
  const told = (over: Parameters<typeof reportKey>[1]) => {
    const key = reportKey('1234abcd', { aliases: ['alias/orders'], ...over });
    return textOf(reportOf({ keys: [key], findings: [finding('some-rule', 'high', key)] }));
  };

  it('is its alias, which is not told again', () => {
    expect(told({})).toMatch(/some-rule {2}alias\/orders {2}/);
    expect(told({})).not.toMatch(/ {2}aliases /);
  });

  it("is another where the alias may be another key's, which is told then", () => {
    const text = told({ name: 'aws_kms_key.batch' });
    expect(text).toMatch(/some-rule {2}aws_kms_key\.batch {2}/);
    expect(text).toMatch(/ {2}aliases +alias\/orders\n/);
  });
});

describe('policies that differ', () => {
  const added = ['a', 'b', 'c', 'd', 'e'].map((name) => ({
    change: 'added' as const,
    name,
    members: [{ member: 'Action', declared: [], live: [`kms:${name.repeat(60)} \u001b[2J`] }],
  }));
  const key = reportKey('1234abcd', {
    differences: [
      {
        attribute: 'policy',
        between: ['state/live'],
        state: 'x'.repeat(200),
        live: 'y'.repeat(200),
        replaces: false,
        change: { document: [], statements: added, admitted: [] },
      },
    ],
  });
  const report = reportOf({ keys: [key], findings: [finding('policy-drift', 'high', key)] });

  it('are told by statement, a line each, and their texts are not shown', () => {
    const text = textOf(report, { width: 80 });
    expect(text).toMatch(/≠ policy {2}- in the state alone, \+ in KMS alone\n {4}added a: Action kms:a+[^\n]*…\n/);
    expect(text).toContain('… and 1 more statement (--all)');
    expect(text).not.toMatch(/added e|xxx|yyy/);
  });

  it('are told whole where all is asked for', () => {
    const text = textOf(report, { width: 80, limit: undefined });
    expect(text).toMatch(/added e: Action\n? +kms:e{60}\n? +\\u001b\[2J\n/);
    expect(text).not.toContain('--all)');
  });
});

describe('a report without findings', () => {
  const managed = reportKey('1234abcd', { state: [instance({})] });
  const undetermined = reportKey('1234abcd', { standing: 'undetermined', reason: 'no state was given' });
  const inventoried = sampleReport()
    .keys.filter(({ live }) => live !== null)
    .map((key) => ({
      ...key,
      standing: key.standing === 'aws-managed' ? key.standing : ('undetermined' as const),
      state: [],
      configuration: [],
      differences: [],
    }));
  const incomplete = {
    scan: scanOf({ complete: false }),
    coverage: [{ source: 'state' as const, status: 'failed' as const }],
  };
  const inventory = scanOf({ requested: ['cloudtrail', 'kms'], estate: 'partial', window: null });

  it.each([
    ['clean', reportOf({ keys: [managed] })],
    ['no-keys', reportOf({})],
    ['incomplete', reportOf({ keys: [managed], ...incomplete })],
    ['no-keys-incomplete', reportOf(incomplete)],
    ['inventory', reportOf({ keys: [...inventoried, undetermined], scan: inventory })],
  ])('reads as in table-%s.txt', (name, report) => {
    expectGolden(`reporters/table-${name}.txt`, textOf(report));
  });

  it.each([
    ['an incomplete scan', reportOf({ keys: [managed], ...incomplete })],
    ['an undetermined key', reportOf({ keys: [undetermined] })],
    ['a settling key', reportOf({ keys: [{ ...managed, standing: 'settling' }] })],
    ['an unclaimed key', reportOf({ keys: [{ ...managed, standing: 'unclaimed' }] })],
    [
      'a suppressed finding',
      reportOf({ keys: [managed], findings: [finding('a', 'low', managed, { status: 'suppressed' })] }),
    ],
    ['no state asked for', reportOf({ keys: [undetermined], scan: inventory })],
    ['no answer at all', reportOf(incomplete)],
  ])('never says that every key is accounted for with %s', (_name, report) => {
    expect(textOf(report)).not.toMatch(/accounted for|There are no keys/);
  });

  it('says so when every key is', () => {
    expect(textOf(reportOf({ keys: [managed] }))).toContain('Every key is accounted for');
  });
});

it('a finding on a key that the report does not hold is a bug, and says so', () => {
  const report = reportOf({ findings: [finding('some-rule', 'high', reportKey('1234abcd'))] });
  expect(() => textOf(report)).toThrow('names a key that the report does not hold');
});
