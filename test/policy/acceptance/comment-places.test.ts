import { describe, expect, it } from '@jest/globals';
import type { SuppressionComment } from '../../../src/model/facts/configuration.ts';
import type { Fact, PlannedFact } from '../../../src/model/facts.ts';
import { declared, held, inventory, keyArn, live, planned, root, STATE, stateCovered } from '../../support/facts.ts';
import { findingsOf, notesOf, reportWith } from './accepted.ts';

const comment = (above: string): SuppressionComment => ({
  rule: 'odd-key',
  until: '2027-01-31',
  reason: 'ACME-12',
  above,
  path: 'main.tf',
  line: 3,
});

const KEPT = 'module.kms["eu"].aws_kms_key.this["ebs"]';
const DROPPED = 'module.kms["eu"].aws_kms_key.this["logs"]';

/** One instance that is declared below a comment, and one that only the state has. */
const facts = (above: string, dropped: string, ...more: readonly Fact[]): readonly Fact[] => [
  live(keyArn(1)),
  held(keyArn(1), { address: KEPT }),
  declared({ address: KEPT, suppressions: [comment(above)] }),
  live(keyArn(2)),
  held(keyArn(2), { address: dropped }),
  ...more,
];

const oddOnes = (given: readonly Fact[]): readonly string[] =>
  findingsOf(reportWith(inventory(given)))
    .filter((line) => line.includes('odd-key'))
    .sort();

const BOTH = ['high odd-key 1 suppressed', 'high odd-key 2 suppressed'];
const FIRST = ['high odd-key 1 suppressed', 'high odd-key 2 open'];

describe('a comment, for keys that only a state has', () => {
  it.each([
    ['holds for an instance that its block drops', 'module.kms.aws_kms_key.this', DROPPED, BOTH],
    ['holds for an instance of a module that its call drops', 'module.kms', DROPPED.replace('"eu"', '"us"'), BOTH],
    ['holds for another block that its module drops', 'module.kms', 'module.kms["eu"].aws_kms_key.old', BOTH],
    ['holds for a block deeper in its module', 'module.kms', 'module.kms["eu"].module.a.aws_kms_key.old[0]', BOTH],
    ['does not hold for another block', 'module.kms.aws_kms_key.this', 'module.kms["eu"].aws_kms_key.old', FIRST],
    ['does not hold for a block whose name only begins so', 'module.kms', 'module.kms_old.aws_kms_key.this', FIRST],
    ['does not hold for the same name outside of its module', 'module.kms', 'aws_kms_key.this', FIRST],
  ])('%s', (_name, above, dropped, findings) => {
    expect(oddOnes(facts(above, dropped, root('.', [STATE])))).toEqual(findings);
  });

  it.each([
    ['of another root', [root('.', []), root('b', [STATE])]],
    ['that two roots have', [root('.', [STATE]), root('b', [STATE])]],
    ['of no known root', [root('.', null)]],
  ])('does not hold where the state is one %s', (_name, roots) => {
    const report = reportWith(inventory(facts('module.kms', DROPPED, ...roots)));
    expect(findingsOf(report)).toContain('high odd-key 2 open');
    expect(notesOf(report)).toEqual([]);
  });

  it.each<[string, Partial<PlannedFact>, string]>([
    ['a plan of its root', { root: '.' }, 'suppressed'],
    ['a plan of nobody knows what', { root: null }, 'open'],
    ['a plan that the repository carries', { root: '.', committed: true }, 'open'],
  ])('goes by what %s says', (_name, plan, status) => {
    const given = [
      live(keyArn(1)),
      held(keyArn(1), { address: KEPT }),
      declared({ address: KEPT, suppressions: [comment('module.kms')] }),
      live(keyArn(2)),
      held(keyArn(2), { address: 'aws_kms_key.of_b', source: 'b.tfstate', lineage: 'b' }),
      planned({ address: DROPPED, arn: keyArn(2), action: 'destroy', ...plan }),
      root('.', [STATE]),
      root('b', ['b.tfstate']),
    ];
    const coverage = [...inventory([]).coverage, stateCovered({ locator: 'b.tfstate', lineage: 'b' })];
    expect(findingsOf(reportWith(inventory(given, { coverage })))).toContain(`high odd-key 2 ${status}`);
  });
});
