import { describe, expect, it } from '@jest/globals';
import type { RuleSwitches } from '../../src/model/rule.ts';
import { neededFacets } from '../../src/policy/compile.ts';
import { judge } from '../../src/policy/evaluate.ts';
import { type RuleSet, switchRules } from '../../src/policy/switches.ts';
import { givenKey, rules } from '../support/rules.ts';
import { userErrorOf } from '../support/user-error.ts';

const RULES = rules(
  {
    id: 'old-key',
    severity: 'high',
    parameters:
      '{ days: { type: int, default: 30, least: 1, most: 365, description: d }, teams: { type: strings, default: [a], description: t } }',
    needs: '[live, live.tags]',
    when: "key.ageDays > parameters.days && parameters.teams.exists(t, t == 'a')",
    severityWhen: '\n  - { when: key.ageDays > 300, severity: critical }',
    message: 'older than $' + '{parameters.days} days',
  },
  { id: 'plain-key', severity: 'low', needs: '[state]', when: "key.standing == 'managed'" },
  { id: 'quiet-key', severity: 'info', enabled: 'false', needs: '[live.policy, live]', when: 'has(key.live)' },
);

const switched = (over: Partial<RuleSwitches> = {}): RuleSet =>
  switchRules(RULES, {
    severity: {},
    on: [],
    off: [],
    parameters: {},
    at: (path) => `keydrift.yaml:${['rules', ...path].join('.')}`,
    ...over,
  });

const idsOf = ({ judging }: RuleSet): readonly string[] => judging.map(({ rule }) => rule.id);

/** Severity and message of what the rules find about a managed key of so many days. */
function found(set: RuleSet, days: number): readonly (readonly string[])[] {
  const createdAt = new Date(Date.UTC(2026, 5, 1 - days)).toISOString();
  const key = givenKey({ standing: 'managed', createdAt, state: [{}], live: {} });
  const { findings } = judge(set.judging, [key], { asOf: '2026-06-01T00:00:00.000Z', estate: 'partial' });
  return findings.filter(({ rule }) => rule === 'old-key').map(({ severity, message }) => [severity, message]);
}

