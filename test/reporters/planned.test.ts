import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../src/model/coverage.ts';
import { NOT_ASKED } from '../../src/model/not-asked.ts';
import type { ReportKey } from '../../src/model/report.ts';
import { table } from '../../src/reporters/table.ts';
import { finding, instance, reportKey, reportOf, ruleResult, scanOf } from '../fixtures/report.ts';

const plan = (locator: string, over: Partial<Coverage> = {}): Coverage => ({
  source: 'plan',
  locator,
  status: 'complete',
  ...over,
});

type Planned = NonNullable<ReportKey['planned']>[number];

const change = (over: Partial<Planned> = {}): Planned => ({
  action: 'replace',
  by: 'plan',
  address: 'aws_kms_key.orders',
  plan: 'plan.json',
  because: ['keySpec'],
  createsFirst: false,
  deletionWindowInDays: null,
  ...over,
});

const textOf = (planned: readonly Planned[], over: Parameters<typeof reportOf>[0] = {}): string => {
  const key = reportKey('1234abcd', { planned: [...planned], state: [instance({})] });
  const report = reportOf({ keys: [key], findings: [finding('replacement-planned', 'critical', key)], ...over });
  return [...table(report, { width: 100, color: false, limit: 10 })].join('');
};

describe('what the next apply does', () => {
  it.each<[Partial<Planned>, string]>([
    [{}, 'replaces it: keySpec  gone 30 days later  aws_kms_key.orders  by plan.json'],
    [
      { because: [], reason: 'asked for with -replace', deletionWindowInDays: 7, address: 'aws_kms_key.a' },
      'replaces it: asked for with -replace  gone 7 days later  aws_kms_key.a  by plan.json',
    ],
    [{ action: 'forget', because: [] }, 'takes it out of the state  aws_kms_key.orders  by plan.json'],
    [{ action: 'recreate', because: [] }, 'makes another key  aws_kms_key.orders  by plan.json'],
  ])('%j is a row of its card', (over, row) => {
    expect(textOf([change(over)]).replaceAll(/\n {17}(?=\S)/g, '  ')).toContain(`\n  next apply     ${row}\n`);
  });

  it('by the configuration stands at its block', () => {
    const { plan: _, ...byCode } = change({
      action: 'destroy',
      by: 'configuration',
      because: [],
      path: 'kms.tf',
      line: 4,
    });
    expect(textOf([{ ...byCode, reason: 'no block declares it' }])).toContain(
      '\n  next apply     destroys it: no block declares it  gone 30 days later  aws_kms_key.orders  kms.tf:4\n',
    );
  });

  it('names the key that nothing else names', () => {
    const key = reportKey('1234abcd', { planned: [change()] });
    const text = [
      ...table(reportOf({ keys: [key], findings: [finding('destroy-planned', 'critical', key)] }), {
        width: 100,
        color: false,
        limit: 10,
      }),
    ].join('');
    expect(text).toContain('destroy-planned  aws_kms_key.orders  eu-west-1');
  });
});

describe('which plans were read', () => {
  it('is told with how many keys each changes', () => {
    const coverage = [plan('a.json'), plan('b.json'), plan('c.json', { status: 'failed' })];
    expect(textOf([change({ plan: 'a.json' }), change({ plan: 'a.json', action: 'update' })], { coverage })).toContain(
      '\n  plans       2 read: a.json (1 key to replace, 1 to update), b.json (no key changes)\n',
    );
  });

  it('is not told where none was', () => {
    expect(textOf([])).not.toMatch(/plans {6}|next apply/);
  });

  it('is a row of what was not asked for, where rules need a plan or the configuration', () => {
    const rules = ['a-rule', 'b-rule'].map((id) =>
      ruleResult(id, 'low', { notEvaluated: 1, reasons: [{ reason: NOT_ASKED.plan, keys: 1 }] }),
    );
    const text = textOf([], { rules });
    expect(text).toContain('\n  not asked   plan or configuration (without it 2 rules cannot judge every key)\n');
    expect(text).not.toContain('NOT JUDGED');
  });

  it('is what a scan without a state rests on', () => {
    const text = textOf([change()], { scan: scanOf({ requested: ['kms', 'plan'] }), coverage: [plan('plan.json')] });
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      'What the next apply does is told by plans alone: no state was read, so no key can be called managed',
    );
  });
});
