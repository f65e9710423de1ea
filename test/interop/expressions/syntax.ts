import { mkdir, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import fc from '../../support/fast-check.ts';
import type { Workshop } from '../programs.ts';
import { expression } from './generate.ts';

const PIECES = [
  ' ',
  '"',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '$'.concat('{'),
  '%{',
  '~}',
  ',',
  ':',
  '=',
  '=>',
  '...',
  '.',
  '*',
  '?',
  '!',
  '-',
  '\\',
  '\n',
  '<<A\n',
  '\nA\n',
  'for',
  'if',
  '#',
  '//',
  '/*',
  '1',
  'x',
  '::',
];

/** Expressions with a few pieces put in, taken out or repeated, so that about half are none any more. */
export const damaged: fc.Arbitrary<string> = fc
  .tuple(
    expression,
    fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom(...PIECES)), { minLength: 1, maxLength: 3 }),
  )
  .map(([whole, wounds]) =>
    wounds.reduce((text, [at, length, piece]) => wound(text, at % (text.length + 1), length, piece), whole),
  );

const wound = (text: string, at: number, length: number, piece: string): string =>
  length === 0 ? text.slice(0, at) + text.slice(at + 1) : text.slice(0, at) + piece + text.slice(at + length - 1);

const validatedSchema = z.object({
  diagnostics: z.array(z.object({ range: z.object({ filename: z.string() }).optional() })),
});

/** Which of these Terraform's parser takes for an expression: each is in a file of its own, and none is evaluated. */
export async function takes(shop: Workshop, expressions: readonly string[]): Promise<readonly boolean[]> {
  await mkdir(shop.path('damaged'));
  const write = (each: string, at: number): Promise<void> =>
    writeFile(shop.path(`damaged/x${at}.tf`), `locals {\n  x${at} = ${each}\n}\n`);
  await Promise.all(expressions.map(write));
  const { stdout } = await shop.ran(['terraform', '-chdir=damaged', 'validate', '-json'], [1]);
  const { diagnostics } = validatedSchema.parse(JSON.parse(stdout));
  const refused = new Set(diagnostics.map(({ range }) => range?.filename));
  return expressions.map((_, at) => !refused.has(`x${at}.tf`));
}
