import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Verdict } from './compare.ts';
import type { Answer } from './console.ts';

const FOLDER = new URL('../../fixtures/expressions/', import.meta.url);
const ANSWERS = new URL('answers.json', FOLDER);

/** Expressions by hand: a file for each group, one expression a line, with a sign for the line breaks within it. */
export function tables(): readonly { readonly group: string; readonly expressions: readonly string[] }[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
  return files.sort().map((name) => ({
    group: name.slice(0, -'.txt'.length),
    expressions: readFileSync(new URL(name, FOLDER), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.replaceAll('⏎', '\n')),
  }));
}

/** What Terraform said of an expression when it was asked last, and how that compared with what was evaluated here. */
export interface Recorded {
  readonly there: Answer;
  readonly here: Verdict;
}

const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('known'), json: z.string(), type: z.string() }),
  z.object({ kind: z.literal('unknown') }),
  z.object({ kind: z.literal('refused') }),
  z.object({ kind: z.literal('invalid') }),
]);
const recordedSchema = z.record(
  z.string(),
  z.object({ there: answerSchema, here: z.enum(['same', 'unknown', 'refused', 'not read']) }),
);

export const recordedAnswers = (): ReadonlyMap<string, Recorded> =>
  new Map(Object.entries(recordedSchema.parse(JSON.parse(readFileSync(ANSWERS, 'utf8')))));

export function recordAnswers(answers: ReadonlyMap<string, Recorded>): void {
  writeFileSync(ANSWERS, `${JSON.stringify(Object.fromEntries(answers), undefined, 2)}\n`);
}
