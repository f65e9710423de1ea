import { describe, expect, it } from '@jest/globals';
import { convert } from '../../../../../src/sources/terraform/configuration/language/convert.ts';
import { Budget } from '../../../../../src/sources/terraform/configuration/language/doubts.ts';
import { evaluate } from '../../../../../src/sources/terraform/configuration/language/evaluate.ts';
import { parseExpression } from '../../../../../src/sources/terraform/configuration/language/parse.ts';
import { parseType } from '../../../../../src/sources/terraform/configuration/language/parse-type.ts';
import type { Value } from '../../../../../src/sources/terraform/configuration/language/value.ts';
import {
  list,
  text,
  tuple,
  unknown,
  unknownIn,
} from '../../../../../src/sources/terraform/configuration/language/values.ts';
import fc from '../../../../support/fast-check.ts';
import { readFiles } from '../read-files.ts';

/** How often the leaves were looked at. Past the limit it throws what no evaluator catches, so that nothing hangs. */
class Steps {
  taken = 0;
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  leaf(kind: 'string' | 'unknown'): Value {
    const step = (): void => {
      this.taken += 1;
      if (this.taken > this.limit) throw new Error(`more than ${this.limit} steps`);
    };
    const leaf = kind === 'string' ? text('x') : unknown('it is not known', { kind: 'string' });
    return Object.defineProperty({ ...leaf }, 'kind', {
      enumerable: true,
      get: () => {
        step();
        return kind;
      },
    });
  }
}

/** Evaluates named expressions that refer to each other as `local.NAME`, each once. */
function programOf(
  sources: ReadonlyMap<string, string>,
  leaf: Value,
  { large = leaf, total }: { readonly large?: Value; readonly total?: Budget } = {},
): (name: string) => Value {
  const known = new Map<string, Value>([
    ['leaf', leaf],
    ['large', large],
    ['unknown', unknown('it is known to AWS alone')],
  ]);
  const evaluated = (name: string): Value => {
    const before = known.get(name);
    if (before !== undefined) return before;
    known.set(name, unknown(`${name} refers to itself`));
    const parsed = parseExpression(sources.get(name) ?? 'null');
    if (!parsed.ok) throw new Error(`${sources.get(name)}: ${parsed.reason}`);
    const value = evaluate(parsed.value, (_, inner) => evaluated(inner), total);
    known.set(name, value);
    return value;
  };
  return evaluated;
}

/** `$` is the value before. */
const DOUBLINGS = [
  '[$, $]',
  '{ a = $, b = $ }',
  '[for x in [$, $] : x]',
  '{ for k in ["a", "b"] : k => $ }',
  '{ for k in ["a", "a"] : k => $... }',
  'tolist([$, $])',
  'tomap({ a = $, b = $ })',
  '[[$], [$]][*][0]',
  'concat([$], [$])',
  'merge({ a = $ }, { b = $ })',
  'zipmap(["a", "b"], [$, $])',
  'setproduct([$], [$, 1])',
  'chunklist([$, $], 1)',
  'true ? [$, $] : [$]',
  'local.unknown ? [$, $] : [$, $]',
  '[try($, 1), coalesce($, 1)]',
  '[{ a = $ }.a, [$][0]]',
  'values({ a = $, b = $ })',
  'flatten([[$, $]])',
  'jsondecode(jsonencode([$, $]))',
  'jsonencode([$, $])',
  'format("%v%v", $, $)',
  'formatlist("%s%s", [jsonencode($)], [jsonencode($)])',
  'replace(jsonencode($), "x", jsonencode($))',
  'join(jsonencode($), [for x in range(3) : jsonencode($)])',
] as const;

const USES = [
  'jsonencode($)',
  'length(flatten($))',
  '$ == $',
  '$ != [$]',
  'toset([$, $])',
  'tolist($)',
  'tomap({ a = $ })',
  'distinct([$, $])',
  'contains([$, $], $)',
  'index([$, $], $)',
  'merge({ a = $ }, { a = $ })',
  'coalesce($, $)',
  'coalescelist([$], [$])',
  'try($, 1)',
  'can($)',
  'true ? $ : [$]',
  'local.unknown ? $ : $',
  '[$][*]',
  '[for x in [$] : x if x == $]',
  'sha256(jsonencode($))',
  'format("%v %s", $, jsonencode($))',
  'formatlist("%v", [$, $])',
  'lookup({ a = $ }, "a", $)',
  'setunion([$], [$])',
  'setproduct([$, $], [$, $])',
  'setsubtract(toset([$]), toset([$]))',
  'concat([$], tolist([$]))',
  'zipmap(["a"], [$])',
  'one([$])',
  'slice([$, $], 0, 1)',
  '[$, $][local.unknown]',
  '{ a = $ }[local.unknown]',
] as const;

const TIMES = 60;
/** Leaves are looked at by a walk over the largest value, some times each. */
const FEW = 20_000_000;

const doubled = (shape: string): ReadonlyMap<string, string> =>
  new Map([
    ['a0', 'local.leaf'],
    ...Array.from({ length: TIMES }, (_, at) => [`a${at + 1}`, shape.replaceAll('$', `local.a${at}`)] as const),
  ]);

