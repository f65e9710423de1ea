import { writeFile } from 'node:fs/promises';
import type { Workshop } from '../programs.ts';

/**
 * What Terraform says of an expression: the value as JSON and its type, that it is not known, that it is refused when it is
 * evaluated, or that it is no expression.
 */
export type Answer =
  | { readonly kind: 'known'; readonly json: string; readonly type: string }
  | { readonly kind: 'unknown' | 'refused' | 'invalid' };

/**
 * Asks about many expressions at once. A console prints only what its last line comes to, so the expressions are locals
 * and the lines ask for all of them. Each stands within `try`, since the first error would be the only answer; that
 * catches only what fails while it is evaluated: what is no expression, or refers to what is not declared, is asked with a
 * size of 1.
 */
export async function ask(shop: Workshop, expressions: readonly string[], size = BATCH): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let at = 0; at < expressions.length; at += size) {
    answers.push(...(await askBatch(shop, expressions.slice(at, at + size))));
  }
  return answers;
}

/** The graph of the locals is reduced in more than linear time, and a line has at most 64 kB. */
const BATCH = 500;

async function askBatch(shop: Workshop, expressions: readonly string[]): Promise<readonly Answer[]> {
  const locals = expressions.flatMap((expression, at) => [
    `  x${at} = try({ v = ${expression}\n}, { e = true })`,
    `  j${at} = try(base64encode(jsonencode(local.x${at})), "")`, // Infinity has no JSON.
  ]);
  await writeFile(shop.path('asked.tf'), `locals {\n${locals.join('\n')}\n}\n`);
  const each = (letter: string): string => expressions.map((_, at) => `local.${letter}${at}`).join(', ');
  const values = await askOne(shop, `[${each('j')}]`);
  const types = await askOne(shop, `type([${each('x')}])`);
  const encoded = values?.split('\n').slice(1, -1) ?? [];
  const written = elementsOf(types ?? '');
  if (values === undefined && expressions.length === 1) return [{ kind: 'invalid' }];
  if (encoded.length !== expressions.length || written.length !== expressions.length) {
    throw new Error(`one of these is no expression that Terraform takes:\n${expressions.join('\n')}`);
  }
  return encoded.map((line, at) => answerOf(line.trim(), written[at] ?? ''));
}

const REFUSED = Buffer.from('{"e":true}').toString('base64');

function answerOf(value: string, type: string): Answer {
  if (value.startsWith('(')) return { kind: 'unknown' };
  const json = Buffer.from(value.slice(1, -2), 'base64').toString('utf8');
  return value.startsWith(`"${REFUSED}"`)
    ? { kind: 'refused' }
    : { kind: 'known', json, type: type.replaceAll(/\s/g, '') };
}

/** The element types of a `tuple([…])`, which begin where lines are indented by four. */
const elementsOf = (tuple: string): readonly string[] =>
  tuple
    .replace(/,\s*\]\)$/, '')
    .split(/\n {4}(?=[^ \])}])/)
    .slice(1);

/** How it exits when it asks for a local that it could not evaluate. */
const CRASHED = 11;

/** What a console answers to a line; undefined when it has an error instead. */
async function askOne(shop: Workshop, line: string): Promise<string | undefined> {
  await writeFile(shop.path('asked.txt'), `${line}\n`);
  const { stdout, stderr, code } = await shop.ran(
    ['sh', '-c', 'terraform console -no-color < asked.txt'],
    [1, CRASHED],
  );
  return code === 0 && !stderr.includes('Error:') ? stdout.trim() : undefined;
}
