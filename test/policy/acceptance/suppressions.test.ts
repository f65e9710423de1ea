import { describe, expect, it } from '@jest/globals';
import type { Suppression } from '../../../src/model/acceptance.ts';
import type { SuppressionComment } from '../../../src/model/facts/configuration.ts';
import type { Inventory } from '../../../src/model/inventory.ts';
import { checkSuppressions } from '../../../src/policy/acceptance/checked.ts';
import {
  declared,
  denied,
  held,
  inventory,
  keyArn,
  kmsCovered,
  live,
  REALM,
  stateCovered,
  US_EAST_1,
} from '../../support/facts.ts';
import { rules } from '../../support/rules.ts';
import { userErrorOf } from '../../support/user-error.ts';
import { findingsOf, gap, managedKeys, notesOf, RULES, reportWith, suppression } from './accepted.ts';

const ONE = { arn: keyArn(1) };
const two = managedKeys(keyArn(1), keyArn(2));
const SEEN = 'keydrift.yaml:1: the suppression of';

describe('a suppression', () => {
  it.each<[string, readonly Suppression[], readonly string[], readonly string[]]>([
    [
      'holds for the keys that it names, to its last day',
      [suppression('odd-key', ONE, '2026-11-23')],
      ['high odd-key 1 suppressed', 'high odd-key 2 open', 'low dull-key 1 open', 'low dull-key 2 open'],
      [],
    ],
    [
      'that ended brings the finding back and says so',
      [suppression('odd-key', ONE, '2026-11-22')],
      [
        'high odd-key 1 open it ended on 2026-11-22',
        'high odd-key 2 open',
        'low dull-key 1 open',
        'low dull-key 2 open',
      ],
      [`warning ${SEEN} odd-key ended on 2026-11-22: 1 finding open again`],
    ],
    [
      'that ends more than 400 days ahead holds, and a warning says so where it hides something grave',
      [suppression('odd-key', ONE, '2027-12-29'), suppression('dull-key', ONE, '9999-12-31')],
      ['high odd-key 1 suppressed', 'high odd-key 2 open', 'low dull-key 1 suppressed', 'low dull-key 2 open'],
      [
        `warning ${SEEN} odd-key holds for 1 high or critical finding and ends on 2027-12-29, which is more than 400 days away: name a day on which somebody looks at it again`,
      ],
    ],
    [
      'that ended is no matter where another holds',
      [suppression('odd-key', ONE, '2026-11-22'), suppression('odd-key', ONE, '2026-12-01')],
      ['high odd-key 1 suppressed', 'high odd-key 2 open', 'low dull-key 1 open', 'low dull-key 2 open'],
      [],
    ],
    [
      'needs no end for what is low',
      [suppression('dull-key', ONE)],
      ['high odd-key 1 open', 'high odd-key 2 open', 'low dull-key 1 suppressed', 'low dull-key 2 open'],
      [],
    ],
    [
      'without an end does not hold for what is high',
      [suppression('odd-key', ONE)],
      ['high odd-key 1 open', 'high odd-key 2 open', 'low dull-key 1 open', 'low dull-key 2 open'],
      [`warning ${SEEN} odd-key has no expires, which high and critical findings need: it does not hold for 1 of them`],
    ],
    [
      'that fits nothing is noted',
      [suppression('odd-key', { arn: keyArn(3) }, '2027-01-31')],
      ['high odd-key 1 open', 'high odd-key 2 open', 'low dull-key 1 open', 'low dull-key 2 open'],
      [`info ${SEEN} odd-key fits no finding: delete it`],
    ],
    [
      'that ended and fits nothing is noted',
      [suppression('odd-key', { arn: keyArn(3) }, '2026-01-31')],
      ['high odd-key 1 open', 'high odd-key 2 open', 'low dull-key 1 open', 'low dull-key 2 open'],
      [`info ${SEEN} odd-key ended on 2026-01-31, and fits no finding: delete it`],
    ],
  ])('%s', (_name, suppressions, findings, notes) => {
    const report = reportWith(two, { suppressions });
    expect(findingsOf(report)).toEqual(findings);
    expect(notesOf(report)).toEqual(notes);
    const count = findings.filter((line) => line.includes('suppressed')).length;
    expect(report.summary.suppressed).toBe(count === 0 ? undefined : count);
  });

  it('does not hold for a finding that another condition makes high', () => {
    const bad = live(keyArn(1), { attributes: { ...live(keyArn(1)).attributes, description: 'bad' } });
    const report = reportWith(inventory([bad, held(keyArn(1))]), { suppressions: [suppression('dull-key', ONE)] });
    expect(findingsOf(report)).toEqual(['high dull-key 1 open', 'high odd-key 1 open']);
    expect(notesOf(report)).toHaveLength(1);
  });

  it('says who answers for the finding, why and where', () => {
    const [finding] = reportWith(two, { suppressions: [suppression('odd-key', ONE, '2027-01-31')] }).findings;
    expect(finding).toMatchObject({
      status: 'suppressed',
      justification: 'ACME-12',
      acceptance: {
        by: 'settings',
        reason: 'ACME-12',
        expires: '2027-01-31',
        place: { path: 'keydrift.yaml', line: 1 },
      },
    });
  });

  const OTHER = keyArn(9, US_EAST_1);
  it.each<[string, Inventory, Suppression]>([
    [
      'a state was not read',
      inventory([live(keyArn(1))], { coverage: [kmsCovered(), stateCovered({ status: 'failed', reason: 'denied' })] }),
      suppression('odd-key', { arn: keyArn(3) }, '2027-01-31'),
    ],
    ['its Region was not scanned', two, suppression('odd-key', { arn: OTHER }, '2027-01-31')],
    [
      'the rule could not judge a key that it names',
      inventory([denied(keyArn(1), { unknown: { enabled: 'DescribeKey was denied' } }), held(keyArn(1))]),
      suppression('told-key', ONE, '2027-01-31'),
    ],
    [
      'nobody knows who made a key',
      inventory([live(keyArn(1))], { header: { scope: [REALM], requested: ['kms'] }, coverage: [kmsCovered()] }),
      suppression('odd-key', { creator: '*' }, '2027-01-31'),
    ],
    ['its rule does not judge', two, suppression('idle-key', ONE, '2027-01-31')],
  ])('is not called unused where %s', (_name, seen, one) => {
    const told = rules({ id: 'told-key', when: 'key.live.enabled == false' });
    const { judging, known } = { judging: [...RULES, ...told], known: ['odd-key', 'dull-key', 'told-key', 'idle-key'] };
    const report = reportWith(seen, { suppressions: [one] }, { judging, known });
    expect(notesOf(report).filter((note) => note.includes('delete it'))).toEqual([]);
  });

  it('is not called unused for a gap that somebody accepts', () => {
    const coverage = [kmsCovered(), stateCovered({ status: 'failed', reason: 'denied' })];
    const report = reportWith(inventory([live(keyArn(1))], { coverage }), {
      suppressions: [suppression('odd-key', { arn: keyArn(3) }, '2027-01-31')],
      gaps: [
        gap({ source: 'state', locator: '*.tfstate' }),
        gap({ source: 'cloudtrail', account: REALM.account }),
        gap({ source: 'configuration' }),
      ],
    });
    expect(report.scan.complete).toBe(true);
    expect(notesOf(report)).toEqual([]);
  });
});

