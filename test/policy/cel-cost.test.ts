import { describe, expect, it } from '@jest/globals';
import { EvaluationFault, isProblem, type Parsed } from '../../src/policy/cel.ts';
import { boundedParser } from '../../src/policy/cel-cost.ts';
import { thrownBy } from '../support/user-error.ts';

const parse = boundedParser({});

function parsed(source: string): Parsed {
  const expression = parse(source);
  if (isProblem(expression)) throw new TypeError(`${source}: ${expression.message}`);
  return expression;
}

const ones = (length: number): string => `[${Array.from({ length }, () => '1').join(', ')}]`;

/** `v1` is `v0` ten times, and so on. */
const tenfold = (times: number, last: string): string =>
  Array.from({ length: times }, (_, at) => times - at).reduce(
    (inner, at) => `cel.bind(v${at}, ${Array.from({ length: 10 }, () => `v${at - 1}`).join(' + ')}, ${inner})`,
    last,
  );
const bound = (first: string, body: string): string => `cel.bind(v0, ${first}, ${body})`;
const long = (body: string): string => bound(ones(200), tenfold(2, body));

describe('expressions that would take all time or memory', () => {
  it.each([
    ['a text that grows tenfold', bound('"ab"', tenfold(12, 'v12.contains("y")'))],
    ['a list that grows tenfold', bound('[1, 2]', tenfold(12, 'v12.exists(x, x == 3)'))],
    ['lists in each other', long('v2.map(x, v2.map(y, v2)).size() > 1')],
    ['loops in each other', long('v2.exists(x, v2.exists(y, v2.exists(z, z == 2)))')],
    ['what || absorbs', long('v2.exists(x, v2.exists(y, v2.exists(z, z == 2))) || true')],
    [
      'a text put between its characters',
      bound(
        '"xxxxxxxxxxxx"',
        'cel.bind(a, v0.split("").join(v0), cel.bind(b, a.split("").join(a), cel.bind(c, b.split("").join(b), c.split("").join(c).contains("y"))))',
      ),
    ],
  ])('%s', (_, source) => {
    const fault = thrownBy(() => parsed(source).evaluate({}));
    expect(fault).toBeInstanceOf(EvaluationFault);
    expect(fault).toMatchObject({ message: 'takes more work or memory than an expression may' });
  });

  it('are refused where they are longer than any stack', () => {
    const sum = Array.from({ length: 2_000 }, () => '1').join(' + ');
    expect(parse(`${sum} > 0`)).toEqual({ message: 'an expression of more than 500 parts in a row', offset: 0 });
  });
});

describe('what is bounded', () => {
  it('is an evaluation, and not how often there is one', () => {
    const expression = parsed(bound(ones(20), 'v0.map(x, v0.exists(y, y == 2)).size() == 20'));
    for (let times = 0; times < 1_500; times++) expect(expression.evaluate({})).toBe(true);
  });

  it('is used up by one that takes much each time', () => {
    const expression = parsed(bound(ones(200), tenfold(1, 'v1.map(x, v0.exists(y, y == 2)).size() == 2000')));
    const often = thrownBy(() => {
      for (let times = 0; times < 100; times++) expression.evaluate({});
    });
    expect(often).toBeInstanceOf(EvaluationFault);
  });
});