describe('settings and rules', () => {
  it('without settings: those judge that are not off by themselves', () => {
    const set = switched();
    expect(idsOf(set)).toEqual(['old-key', 'plain-key']);
    expect(set.known).toEqual(['old-key', 'plain-key', 'quiet-key']);
    expect(set.rules.map(({ off }) => off)).toEqual([undefined, undefined, 'not-switched-on']);
    expect(set.diagnostics).toEqual([]);
  });

  it('switch rules on and off, and what only those need is not looked up', () => {
    const set = switched({ on: ['quiet-key'], off: ['old-key'] });
    expect(idsOf(set)).toEqual(['plain-key', 'quiet-key']);
    expect([...neededFacets(set.judging)].sort()).toEqual(['live', 'live.policy', 'state']);
    expect([...neededFacets(switched().judging)].sort()).toEqual(['live', 'live.tags', 'state']);
  });

  it('switching on a rule that judges anyway changes nothing', () => {
    expect(idsOf(switched({ on: ['plain-key'] }))).toEqual(idsOf(switched()));
  });

  it('give parameters, the rest of them as the rule has them', () => {
    expect(found(switched(), 31)).toEqual([['high', 'older than 30 days']]);
    expect(found(switched({ parameters: { 'old-key': { days: 40 } } }), 31)).toEqual([]);
    expect(found(switched({ parameters: { 'old-key': { days: 7 } } }), 8)).toEqual([['high', 'older than 7 days']]);
    expect(found(switched({ parameters: { 'old-key': { teams: [] } } }), 31)).toEqual([]);
  });

  it.each([
    [31, 'high', {}],
    [400, 'critical', {}],
    [31, 'low', { 'old-key': 'low' as const }],
    [400, 'low', { 'old-key': 'low' as const }],
  ])('of a key of %d days the severity is %s', (days, severity, severities) => {
    expect(found(switched({ severity: severities }), days)).toEqual([[severity, 'older than 30 days']]);
  });

  it('another severity leaves the parameters as they were given', () => {
    const set = switched({ severity: { 'old-key': 'low' }, parameters: { 'old-key': { days: 7 } } });
    expect(found(set, 8)).toEqual([['low', 'older than 7 days']]);
  });

  it.each<[string, Partial<RuleSwitches>, readonly string[]]>([
    [
      'a grave rule that is off',
      { off: ['old-key'] },
      ['warning keydrift.yaml:rules.off switches off old-key (high to critical)'],
    ],
    ['a slight one', { off: ['plain-key'] }, ['info keydrift.yaml:rules.off switches off plain-key (low)']],
    [
      'both',
      { off: ['plain-key', 'old-key'] },
      [
        'warning keydrift.yaml:rules.off switches off old-key (high to critical)',
        'info keydrift.yaml:rules.off switches off plain-key (low)',
      ],
    ],
    [
      'one that would have been grave',
      { off: ['old-key'], severity: { 'old-key': 'info' } },
      ['warning keydrift.yaml:rules.off switches off old-key (high to critical)'],
    ],
    [
      'a grave one made slight',
      { severity: { 'old-key': 'medium' } },
      [
        'warning keydrift.yaml:rules.severity.old-key makes findings of old-key medium, which are high to critical by the rule',
      ],
    ],
    ['a grave one made graver', { severity: { 'old-key': 'critical' } }, []],
    [
      'a slight one made slighter',
      { severity: { 'plain-key': 'info' } },
      ['info keydrift.yaml:rules.severity.plain-key makes findings of plain-key info, which are low by the rule'],
    ],
  ])('a report says of %s', (_, over, said) => {
    expect(switched(over).diagnostics.map(({ level, message }) => `${level} ${message}`)).toEqual(said);
  });

  it.each<[string, Partial<RuleSwitches>, string]>([
    [
      'severity',
      { severity: { 'old-kei': 'low' } },
      'severity.old-kei: no rule is named old-kei (did you mean "old-key"?): see keydrift rules list',
    ],
    ['on', { on: ['old-key', 'quiet'] }, 'on.1: no rule is named quiet: see keydrift rules list'],
    ['off', { off: ['nothing-of-the-kind'] }, 'off.0: no rule is named nothing-of-the-kind: see keydrift rules list'],
    [
      'on and off',
      { on: ['plain-key'], off: ['plain-key'] },
      'on.0: plain-key is switched on and off: take one of them out',
    ],
    [
      'parameters',
      { parameters: { 'old-kei': {} } },
      'parameters.old-kei: no rule is named old-kei (did you mean "old-key"?): see keydrift rules list',
    ],
    [
      'a parameter',
      { parameters: { 'old-key': { day: 1 } } },
      'parameters.old-key.day: old-key has no parameter "day" (did you mean "days"?)',
    ],
    [
      'a parameter far off',
      { parameters: { 'old-key': { x: 1 } } },
      'parameters.old-key.x: old-key has no parameter "x"; there are days, teams',
    ],
    [
      'a parameter of none',
      { parameters: { 'plain-key': { x: 1 } } },
      'parameters.plain-key.x: plain-key has no parameters',
    ],
    [
      'too small a number',
      { parameters: { 'old-key': { days: -5 } } },
      'parameters.old-key.days: days of old-key must be at least 1',
    ],
    [
      'too large a number',
      { parameters: { 'old-key': { days: 366 } } },
      'parameters.old-key.days: days of old-key must be at most 365',
    ],
    [
      'text for a number',
      { parameters: { 'old-key': { days: '1' } } },
      'parameters.old-key.days: days of old-key must be a whole number',
    ],
    [
      'a number for a list',
      { parameters: { 'old-key': { teams: 1 } } },
      'parameters.old-key.teams: teams of old-key must be a list of texts',
    ],
    [
      'a name that every object has',
      { parameters: { 'old-key': { constructor: 1 } } },
      'parameters.old-key.constructor: old-key has no parameter "constructor"; there are days, teams',
    ],
  ])('misspelt in %s', (_, over, message) => {
    expect(userErrorOf(() => switched(over))).toBe(`keydrift.yaml:rules.${message}`);
  });
});