const comment = (rule: string, until?: string): SuppressionComment => ({
  rule,
  ...(until === undefined ? {} : { until }),
  reason: 'of a comment',
  above: 'aws_kms_key.this',
  path: 'main.tf',
  line: 3,
});

const commented = (...suppressions: SuppressionComment[]): Inventory =>
  inventory([live(keyArn(1)), held(keyArn(1)), live(keyArn(2)), declared({ suppressions })]);

describe('a comment above a block', () => {
  it.each<[string, SuppressionComment, readonly string[], readonly string[]]>([
    ['holds for its key', comment('odd-key', '2027-01-31'), ['high odd-key 1 suppressed', 'low dull-key 1 open'], []],
    [
      'that ended brings the finding back',
      comment('odd-key', '2026-01-31'),
      ['high odd-key 1 open it ended on 2026-01-31', 'low dull-key 1 open'],
      ['warning main.tf:3: keydrift:ignore=odd-key ended on 2026-01-31: 1 finding open again'],
    ],
    [
      'needs an end for what is high',
      comment('odd-key'),
      ['high odd-key 1 open', 'low dull-key 1 open'],
      [
        'warning main.tf:3: keydrift:ignore=odd-key has no until=DAY, which high and critical findings need: it does not hold for 1 of them',
      ],
    ],
    [
      'of no rule says so',
      comment('dul-key'),
      ['high odd-key 1 open', 'low dull-key 1 open'],
      [
        'warning main.tf:3: keydrift:ignore=dul-key names no rule that there is (did you mean "dull-key"?): it holds for nothing',
      ],
    ],
  ])('%s', (_name, suppression, findings, notes) => {
    const report = reportWith(commented(suppression));
    expect(findingsOf(report)).toEqual(findings);
    expect(notesOf(report)).toEqual(notes);
  });

  it('comes before the settings, and neither is unused', () => {
    const report = reportWith(commented(comment('odd-key', '2027-01-31')), {
      suppressions: [suppression('odd-key', ONE, '2027-01-31')],
    });
    expect(report.findings[0]).toMatchObject({ status: 'suppressed', justification: 'of a comment' });
    expect(notesOf(report)).toEqual([]);
  });
});

describe('settings', () => {
  const ALL = [
    { id: 'odd-key', severity: 'high' },
    { id: 'dull-key', severity: 'low' },
  ] as const;

  it.each([
    [suppression('od-key', ONE, '2027-01-31'), 'keydrift.yaml:1:11: no rule is named od-key (did you mean "odd-key"?)'],
    [
      suppression('odd-key', ONE),
      'keydrift.yaml:1:11: findings of odd-key are high: nobody accepts these for ever; give expires',
    ],
    [suppression('odd-key', ONE, '2020-01-31'), 'no error'],
    [suppression('dull-key', ONE), 'no error'],
  ])('are refused for what can never hold', (one, words) => {
    expect(userErrorOf(() => checkSuppressions([one], ALL))).toBe(words);
  });
});
