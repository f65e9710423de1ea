import { z } from 'zod';

/** One quoted string whose escapes JSON has too; control characters never stand in one. */
const STRING = /^"(?:[^"\\\p{Cc}]|\\["\\nrt])*"$/u;
const TEMPLATE = /[$%]\{/;

/** The value of one quoted string without templates; undefined for everything that would have to be evaluated. */
export function literalText(text: string): string | undefined {
  return STRING.test(text) && !TEMPLATE.test(text) ? z.string().safeParse(JSON.parse(text)).data : undefined;
}
