import { z } from 'zod';

/** One quoted string whose escapes JSON has too; control characters never stand in one. */
const STRING = /^"(?:[^"\\\p{Cc}]|\\["\\nrt])*"$/u;
const TEMPLATE = /[$%]\{/;
const ITEMS = /"(?:[^"\\]|\\.)*"|[^\s,]+/g;

/** The value of one quoted string without templates; undefined for everything that would have to be evaluated. */
export function literalText(text: string): string | undefined {
  return STRING.test(text) && !TEMPLATE.test(text) ? z.string().safeParse(JSON.parse(text)).data : undefined;
}

/** A list of such strings; undefined where one of them, or the list, is anything else. */
export function literalTexts(text: string): readonly string[] | undefined {
  const [, inner] = /^\[(.*)\]$/s.exec(text) ?? [];
  if (inner === undefined) return undefined;
  const values = (inner.match(ITEMS) ?? []).map(literalText);
  return values.every((value) => value !== undefined) ? values : undefined;
}
