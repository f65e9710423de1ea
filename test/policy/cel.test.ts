import { describe, expect, it } from '@jest/globals';
import { celParser, EvaluationFault, isProblem, type Parsed } from '../../src/policy/cel.ts';
import { UnknownValue } from '../../src/policy/unknown.ts';
import { bool, defineView, listOf, text, viewOf } from '../../src/policy/view.ts';
import { thrownBy } from '../support/user-error.ts';

const thing = defineView<{ readonly name?: string }>('Thing', {
  name: { shape: text, says: 'its name', read: ({ name }) => name },
  yes: { shape: bool, says: 'true', read: () => true },
  no: { shape: bool, says: 'false', read: () => false },
  denied: {
    shape: bool,
    says: 'Unknown',
    read: () => {
      throw new UnknownValue('AccessDenied');
    },
  },
});
const parse = celParser({ a: viewOf(thing), all: listOf(viewOf(thing)) });

function parsed(source: string): Parsed {
  const expression = parse(source);
  if (isProblem(expression)) throw new TypeError(`${source}: ${expression.message}`);
  const type = expression.type();
  if (isProblem(type)) throw new TypeError(`${source}: ${type.message}`);
  return expression;
}

const scope = { a: thing.of({ name: 'orders' }), all: [thing.of({}), thing.of({ name: 'b' })] };
const evaluate = (source: string): unknown => parsed(source).evaluate(scope);

describe('what is Unknown in CEL', () => {
  it.each([
    ['a.no && a.denied', false],
    ['a.denied && a.no', false],
    ['a.yes || a.denied', true],
    ['a.denied || a.yes', true],
    ['a.no && has(a.denied)', false],
    ['has(a.denied) && a.no', false],
    ['all.exists(x, x.denied || x.yes)', true],
    ['all.all(x, x.denied && x.no)', false],
    ['(a.denied && a.yes) || a.yes', true],
  ])('%s is absorbed: %s', (source, expected) => {
    expect(evaluate(source)).toBe(expected);
  });

  it.each([
    'a.denied',
    '!a.denied',
    'a.denied == true',
    'a.yes && a.denied',
    'a.denied && a.yes',
    'a.no || a.denied',
    'a.denied || a.no',
    'has(a.denied)',
    'a.?denied.orValue(true)',
    'a.?denied.hasValue()',
    'all.exists(x, x.denied)',
    'a.denied ? true : true',
  ])('%s escapes with its reason', (source) => {
    expect(() => evaluate(source)).toThrow(new UnknownValue('AccessDenied'));
  });
});

describe('what is left out in CEL', () => {
  it('has() and .? ask for it', () => {
    expect(parsed('has(a.name)').evaluate({ ...scope, a: thing.of({}) })).toBe(false);
    expect(parsed('a.?name.orValue("none")').evaluate({ ...scope, a: thing.of({}) })).toBe('none');
  });

  it('reading it is a fault of the expression, at its place', () => {
    const fault = thrownBy(() => parsed('a.yes && a.name == "x"').evaluate({ ...scope, a: thing.of({}) }));
    expect(fault).toBeInstanceOf(EvaluationFault);
    expect(fault).toMatchObject({ message: 'No such key: name', offset: 11 });
  });
});

describe('matches', () => {
  it('finds anywhere in the text, as CEL has it', () => {
    expect(evaluate('a.name.matches("rder")')).toBe(true);
    expect(evaluate('a.name.matches("^rder")')).toBe(false);
  });

  it('runs on RE2: a pattern that takes JavaScript exponential time ends', () => {
    const long = { ...scope, a: thing.of({ name: `${'a'.repeat(5000)}!` }) };
    expect(parsed('a.name.matches("^(a+)+$")').evaluate(long)).toBe(false);
  });

  it('goes by its own name in errors', () => {
    const expression = parse('a.yes.matches("x")');
    const type = isProblem(expression) ? expression : expression.type();
    expect(type).toMatchObject({ message: "found no matching overload for 'bool.matches(string)'" });
  });
});

describe('functions of ours', () => {
  it.each([
    ['string(daysBetween("2026-06-01T00:00:00Z", "2026-06-08T00:00:00Z"))', '7'],
    ['plural(1, "day")', '1 day'],
    ['plural(0, "day")', '0 days'],
    ['shell("aws_kms_key.orders")', 'aws_kms_key.orders'],
    ['shell("aws_kms_key.it\'s[\\"a b\\"]")', `'aws_kms_key.it'\\''s["a b"]'`],
  ])('%s is %j', (source, expected) => {
    expect(evaluate(source)).toBe(expected);
  });

  it('a text that is no time is a fault of the expression', () => {
    expect(() => evaluate('daysBetween("soon", "2026-06-08T00:00:00Z") > 1')).toThrow(EvaluationFault);
  });
});

describe('hostile expressions', () => {
  it.each([
    ['deep nesting', `${'('.repeat(500)}true${')'.repeat(500)}`],
    ['many nodes', Array.from({ length: 6000 }, () => 'true').join(' && ')],
  ])('%s is a problem, not a crash', (_, source) => {
    expect(isProblem(parse(source))).toBe(true);
  });
});
