import { describe, expect, it } from '@jest/globals';
import { lintRule } from '../../src/policy/lint.ts';
import { type RuleFields, ruleFile } from '../support/rules.ts';
import { userErrorOf } from '../support/user-error.ts';

const TESTS = `
  - { name: odd, given: { standing: managed }, expect: { result: finding, severity: high, message: it is odd } }
  - { name: even, given: { standing: gone }, expect: { result: none } }
  - { name: nobody knows, given: { standing: undetermined, unknown: { live: denied } }, expect: { result: none } }`;

const PLAIN: RuleFields = { needs: '[state, live]', tests: TESTS };

const remarksOn = (over: RuleFields): readonly string[] =>
  lintRule(ruleFile({ ...PLAIN, ...over })).map(({ place, level, message }) => `${place}: ${level}: ${message}`);

const at = (line: number, column: number): string => `rules/odd-key.yaml:${line}:${column}`;

describe('lint', () => {
  it('has nothing to say of a rule that is as it should be', () => {
    expect(remarksOn({})).toEqual([]);
  });

  it.each<[string, RuleFields, string]>([
    [
      'a message that ends',
      { message: 'it is odd.' },
      `${at(8, 10)}: warning: message: ends with a period; it is one clause of a line`,
    ],
    [
      'a title that ends',
      { title: 'A key is odd!' },
      `${at(2, 8)}: warning: title: ends with a period; it is one clause of a line`,
    ],
    ['no remedy', { remediation: '" "' }, `${at(10, 14)}: error: remediation: is empty`],
    ['no reason', { why: '""' }, `${at(9, 6)}: error: why: is empty`],
    [
      'an address in the clear',
      { references: '[https://a.example, http://b.example]' },
      `${at(11, 33)}: warning: references.1: is no https address`,
    ],
    [
      'a need that nothing reads',
      { needs: '[state, live, live.policy]' },
      `${at(6, 22)}: warning: needs.2: no expression reads live.policy; it would be looked up for nothing`,
    ],
    [
      'a parameter that nothing reads',
      { parameters: '{ days: { type: int, default: 3, description: d } }' },
      `${at(16, 21)}: warning: parameters.days: no expression reads it`,
    ],
    [
      'a parameter of which nothing is said',
      {
        parameters: '{ days: { type: int, default: 3, description: " " } }',
        message: 'it is odd $' + '{parameters.days}',
        tests: TESTS.replace('it is odd', 'it is odd 3'),
      },
      `${at(16, 59)}: warning: parameters.days.description: is empty`,
    ],
    [
      'no finding',
      { tests: TESTS.replace(/ {2}- \{ name: odd.*\n/, '') },
      `${at(13, 3)}: error: tests: none shows a finding`,
    ],
    [
      'no key without one',
      { tests: TESTS.replaceAll('result: none', 'result: not-evaluated') },
      `${at(13, 3)}: error: tests: none shows a key without a finding`,
    ],
    [
      'nothing Unknown',
      { tests: TESTS.replace(/\n {2}- \{ name: nobody.*/, '') },
      `${at(13, 3)}: warning: tests: none shows what it says where something is Unknown`,
    ],
    [
      'no message',
      { tests: TESTS.replace(', message: it is odd', '') },
      `${at(13, 3)}: warning: tests: none gives the message of a finding`,
    ],
    [
      'no severity',
      { tests: TESTS.replace('severity: high, ', '') },
      `${at(13, 3)}: warning: tests: none expects the severity high`,
    ],
    [
      'another severity that no test shows',
      { severityWhen: '[{ when: key.standing == "gone", severity: low }]' },
      `${at(13, 3)}: warning: tests: none expects the severity low`,
    ],
    [
      'two tests of one name',
      { tests: TESTS.replace('name: even', 'name: odd') },
      `${at(14, 13)}: warning: tests.1.name: is the name of another test`,
    ],
  ])('%s', (_, over, remark) => {
    expect(remarksOn(over)).toEqual([remark]);
  });

  it('goes through a file from top to bottom', () => {
    const lines = remarksOn({ message: 'it is odd.', title: 'Odd.', references: '[http://a.example]' });
    expect(lines.map((line) => line.split(':')[1])).toEqual(['2', '8', '11']);
  });

  it('counts what names and standings go by as read', () => {
    const over = { needs: '[state, live, live.aliases, created]', message: '$' + '{key.name} is odd' };
    expect(
      remarksOn({
        ...over,
        tests: TESTS.replace(', message: it is odd', ', message: 1234abcd-12ab-34cd-56ef-1234567890ab is odd'),
      }),
    ).toEqual([]);
  });

  it('sees a parameter that is read by its name in brackets', () => {
    const parameters = '{ days: { type: int, default: 3, description: d } }';
    const when = JSON.stringify('key.standing == "managed" && parameters["days"] == 3');
    expect(remarksOn({ parameters, when })).toEqual([]);
  });

  it('leaves to loading what cannot be loaded', () => {
    expect(userErrorOf(() => remarksOn({ when: 'key.standng == "gone"' }))).toMatch(/^rules\/odd-key\.yaml:7: when: /);
  });
});
