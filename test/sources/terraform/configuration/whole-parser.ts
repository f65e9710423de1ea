import { z } from 'zod';

/** A file as hcl2-parser gives it. */
export type Whole = Readonly<Record<string, unknown>>;

/** Null where hcl2-parser has no answer. */
export type ParseWhole = (text: string) => Whole | null;

const parserSchema = z.object({ parseToObject: z.custom<(text: string) => unknown>() });
const answerSchema = z.tuple([z.record(z.string(), z.unknown()).nullable(), z.unknown()]);

/** hcl2-parser as a plain reference. It panics where of two blocks of one type one has labels: that is no answer. */
export async function loadWholeParser(): Promise<ParseWhole> {
  const { parseToObject } = parserSchema.parse((await import('hcl2-parser')).default);
  const answer = (text: string): unknown => {
    try {
      return parseToObject(text);
    } catch {
      return [null, 'panic'];
    }
  };
  return (text) => answerSchema.parse(answer(text))[0];
}
