import { describe, expect, it } from '@jest/globals';
import { type Rule, ruleSchema, type ToldRule } from '../../src/model/rule.ts';
import { ruleInFull, rulesTable } from '../../src/reporters/rules.ts';
import { expectGolden } from '../support/golden.ts';
import { HOSTILE } from '../support/hostile.ts';

const hole = (cel: string): string => `\${${cel}}`;

const rule = (over: Partial<Rule> = {}): Rule =>
  ruleSchema.parse({
    id: 'origin-mismatch',
    title: 'The key material comes from elsewhere than state says',
    severity: 'high',
    about: 'estate',
    subject: 'difference',
    needs: ['state', 'live'],
    when: "difference.pair == 'state/live' &&\n  difference.attribute == 'origin'",
    severityWhen: [{ when: "key.live.origin == 'EXTERNAL'", severity: 'critical' }],
    message: `State says ${hole('difference.state')}; KMS says ${hole('difference.live')}.\n`,
    why: 'Imported material can expire,\nand then nothing decrypts.\n\nTerraform never compares the origin.\n',
    remediation: `Import the key into a resource of its own kind.\n  terraform state rm ${hole('key.address')}\n`,
    references: ['https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys.html'],
    tests: [{ name: 'differs', given: {}, expect: { result: 'finding' } }],
    ...over,
  });
const told = (one: Rule, over: Partial<ToldRule> = {}): ToldRule => ({
  rule: one,
  origin: null,
  off: undefined,
  ownSeverity: undefined,
  values: {},
  ...over,
});

const rules = [
  rule({ id: 'unclaimed-key', severity: 'low', title: 'A key in none of the scanned states' }),
  rule(),
  rule({ id: 'missing-key', severity: 'critical', title: 'State holds a key that KMS does not have' }),
  rule({
    id: 'deposed-key',
    title: 'A key left from a replacement that did not finish, and that nobody destroyed since it was made',
  }),
].map((one) => told(one));

const owned = told(
  rule({
    id: 'key-age',
    severity: 'medium',
    parameters: {
      days: { type: 'int', default: 365, description: 'How old a key may be' },
      teams: { type: 'strings', default: [], description: 'Whose keys are meant' },
    },
  }),
  { origin: 'policies/key-age.yaml', off: 'switched-off', ownSeverity: 'critical', values: { days: 30 } },
);

describe('rules for people', () => {
  it('stand worst first, then by id', () => {
    expectGolden(
      'reporters/rules-list.txt',
      [
        ...rulesTable([...rules, owned, told(rule({ id: 'quiet' }), { off: 'not-switched-on' })], {
          width: 80,
          color: false,
        }),
      ].join(''),
    );
  });

  it('are told in full', () => {
    expectGolden('reporters/rules-show.txt', [...ruleInFull(told(rule()), { width: 80, color: false })].join(''));
  });

  it('are told in full as settings have them', () => {
    expectGolden('reporters/rules-show-own.txt', [...ruleInFull(owned, { width: 80, color: false })].join(''));
  });

  it('of hostile files are plain text', () => {
    const texts = { title: HOSTILE, why: HOSTILE, message: HOSTILE, remediation: HOSTILE, when: HOSTILE };
    const parameters = { p: { type: 'string', default: HOSTILE, description: HOSTILE } } as const;
    const hostile = told(rule({ ...texts, parameters }), { origin: HOSTILE, values: { p: HOSTILE } });
    const text = [
      ...rulesTable([hostile], { width: 80, color: false }),
      ...ruleInFull(hostile, { width: 80, color: false }),
    ];
    expect(text.join('').replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  });
});
