import { z } from 'zod';
import type { Block } from './blocks.ts';

/** A value as hcl2-parser gives it; an expression is text of the form `${…}`, and so may a literal be (expression.ts). */
export type HclValue = z.infer<typeof hclValueSchema>;
const hclValueSchema = z.json();

/** The arguments of one block by name; nested blocks stand among them as lists of objects. */
export type HclBody = ReadonlyMap<string, HclValue>;

/** The body of one block; undefined when hcl2-parser does not take its text for HCL. It says nothing of why or where. */
export type ParseHcl = (block: Block) => HclBody | undefined;

/**
 * What hcl2-parser 1.0.3 (hcl2json 0.3.3 over hashicorp/hcl 2.10) does, found by trying:
 * - `parseToObject` returns `[object, null]`, or `[null, error]`; the error is a Go value without any text or position.
 * - An expression is its source text in `${…}`, `(…)` included; a template is its text, `~` and spaces dropped.
 *   `"$${x}"` and `"\u0024{x}"` come out as `${x}`, just like the expression `x`.
 * - It evaluates `-1`, `!true`, `"${"x"}"` and `"a${1}"`, nothing else. Numbers are doubles, `1e1000` is Infinity.
 * - A block is a list, one element for each block of that type and labels. If an argument has the same name, the block
 *   is dropped.
 * - `"a${null}b"` and an object key `null` make it throw. Nesting past 400 levels overflows the stack, and then some of
 *   the following calls fail too, whatever their text.
 * - Function names of Terraform 1.8 providers, `provider::aws::arn_parse(…)`, are newer than its grammar.
 * - Invalid text is refused as a whole, a duplicate argument too; BOM and CRLF are understood.
 */
export async function loadHcl(): Promise<ParseHcl> {
  const loaded: unknown = await import('hcl2-parser');
  const { parseToObject } = moduleSchema.parse(loaded).default;
  const attempt = (text: string): unknown => {
    try {
      return answerSchema.parse(parseToObject(text))[0];
    } catch {
      return OVERTHROWN;
    }
  };
  return onceForEachText((block) => {
    const parsed = attempt(readable(block.text));
    if (parsed === OVERTHROWN) settle(attempt);
    return bodyOf(block, parsed);
  });
}

/** Characters of a block that is worth being remembered. */
const SHORT = 4096;

/** Roots have their providers, variables and locals from one another: what is the same thousands of times is parsed once. */
function onceForEachText(parse: ParseHcl): ParseHcl {
  const parsed = new Map<string, HclBody | undefined>();
  return (block) => {
    if (block.text.length > SHORT) return parse(block);
    const known = parsed.get(block.text);
    if (known !== undefined || parsed.has(block.text)) return known;
    const body = parse(block);
    parsed.set(block.text, body);
    return body;
  };
}

/** The parser threw: a Go panic or a stack overflow. */
const OVERTHROWN = Symbol('overthrown');

const answerSchema = z.tuple([z.unknown(), z.unknown()]);

const moduleSchema = z.object({
  default: z.object({
    parseToObject: z.custom<(text: string) => unknown>((value) => typeof value === 'function'),
  }),
});

/** Namespaced function names as one identifier: expression.ts never takes an argument that has one for a literal. */
const readable = (text: string): string => text.replace(/\bprovider::(\w+)::(?=\w)/g, 'provider__$1__');

/** Calls the parser until it answers again, so that the next block does not pay for this one. */
function settle(attempt: (text: string) => unknown): void {
  for (let left = 20; left > 0 && attempt('settled = true\n') === OVERTHROWN; ) left -= 1;
}

function bodyOf(block: Block, parsed: unknown): HclBody | undefined {
  let value = hclValueSchema.safeParse(parsed).data;
  for (const step of [block.type, ...block.labels]) value = fieldsOf(value)?.get(step);
  return Array.isArray(value) && value.length === 1 ? fieldsOf(value[0]) : undefined;
}

function fieldsOf(value: HclValue | undefined): HclBody | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value));
}
