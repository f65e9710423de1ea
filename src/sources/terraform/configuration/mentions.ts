import type { Argument } from './blocks.ts';
import { parseExpression } from './language/parse.ts';
import { boundNames, calls, type Reference, references } from './language/references.ts';
import type { Expression } from './language/syntax.ts';
import type { Module } from './module.ts';
import { FILE_FUNCTIONS } from './read-paths.ts';
import { identifiersIn } from './scan.ts';

/** What an expression names and which files it reads, as far as its text says. */
interface Mentions {
  /** The text without comments, and without how it is laid out. */
  readonly plain: string;
  readonly references: readonly Reference[];
  /** Calls of functions that read files. */
  readonly files: readonly FileCall[];
  /** Whatever may be a name in a text that cannot be parsed, where nothing else is known of it; empty otherwise. */
  readonly words: ReadonlySet<string>;
}

/** A function that reads files, by its name without a namespace, and the texts of its arguments. */
export interface FileCall {
  readonly name: string;
  /** undefined where they mean nothing by themselves. */
  readonly arguments: readonly string[] | undefined;
}

const mentioned = new WeakMap<Module, Map<string, Mentions>>();

/** What a text in a module mentions. Each is parsed once, whoever follows it. */
export function mentionsOf(module: Module, text: string): Mentions {
  const known = mentioned.get(module) ?? new Map<string, Mentions>();
  mentioned.set(module, known);
  const mentions = known.get(text) ?? mentionsIn(text);
  known.set(text, mentions);
  return mentions;
}

/** Names that its own `for` expressions make are none. */
function mentionsIn(text: string): Mentions {
  const plain = normalized(text);
  const parsed = parseExpression(text);
  if (!parsed.ok) {
    const words = new Set(identifiersIn(text));
    const files = [...words].some(isReading) ? [{ name: 'file', arguments: undefined }] : [];
    return { plain, references: [], files, words };
  }
  return { plain, references: references(parsed.value), files: filesIn(parsed.value), words: new Set() };
}

/** The calls in an expression, or in a template, of functions that read files. */
export function filesIn(expression: Expression): readonly FileCall[] {
  const isHidden = [...boundNames(expression)].some((name) => EVALUATED.has(name));
  return calls(expression).flatMap(({ name: called, arguments: given }) => {
    const name = called.replace(/^core::/, '');
    if (!isReading(name)) return [];
    const texts = given.map(({ start, end }) => expression.text.slice(start, end));
    return [{ name, arguments: isHidden || name === RENDERING ? undefined : texts }];
  });
}

/** It renders a template that is a value, in which any function may be called (Terraform language, "templatestring"). */
const RENDERING = 'templatestring';

const isReading = (name: string): boolean => FILE_FUNCTIONS.has(name) || name === RENDERING;

/** What a path may be made of: a `for` that calls its own variable so means another thing. */
const EVALUATED: ReadonlySet<string> = new Set(['var', 'local', 'module', 'path', 'terraform', 'each', 'count']);

/**
 * The text without comments, and without how it is laid out. Where it holds templates, which may hold either, it stays
 * as it is.
 */
const normalized = (text: string): string =>
  /[$%]\{|<</.test(text)
    ? text
    : text
        .replace(
          /("(?:\\.|[^"\\])*")|(?:#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|\s)+/g,
          (_, quoted?: string) => quoted ?? ' ',
        )
        .trim();

/**
 * The attribute that is referred to, after the index where there are several instances. An index of what is one alone may
 * name an attribute as well, and a name after several an instance: undefined.
 */
export function attributeIn(steps: Reference['steps'], given: ReadonlyMap<string, Argument>): string | undefined {
  const isRepeated = [...REPEATED].some((name) => given.has(name));
  if (isRepeated && typeof steps[0] === 'string') return undefined;
  return steps[isRepeated ? 1 : 0] ?? undefined;
}

/** The arguments by which a block has several instances. */
export const REPEATED: ReadonlySet<string> = new Set(['count', 'for_each']);
