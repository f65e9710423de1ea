import { expressionText, isOneString } from './expression.ts';
import { identifierEnd, skipBlank, skipBrackets } from './scan.ts';

/** An address as `import`, `moved` and `removed` blocks write it. */
export interface Address {
  /** As Terraform prints it, without spaces or comments; an index that is an expression stays as written. */
  readonly text: string;
  /** null when it names a module, or an object that is no managed resource. */
  readonly resourceType: string | null;
  /** It ends in a module: everything within is meant. */
  readonly isModule: boolean;
}

interface Step {
  readonly name: string;
  readonly index: string;
}

/** `module.a["x"].aws_kms_key.this[0]`: a reference, not a string. undefined when the text is none. */
export function parseAddress(text: string): Address | undefined {
  const steps = stepsOf(text);
  if (steps === undefined) return undefined;
  const spelt = steps.map(({ name, index }) => name + index).join('.');
  const rest = withoutModules(steps.map(({ name }) => name));
  if (rest.length === 0) return { text: spelt, resourceType: null, isModule: true };
  const [resourceType, name, ...more] = rest;
  if (resourceType === undefined || name === undefined) return undefined;
  return { text: spelt, resourceType: more.length === 0 ? resourceType : null, isModule: false };
}

function withoutModules(names: readonly string[]): readonly string[] {
  let rest = names;
  while (rest[0] === 'module' && rest.length > 1) rest = rest.slice(2);
  return rest;
}

function stepsOf(text: string): Step[] | undefined {
  const steps: Step[] = [];
  for (let at = skipBlank(text, 0); ; ) {
    const end = identifierEnd(text, at);
    if (end === undefined) return undefined;
    const indexEnd = text[end] === '[' ? skipBrackets(text, end) : end;
    steps.push({ name: text.slice(at, end), index: indexText(text.slice(end, indexEnd)) });
    at = skipBlank(text, indexEnd);
    if (at === text.length) return steps;
    if (text[at] !== '.') return undefined;
    at = skipBlank(text, at + 1);
  }
}

function indexText(brackets: string): string {
  if (brackets === '') return '';
  const index = brackets.slice(1, -1).trim();
  return `[${isOneString(index) ? index : expressionText(index)}]`;
}
