import { writeFile } from 'node:fs/promises';
import { beforeEach, expect, it } from '@jest/globals';
import { parseExpression } from '../../src/sources/terraform/configuration/language/parse.ts';
import fc from '../support/fast-check.ts';
import { compare, compareTemplate, type Verdict } from './expressions/compare.ts';
import { type Answer, ask } from './expressions/console.ts';
import { CONFIGURATION } from './expressions/definitions.ts';
import { expression } from './expressions/generate.ts';
import { damaged, takes } from './expressions/syntax.ts';
import { type Recorded, recordAnswers, recordedAnswers, tables } from './expressions/tables.ts';
import { describeWith, workshop } from './programs.ts';

/** Another one: `EXPRESSIONS_SEED=1234 npm run test:interop`. */
const SEED = Number(process.env['EXPRESSIONS_SEED'] ?? Date.now() % 2 ** 31);
const GENERATED = Number(process.env['EXPRESSIONS'] ?? 4000);

describeWith('terraform')('expressions beside terraform console', () => {
  const shop = workshop(() => ({}));
  beforeEach(async () => {
    await writeFile(shop.path('main.tf'), CONFIGURATION);
    await shop.terraform('init', '-backend=false');
  });

  it('evaluates generated ones as Terraform does, or says that it does not', async () => {
    const expressions = fc.sample(expression, { numRuns: GENERATED, seed: SEED });
    const answers = await ask(shop, expressions);
    const verdicts = answers.map((answer, at) => compare(expressions[at] ?? '', answer));
    report(verdicts);
    expect(verdicts.flatMap(wrongs)).toEqual([]);
    expect(verdicts.filter((verdict) => verdict === 'same').length).toBeGreaterThan(GENERATED / 3);
  });

  it('takes no text for an expression that Terraform does not', async () => {
    const texts = fc.sample(damaged, { numRuns: GENERATED / 4, seed: SEED });
    const taken = await takes(shop, texts);
    const read = texts.map((text) => parseExpression(text).ok);
    expect(texts.filter((_, at) => read[at] && !taken[at])).toEqual([]);
    // Some of what is not read here ends the expression and begins something else, which is fine in a file.
    expect(texts.filter((_, at) => !read[at] && taken[at]).length).toBeLessThan(texts.length / 20);
    expect(read.filter(Boolean).length).toBeGreaterThan(texts.length / 10);
  });

  it('reads strings of JSON syntax as templates', async () => {
    const locals = Object.fromEntries(TEMPLATES.map((template, at) => [`t${at}`, template]));
    await writeFile(shop.path('templates.tf.json'), JSON.stringify({ locals }));
    const answers = await ask(
      shop,
      TEMPLATES.map((_, at) => `local.t${at}`),
    );
    expect(TEMPLATES.map((template, at) => compareTemplate(template, answers[at])).flatMap(wrongs)).toEqual([]);
  });

  it.each(tables())('evaluates the $group by hand as recorded', async ({ group, expressions }) => {
    const answers = await ask(shop, expressions, group === 'alone' ? 1 : undefined);
    const found = new Map(expressions.map((each, at) => [each, recordOf(each, answers[at])]));
    if (process.env['UPDATE_GOLDEN'] === '1') recordAnswers(new Map([...recordedAnswers(), ...found]));
    expect([...found.values()].flatMap(({ here }) => wrongs(here))).toEqual([]);
    const recorded = recordedAnswers();
    expect([...found]).toEqual(expressions.map((each) => [each, recorded.get(each)]));
  });
});

const TEMPLATES = [
  '',
  'plain "quoted" \\n',
  'a #{local.s} b',
  '#{local.t}',
  '#{1}',
  ' #{~ 1 ~} ',
  '##{a} %%{b}',
  'a\nb #{~ 1 }\n  c',
  '%{ if true ~}\n  a\n%{ endif ~}\n  b',
  '%{ for x in ["a", "b"] }#{x}\n%{ endfor }',
  'é e\u0301',
  'a\r\nb',
  '#{"a" == "a" ? "x" : "y"}',
  '#{upper("a")}#{lower("B")}',
].map((template) => template.replaceAll('#', '$'));

function recordOf(expression: string, there: Answer = { kind: 'invalid' }): Recorded {
  return { there, here: compare(expression, there) };
}

const wrongs = (verdict: Verdict): readonly string[] => (typeof verdict === 'object' ? [verdict.wrong] : []);

function report(verdicts: readonly Verdict[]): void {
  const share = (wanted: Verdict): string => {
    const count = verdicts.filter((verdict) => verdict === wanted).length;
    return `${((100 * count) / verdicts.length).toFixed(1)} % ${String(wanted)}`;
  };
  console.info(
    `seed ${SEED}, ${verdicts.length} expressions: ${(['same', 'refused', 'unknown'] as const).map(share).join(', ')}`,
  );
}
