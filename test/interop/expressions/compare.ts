import { type Outcome, outcomeOf } from '../../../src/sources/terraform/configuration/language/evaluate.ts';
import { jsonOf } from '../../../src/sources/terraform/configuration/language/functions/json.ts';
import { parseExpression, parseTemplate } from '../../../src/sources/terraform/configuration/language/parse.ts';
import type { Expression, Parsed } from '../../../src/sources/terraform/configuration/language/syntax.ts';
import { isCertain, typeOf } from '../../../src/sources/terraform/configuration/language/type.ts';
import type { Type } from '../../../src/sources/terraform/configuration/language/value.ts';
import { object, unknownIn } from '../../../src/sources/terraform/configuration/language/values.ts';
import type { Answer } from './console.ts';
import { SCOPE } from './definitions.ts';

/** How an expression came out here beside what Terraform says; `wrong` names both. */
export type Verdict = 'same' | 'unknown' | 'refused' | 'not read' | { readonly wrong: string };

/** What is known here must be equal there; what is refused there must not be known here, nor the other way round. */
export const compare = (expression: string, answer: Answer): Verdict =>
  compareParsed(expression, parseExpression(expression), answer);

/** The same for a template without quotes. */
export const compareTemplate = (template: string, answer: Answer = { kind: 'invalid' }): Verdict =>
  compareParsed(template, parseTemplate(template), answer);

function compareParsed(expression: string, parsed: Parsed<Expression>, answer: Answer): Verdict {
  if (!parsed.ok) return 'not read';
  const outcome = outcomeOf(parsed.value, SCOPE);
  if (outcome.isRefused)
    return answer.kind === 'refused' || answer.kind === 'invalid'
      ? 'refused'
      : wrong(expression, answer, said(outcome));
  const isKnown = unknownIn(outcome.value) === undefined;
  if (!isKnown) return 'unknown';
  // A doubt is said: part of it is not evaluated here, and Terraform may refuse that part.
  if (answer.kind === 'refused' && outcome.doubt !== undefined) return 'unknown';
  return answer.kind === 'known' && isSame(outcome, answer) ? 'same' : wrong(expression, answer, said(outcome));
}

function isSame({ value }: Outcome, answer: Extract<Answer, { kind: 'known' }>): boolean {
  const whole = object([['v', value]]);
  const type = typeOf(whole);
  if (jsonOf(whole) !== answer.json) return false;
  if (value.kind === 'null' && !isCertain(type)) return true;
  return isCertain(type)
    ? plainly(typeText(type)) === plainly(answer.type)
    : answer.type.startsWith(`object({v:${value.kind}`);
}

const wrong = (expression: string, answer: Answer, here: string): Verdict => ({
  wrong: `${expression}\n  here:  ${here}\n  there: ${JSON.stringify(answer)}`,
});

const said = ({ value, isRefused, doubt }: Outcome): string =>
  isRefused ? JSON.stringify(value) : `${jsonOf(value)} ${typeText(typeOf(value))} ${doubt ?? ''}`;

/** Without blanks and commas: the console writes some before closing brackets, and names without quotes. */
const plainly = (type: string): string => type.replaceAll(/[\s,]/g, '');

/** A type as the console's `type` writes it, without blanks. */
function typeText(type: Type): string {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
      return `${type.kind}(${typeText(type.of)})`;
    case 'tuple':
      return `tuple([${type.elements.map(typeText).join(',')}])`;
    case 'object':
      return `object({${[...type.attributes].map(([name, inner]) => `${name}:${typeText(inner)}`).join(',')}})`;
    default:
      return type.kind;
  }
}