describe('a value that doubles from local to local', () => {
  it.each(DOUBLINGS)('made by %s is given up before it is gone through, and whatever is done with it', (shape) => {
    const isTyped = /unknown|^\[\$, \$\]/.test(shape);
    for (const kind of isTyped ? (['string', 'unknown'] as const) : (['string'] as const)) {
      const steps = new Steps(FEW);
      const uses = new Map(USES.map((use, at) => [`use${at}`, use.replaceAll('$', `local.a${TIMES}`)] as const));
      const evaluated = programOf(new Map([...doubled(shape), ...uses]), steps.leaf(kind));
      const last = evaluated(`a${TIMES}`);
      expect(unknownIn(last)?.reason ?? 'known').toMatch(
        /takes more work than|comes to more than a value may hold|would refuse|is not known|may be|not evaluated/,
      );
      for (const name of uses.keys()) expect(unknownIn(evaluated(name))?.reason ?? 'known').toMatch(/./);
      expect(steps.taken).toBeLessThan(FEW);
    }
  });

  it('is given up as the value of a variable', () => {
    const type = parseType('list(any)');
    if (!type.ok) throw new Error(type.reason);
    const steps = new Steps(FEW);
    let value: Value = steps.leaf('string');
    for (let times = 0; times < TIMES; times += 1) value = tuple([value, value]);
    expect(convert(value, type.value)).toMatchObject({ kind: 'unknown', reason: expect.stringMatching(/more than/) });
  });
});

/** Large, and within what a value may hold. */
const LARGE = 60_000;

describe('a large value that is gone through again and again', () => {
  it.each([
    'jsonencode($)',
    'length(flatten([$]))',
    '$ == $',
    'contains([$, $], $)',
    'toset($)',
    'tolist([for y in $ : y])',
    'try($, 1)',
    'true ? $ : $',
    '$[*]',
    'concat($, $)',
  ])('by %s in a for expression is given up', (use) => {
    expectGivenUp(`[for x in range(1000) : ${use.replaceAll('$', 'local.large')}]`);
  });

  it.each([
    ['contains', 'contains(local.large, local.large)'],
    ['setproduct', 'setproduct(local.large, local.large)'],
    ['coalesce', `coalesce(${often(500, () => 'local.large')})`],
    ['formatlist', `formatlist("${'%s'.repeat(50)}", ${often(50, () => 'local.large')})`],
    ['==', `[${often(400, (at) => `{ k${at} = local.large }`)}] == 1`],
  ])('by %s is given up', (_, source) => {
    expectGivenUp(source);
  });
});

function often(count: number, make: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => make(at)).join(', ');
}

function expectGivenUp(source: string): void {
  const steps = new Steps(FEW);
  const leaf = steps.leaf('string');
  const large = list(
    Array.from({ length: LARGE }, () => leaf),
    { kind: 'string' },
  );
  const value = programOf(new Map([['use', source]]), leaf, { large })('use');
  expect(unknownIn(value)?.reason).toMatch(/takes more work than|comes to more than a value may hold/);
  expect(steps.taken).toBeLessThan(FEW);
}

describe('a root module whose expressions are many', () => {
  it('has one budget for all of them, and the rest is Unknown', () => {
    const steps = new Steps(10 * FEW);
    const large = tuple(Array.from({ length: LARGE }, () => steps.leaf('string')));
    const sources = new Map(
      Array.from({ length: 2000 }, (_, at) => [`use${at}`, 'length(flatten(local.large))'] as const),
    );
    const evaluated = programOf(sources, steps.leaf('string'), { large, total: Budget.ofAll().ofRoot() });
    const values = [...sources.keys()].map(evaluated);
    expect(values[0]).toEqual({ kind: 'number', value: LARGE });
    expect(values.at(-1)).toMatchObject({
      reason: 'length(flatten(local.large)) comes after more work than is given to a root module',
    });
  });
});

describe('modules that call each other twice over, and hand on all of their outputs', () => {
  it('are evaluated as far as one root is given work', async () => {
    const deepest = 24;
    const key = 'resource "aws_kms_key" "k" {\n  description = jsonencode(module.m)\n}\n';
    const files = Array.from({ length: deepest }, (_, at) => {
      const source = at === 0 ? './m1' : `../m${at + 1}`;
      const call = `module "m" {\n  source = "${source}"\n  count = 2\n}\noutput "o" {\n  value = module.m\n}\n`;
      return [at === 0 ? 'main.tf' : `m${at}/main.tf`, call + (at === 0 ? key : '')] as const;
    });
    const { facts } = await readFiles({
      ...Object.fromEntries(files),
      [`m${deepest}/main.tf`]: 'output "o" {\n  value = "x"\n}\n',
    });
    const said = facts.flatMap((fact) => (fact.kind === 'configuration' ? [fact.unknown.description] : []));
    expect(said).toEqual([expect.stringMatching(/^description: jsonencode\(module\.m\) .* more /)]);
  });
});

describe('any locals that refer to those before them', () => {
  const shape = fc.constantFrom(...DOUBLINGS, ...USES);
  const refersTo = fc.tuple(shape, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }));

  it('come to values that can be gone through', () => {
    fc.assert(
      fc.property(fc.array(refersTo, { minLength: 1, maxLength: 60 }), (locals) => {
        const steps = new Steps(FEW * 10);
        const sources = new Map([['a0', 'local.leaf']]);
        for (const [at, [source, names]] of locals.entries()) {
          let next = 0;
          const written = source.replaceAll('$', () => {
            const back = names[next++ % names.length] ?? 0;
            return `local.a${at - (back % Math.min(at + 1, 3))}`;
          });
          sources.set(`a${at + 1}`, written);
        }
        const evaluated = programOf(sources, steps.leaf('string'));
        for (const name of sources.keys()) {
          const open = unknownIn(evaluated(name));
          if (open !== undefined) expect(open.reason).not.toBe('');
        }
      }),
      { numRuns: 60 },
    );
  });
});
