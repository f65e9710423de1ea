import { writeFile } from 'node:fs/promises';
import type { Workshop } from '../programs.ts';

/** What `terraform console` answers: the value as JSON and its type, that it is not known, or that it is refused. */
export type Answer =
  | { readonly kind: 'known'; readonly json: string; readonly type: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused' };

/**
 * Asks about many expressions at once. A console prints only what its last line comes to, so the expressions are locals
 * and the lines ask for all of them. Each stands within `try`, since the first error would be the only answer; that
 * catches only what fails while it is evaluated, so each must be an expression and refer to what is declared.
 */
export async function ask(shop: Workshop, expressions: readonly string[]): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let at = 0; at < expressions.length; at += BATCH) {
    answers.push(...(await askBatch(shop, expressions.slice(at, at + BATCH))));
  }
  return answers;
}

/** The graph of the locals is reduced in more than linear time, and a line has at most 64 kB. */
const BATCH = 500;

async function askBatch(shop: Workshop, expressions: readonly string[]): Promise<readonly Answer[]> {
  const locals = expressions.flatMap((expression, at) => [
    `  x${at} = try({ v = ${expression} }, { e = true })`,
    `  j${at} = try(base64encode(jsonencode(local.x${at})), "")`, // Infinity has no JSON.
  ]);
  await writeFile(shop.path('asked.tf'), `locals {\n${locals.join('\n')}\n}\n`);
  const each = (letter: string): string => expressions.map((_, at) => `local.${letter}${at}`).join(', ');
  const values = await askOne(shop, `[${each('j')}]`);
  const types = await askOne(shop, `type([${each('x')}])`);
  const encoded = values.split('\n').slice(1, -1);
  const written = elementsOf(types);
  if (encoded.length !== expressions.length || written.length !== expressions.length)
    throw new Error(`${values}\n${types}`);
  return encoded.map((line, at) => answerOf(line.trim(), written[at] ?? ''));
}

function answerOf(value: string, type: string): Answer {
  if (value.startsWith('(known after apply)')) return { kind: 'unknown' };
  const json = Buffer.from(value.slice(1, -2), 'base64').toString('utf8');
  return json === '{"e":true}' ? { kind: 'refused' } : { kind: 'known', json, type: type.replaceAll(/\s/g, '') };
}

/** The element types of a `tuple([…])`, which begin where lines are indented by four. */
const elementsOf = (tuple: string): readonly string[] => tuple.split(/\n {4}(?=[^ \])}])/).slice(1);

/** What a console of its own says of one expression, which may then fail to parse, or be known only in parts. */
export async function askOne(shop: Workshop, expression: string): Promise<string> {
  await writeFile(shop.path('asked.txt'), `${expression}\n`);
  const { stdout, stderr, code } = await shop.ran(['sh', '-c', 'terraform console -no-color < asked.txt'], [1]);
  return code === 0 ? stdout.trim() : `refused: ${stderr}`;
}
