import { describe, expect, it } from '@jest/globals';
import { testRules } from '../../src/policy/rule-tests.ts';
import { ruleFile } from '../support/rules.ts';

const odd = (given: string, expected: string, when = "key.standing == 'managed'") =>
  testRules([ruleFile({ when, message: 'it is odd', tests: `[{ name: t, given: ${given}, expect: ${expected} }]` })]);

const MANAGED = '{ standing: managed }';

describe('the tests of a rule', () => {
  it.each([
    [MANAGED, '{ result: finding }'],
    [MANAGED, '{ result: finding, severity: high, message: it is odd }'],
    ['{ standing: gone }', '{ result: none }'],
  ])('given %s pass when %s is expected', (given, expected) => {
    expect(odd(given, expected)).toEqual([
      { rule: 'odd-key', test: 't', path: 'rules/odd-key.yaml', line: 12, failure: null },
    ]);
  });

  it.each([
    [MANAGED, '{ result: none }', 'expected none, got finding'],
    ['{ standing: gone }', '{ result: finding }', 'expected finding, got none'],
    [MANAGED, '{ result: finding, severity: low }', 'expected severity low, got high'],
    [MANAGED, '{ result: finding, message: x }', 'expected message "x", got "it is odd"'],
    ['{ standing: mangaed }', '{ result: none }', /^given\.standing: Invalid option/],
    ['{ standing: managed, liv: {} }', '{ result: none }', 'given: no such field: "liv" (did you mean "live"?)'],
    ['{ standing: managed, live: { keystate: x } }', '{ result: none }', 'given.live: no such field: "keystate"'],
    [
      '{ standing: managed, createdAt: soon }',
      '{ result: none }',
      'given.createdAt: no time; write it like 2026-06-08',
    ],
  ])('given %s fail when %s is expected', (given, expected, failure) => {
    const [result] = odd(given, expected);
    if (typeof failure === 'string') expect(result?.failure).toBe(failure);
    else expect(result?.failure).toMatch(failure);
  });

  it('may give other values of parameters', () => {
    const tried = (parameters: string, result: string) =>
      testRules([
        ruleFile({
          parameters: '{ days: { type: int, default: 30, description: d } }',
          when: 'key.ageDays > parameters.days',
          tests: `[{ name: t, given: { standing: managed, createdAt: 2026-05-22 }, parameters: ${parameters}, expect: { result: ${result} } }]`,
        }),
      ])[0]?.failure;
    expect(tried('{}', 'none')).toBeNull();
    expect(tried('{ days: 7 }', 'finding')).toBeNull();
    expect(tried('{ day: 7 }', 'none')).toBe('odd-key has no parameter "day" (did you mean "days"?)');
    expect(tried('{ days: [] }', 'none')).toBe('days of odd-key must be a whole number');
  });

  it('take a facet that was left out as not asked for', () => {
    expect(
      odd('{ standing: managed, live: {} }', '{ result: not-evaluated }', 'has(key.live.tags)')[0]?.failure,
    ).toBeNull();
    expect(
      odd('{ standing: managed, live: { tags: {} } }', '{ result: finding }', 'has(key.live.tags)')[0]?.failure,
    ).toBeNull();
  });

  it('tell Unknown from none', () => {
    const given = '{ standing: managed, unknown: { live: denied } }';
    expect(odd(given, '{ result: not-evaluated }', 'has(key.live)')[0]?.failure).toBeNull();
    expect(odd(given, '{ result: none }', 'has(key.live)')[0]?.failure).toBe('expected none, got not-evaluated');
  });
});
