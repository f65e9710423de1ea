import { indexed } from '../state/address.ts';
import type { Value } from './language/value.ts';
import { identifierEnd, skipBlank, skipBrackets } from './scan.ts';

/** An address as `import`, `moved` and `removed` blocks write it. */
export interface Address {
  readonly steps: readonly Step[];
  /** null when it names a module, or an object that is no managed resource. */
  readonly resourceType: string | null;
  /** It ends in a module: everything within is meant. */
  readonly isModule: boolean;
}

/** A name of an address, and the text between the brackets behind it; undefined without any. */
export interface Step {
  readonly name: string;
  readonly index: string | undefined;
}

/** `module.a["x"].aws_kms_key.this[0]`: a reference, not a string. undefined when the text is none. */
export function parseAddress(text: string): Address | undefined {
  const steps = parseSteps(text);
  if (steps === undefined) return undefined;
  const rest = withoutModules(steps.map(({ name }) => name));
  if (rest.length === 0) return { steps, resourceType: null, isModule: true };
  const [resourceType, name, ...more] = rest;
  if (resourceType === undefined || name === undefined) return undefined;
  return { steps, resourceType: more.length === 0 ? resourceType : null, isModule: false };
}

/** The address as Terraform prints it; `[*]` for an index that `evaluate` does not know. */
export const printAddress = (steps: readonly Step[], evaluate: (index: string) => Value): string =>
  steps.map(({ name, index }) => name + (index === undefined ? '' : printIndex(evaluate(index)))).join('.');

function printIndex(value: Value): string {
  if (value.kind === 'string') return indexed('', value.value);
  return value.kind === 'number' && Number.isSafeInteger(value.value) ? indexed('', value.value) : '[*]';
}

function withoutModules(names: readonly string[]): readonly string[] {
  let rest = names;
  while (rest[0] === 'module' && rest.length > 1) rest = rest.slice(2);
  return rest;
}

/** Names and indices of a reference; undefined when the text is anything else. */
export function parseSteps(text: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  for (let at = skipBlank(text, 0); ; ) {
    const end = identifierEnd(text, at);
    if (end === undefined) return undefined;
    const indexEnd = text[end] === '[' ? skipBrackets(text, end) : end;
    steps.push({ name: text.slice(at, end), index: end === indexEnd ? undefined : text.slice(end + 1, indexEnd - 1) });
    at = skipBlank(text, indexEnd);
    if (at === text.length) return steps;
    if (text[at] !== '.') return undefined;
    at = skipBlank(text, at + 1);
  }
}
