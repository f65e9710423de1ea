import { describe, expect, it } from '@jest/globals';
import { UserError } from '../../src/errors.ts';
import { compileRules, neededFacets } from '../../src/policy/compile.ts';
import { type RuleFields, ruleFile, rules } from '../support/rules.ts';
import { userErrorOf } from '../support/user-error.ts';

/** The error that compiling this rule gives: `when` is on line 7 of the file, `message` on 8, `remediation` on 10. */
const errorOf = (over: RuleFields): string => userErrorOf(() => rules(over));

const quoted = (cel: string): string => JSON.stringify(cel);

describe('a rule that could never mean what it says', () => {
  it.each([
    ['key.standng == "managed"', 'Key has no field "standng" (did you mean "standing"?)'],
    ['kye.standing == "managed"', 'no "kye" here (did you mean "key"?)'],
    ['has(key.liv)', 'Key has no field "liv" (did you mean "live"?)'],
    ['has(key.live.keyStat)', 'Live has no field "keyStat" (did you mean "keyState"?)'],
    ['key.?lives.hasValue()', 'Key has no field "lives" (did you mean "live"?)'],
    ['key.?live.?keystate.orValue("x") == "x"', 'Live has no field "keystate" (did you mean "keyState"?)'],
    ['key["standng"] == "managed"', 'Key has no field "standng" (did you mean "standing"?)'],
    ['key[key.id] == "x"', 'fields of Key are named literally'],
    ['dyn(key).standng == "x"', 'Key has no field "standng" (did you mean "standing"?)'],
    ['(true ? key : key).standng == "x"', 'Key has no field "standng" (did you mean "standing"?)'],
    ['[key][0].standng == "x"', 'Key has no field "standng" (did you mean "standing"?)'],
    ['key.state.exists(s, has(s.adress))', 'State has no field "adress" (did you mean "address"?)'],
    ['cel.bind(c, key.creator, has(c.viaa))', 'Actor has no field "viaa" (did you mean "via"?)'],
    ['key.state.filter(s, true)[0].adress == "x"', 'State has no field "adress" (did you mean "address"?)'],
    ['key.constructor == "x"', 'Key has no field "constructor"'],
    ['has(key.__proto__)', 'Key has no field "__proto__"'],
    ['key.standing == "unmanged"', '"unmanged" is never the value here (did you mean "unmanaged"?)'],
    ['"unmanged" != key.standing', '"unmanged" is never the value here (did you mean "unmanaged"?)'],
    ['key.standing in ["managed", "mising"]', '"mising" is never the value here (did you mean "missing"?)'],
    ['key.creator.via in ["console", "clii"]', '"clii" is never the value here (did you mean "cli"?)'],
    [
      'key.?primaryStanding.orValue("mangaed") == "gone"',
      '"mangaed" is never the value here (did you mean "managed"?)',
    ],
    ['key.state.exists(s, s.status == "deposd")', '"deposd" is never the value here (did you mean "deposed"?)'],
    [
      'key.differences.exists(d, d.pair == "state/liv")',
      '"state/liv" is never the value here (did you mean "state/live"?)',
    ],
    [
      'key.differences.exists(d, d.attribute == "keySpecs")',
      '"keySpecs" is never the value here (did you mean "keySpec"?)',
    ],
    ['estate == "whole"', '"whole" is never the value here; there are complete, partial'],
    ['key.name.matches(key.id)', 'the pattern of matches() must be a literal'],
    ['difference.replaces', 'no "difference" here'],
    ['[1].all(a, [1].all(b, [1].all(c, [1].exists(d, d == a))))', 'exists() is nested in more than 2 others'],
    ['key.name', 'must be true or false, but is string'],
    ['key.standing ==', 'Unexpected token: EOF'],
    ['key.ageDays > "7"', 'no such overload: int > string'],
  ])('%s', (when, message) => {
    expect(errorOf({ when: quoted(when) })).toBe(`rules/odd-key.yaml:7: when: ${message}`);
  });

  it('with a pattern that RE2 does not take', () => {
    expect(errorOf({ when: quoted('key.name.matches("(?=x)")') })).toMatch(
      /^rules\/odd-key\.yaml:7: when: no RE2 pattern: .*\(\?=/,
    );
  });

  it('is told by the line inside a block', () => {
    expect(errorOf({ when: '|\n  key.standing == "managed" &&\n  key.standng == "x"' })).toBe(
      'rules/odd-key.yaml:9: when: Key has no field "standng" (did you mean "standing"?)',
    );
  });

  it.each<[string, RuleFields, string]>([
    [
      'a hole of the message',
      { message: quoted(`\${key.nam}`) },
      '8: message: Key has no field "nam" (did you mean "name"?)',
    ],
    [
      'a hole that is no text',
      { message: quoted(`\${key.live}`) },
      '8: message: a hole must be text, a number or a bool, but is Live',
    ],
    ['an open hole', { message: quoted(`it is \${key.name`) }, '8: message: a hole is not closed with "}"'],
    ['two lines of message', { message: '"it is\\nodd"' }, '8: message: must be one line (use >- to fold it)'],
    [
      'a hole of the remediation',
      { remediation: `|\n  do\n  \${key.standng}` },
      '12: remediation: Key has no field "standng" (did you mean "standing"?)',
    ],
    [
      'the condition of another severity',
      {
        tests:
          '[{ name: a, given: {}, expect: { result: none } }]\nseverityWhen: [{ when: key.live.enabld, severity: low }]',
      },
      '13: severityWhen.0.when: Live has no field "enabld" (did you mean "enabled"?)',
    ],
  ])('in %s', (_, over, error) => {
    expect(errorOf(over)).toBe(`rules/odd-key.yaml:${error}`);
  });

  it('with the id of another rule', () => {
    const twin = { ...ruleFile(), path: 'mine/odd-key.yaml' };
    expect(() => compileRules([ruleFile(), twin])).toThrow(
      new UserError('mine/odd-key.yaml:1: id: "odd-key" is already the id of rules/odd-key.yaml:1; rename one of them'),
    );
  });
});

describe('the parameters of a rule', () => {
  const parameters =
    '{ days: { type: int, default: 30, description: d }, specs: { type: strings, default: [RSA_2048], description: s } }';

  it.each([
    ['key.ageDays > parameters.days', 'no error'],
    ['key.live.keySpec in parameters.specs', 'no error'],
    ['parameters.specs.exists(spec, spec == key.live.keySpec)', 'no error'],
    ['key.ageDays > parameters.day', 'Parameters has no field "day" (did you mean "days"?)'],
    ['has(parameters.dys)', 'Parameters has no field "dys" (did you mean "days"?)'],
    ['key.name == parameters.days', 'no such overload: string == int'],
    ['key.ageDays in parameters.specs', 'no such overload: int in list<string>'],
    ['parameters["days"] > 1', 'no error'],
    ['parameters.constructor == 1', 'Parameters has no field "constructor"'],
  ])('%s', (when, message) => {
    expect(errorOf({ when: quoted(when), parameters }).replace('rules/odd-key.yaml:7: when: ', '')).toBe(message);
  });

  it('are no name where a rule declares none', () => {
    expect(errorOf({ when: quoted('parameters.days > 1') })).toBe(
      'rules/odd-key.yaml:7: when: no "parameters" here: this rule declares none',
    );
  });

  it.each([
    [
      'text for a number',
      '{ days: { type: int, default: "3", description: d } }',
      '13:43: parameters.days.default: must be a whole number',
    ],
    [
      'a number for a list',
      '{ days: { type: strings, default: 3, description: d } }',
      '13:47: parameters.days.default: must be a list of texts',
    ],
    [
      'a default below its bounds',
      '{ days: { type: int, default: 0, least: 1, description: d } }',
      '13:43: parameters.days.default: must be at least 1',
    ],
    [
      'bounds of a text',
      '{ days: { type: string, default: a, most: 1, description: d } }',
      /^13:\d+: parameters\.days\.most: only a whole number/,
    ],
    ['half a day', '{ days: { type: int, default: 0.5, description: d } }', /^13:43: parameters\.days\.default: /],
    ['no description', '{ days: { type: int, default: 1 } }', '13:21: parameters.days.description: is missing'],
    [
      'a type there is not',
      '{ days: { type: integer, default: 1, description: d } }',
      /^13:29: parameters\.days\.type: must be int, string, bool or strings/,
    ],
    [
      'a name of two words',
      '{ max-days: { type: int, default: 1, description: d } }',
      /^13:\d+: parameters\.max-days: a parameter is named in camelCase$/,
    ],
    [
      'a name that objects have',
      '{ constructor: { type: int, default: 1, description: d } }',
      /^13:\d+: parameters\.constructor: this name is taken$/,
    ],
  ])('with %s are refused', (_, given, message) => {
    const error = errorOf({ parameters: given }).replace('rules/odd-key.yaml:', '');
    if (typeof message === 'string') expect(error).toBe(message);
    else expect(error).toMatch(message);
  });
});

describe('what a rule needs', () => {
  it.each([
    ['has(key.live)', '[state]', '"live"', 'Key.live'],
    ['has(key.live) && key.live.rotationEnabled', '[live]', '"live.rotation"', 'Live.rotationEnabled'],
    ['has(key.live.tags)', '[live]', '"live.tags"', 'Live.tags'],
    ['size(key.aliases) > 0', '[live]', '"live.aliases"', 'Key.aliases'],
    ['has(key.keyStore)', '[live]', '"live.keyStore"', 'Key.keyStore'],
    ['has(key.deletion)', '[live]', '"deletion"', 'Key.deletion'],
    ['key.creator.via == "cli"', '[live]', '"created"', 'Key.creator'],
    ['size(key.state) > 0', '[live]', '"state"', 'Key.state'],
    ['key.configuration.exists(c, c.enabled)', '[live]', '"configuration"', 'Key.configuration'],
  ])('%s with needs %s lacks %s', (when, needs, need, because) => {
    expect(errorOf({ when: quoted(when), needs })).toBe(
      `rules/odd-key.yaml:7: when: ${because} needs ${need}: add it to needs`,
    );
  });

  it.each([
    ['difference.attribute == "rotationEnabled"', '[state, live]', '"rotationEnabled" needs "live.rotation"'],
    ['difference.pair == "created/live"', '[live]', '"created/live" needs "created"'],
    ['difference.pair in ["state/live"]', '[live]', '"state/live" needs "state"'],
  ])('of a difference: %s', (when, needs, lack) => {
    expect(errorOf({ subject: 'difference', when: quoted(when), needs })).toBe(
      `rules/odd-key.yaml:7: when: ${lack}: add it to needs`,
    );
  });

  it('of live is met by a facet of live', () => {
    expect(errorOf({ when: quoted('has(key.live.tags)'), needs: '[live.tags]' })).toBe('no error');
  });

  it('is what the sources are asked for', () => {
    const compiled = rules({ needs: '[state, live]' }, { id: 'other-key', needs: '[live, live.tags]' });
    expect([...neededFacets(compiled)].sort()).toEqual(['live', 'live.tags', 'state']);
  });
});

it('rules are sorted by id', () => {
  expect(rules({ id: 'b-key' }, { id: 'a-key' }).map(({ rule }) => rule.id)).toEqual(['a-key', 'b-key']);
});
