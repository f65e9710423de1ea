import { UserError } from '../errors.ts';
import { ESTATES } from '../model/inventory.ts';
import { by } from '../model/order.ts';
import type { Need, Rule, RuleFile, Severity } from '../model/rule.ts';
import { type CelParser, isProblem, type Parsed, type Problem, type Variables } from './cel.ts';
import { boundedParser } from './cel-cost.ts';
import { differenceView } from './difference-view.ts';
import { fieldsOf, inspect } from './inspect.ts';
import { keyView } from './key-view.ts';
import { defaultsOf, type ParameterValues, parametersView } from './parameters.ts';
import { holesOf, parseTemplate, type Template } from './template.ts';
import { oneOf, type Shape, text, viewOf } from './view.ts';

/** An expression of a rule file, and the field that it stands in. */
export interface Condition {
  readonly field: string;
  readonly expression: Parsed;
}

/** A rule that was checked and can be evaluated; made by `compileRules` only. */
export interface CompiledRule {
  readonly file: RuleFile;
  readonly rule: Rule;
  readonly when: Condition;
  readonly severityWhen: readonly { readonly when: Condition; readonly severity: Severity }[];
  readonly message: Template;
  readonly remediation: Template;
  /** Its `parameters` with their values; undefined of a rule that has none. */
  readonly parameters: object | undefined;
  /** Those values; empty of a rule that has no parameters. */
  readonly values: ParameterValues;
  /** The same with these values in place of those that they have. */
  readonly withParameters: (values: ParameterValues) => CompiledRule;
  /** The text of a field that holds expressions. */
  readonly sources: (field: string) => string;
}

/** What the expressions of a rule about keys may name. */
const KEY_VARIABLES: Variables = { key: viewOf(keyView), estate: oneOf(ESTATES), asOf: text };
/** The same for a rule about differences. */
export const DIFFERENCE_VARIABLES: Variables = { ...KEY_VARIABLES, difference: viewOf(differenceView) };

interface Language {
  readonly variables: Variables;
  readonly parse: CelParser;
}

/** What a hole may hold. */
const PRINTABLE = new Set(['string', 'int', 'bool', 'double', 'uint']);

/**
 * Checks rules and makes them ready to judge. Throws UserError with path, line and the nearest name for a rule that
 * could never be evaluated as meant, and for an id used twice. Sorted by id.
 */
export function compileRules(files: readonly RuleFile[]): readonly CompiledRule[] {
  assertNoTwins(files);
  const languages = bySubject();
  return files.map((file) => compileRule(file, languages[file.rule.subject])).sort(by(({ rule }) => rule.id));
}

/** Every part of a rule that could never be evaluated as meant, with its place: one problem for each part. */
export function faultsIn(file: RuleFile): readonly UserError[] {
  const { rule } = file;
  const language = languageOf(parametersView(rule), bySubject()[rule.subject]);
  const parts: readonly (() => unknown)[] = [
    () => condition(file, 'when', rule.when, language),
    ...(rule.severityWhen ?? []).map(
      ({ when }, index) =>
        () =>
          condition(file, `severityWhen.${index}.when`, when, language),
    ),
    () => messageOf(file, language),
    () => template(file, 'remediation', rule.remediation.trim(), language),
  ];
  return parts.flatMap(faultOf);
}

function faultOf(part: () => unknown): readonly UserError[] {
  try {
    part();
    return [];
  } catch (error) {
    if (error instanceof UserError) return [error];
    throw error;
  }
}

const bySubject = (): Readonly<Record<Rule['subject'], Language>> => ({
  key: { variables: KEY_VARIABLES, parse: boundedParser(KEY_VARIABLES) },
  difference: { variables: DIFFERENCE_VARIABLES, parse: boundedParser(DIFFERENCE_VARIABLES) },
});

/** What the sources must look up for these rules: `live.tags` is not fetched unless a rule lists it. */
export const neededFacets = (rules: readonly CompiledRule[]): ReadonlySet<Need> =>
  new Set(rules.flatMap(({ rule }) => rule.needs));

/** The error for something in a field of a rule file. `offset` counts from the start of the field's text. */
export function ruleError(file: RuleFile, field: string, source: string, { message, offset }: Problem): UserError {
  const line = file.lineOf(field) + (source.slice(0, offset).match(/\n/g)?.length ?? 0);
  return new UserError(`${file.path}:${line}: ${field}: ${message}`);
}

/** Throws UserError with both places for an id that two rules have. */
export function assertNoTwins(files: readonly RuleFile[]): void {
  const seen = new Map<string, RuleFile>();
  for (const file of files) {
    const twin = seen.get(file.rule.id);
    if (twin !== undefined) {
      const where = `${file.path}:${file.lineOf('id')}`;
      throw new UserError(
        `${where}: id: "${file.rule.id}" is already the id of ${twin.path}:${twin.lineOf('id')}; rename one of them`,
      );
    }
    seen.set(file.rule.id, file);
  }
}

function compileRule(file: RuleFile, shared: Language): CompiledRule {
  const { rule } = file;
  const parameters = parametersView(rule);
  const language = languageOf(parameters, shared);
  const compiled: Omit<CompiledRule, 'parameters' | 'values' | 'withParameters'> = {
    file,
    rule,
    when: condition(file, 'when', rule.when, language),
    severityWhen: (rule.severityWhen ?? []).map(({ when, severity }, index) => ({
      when: condition(file, `severityWhen.${index}.when`, when, language),
      severity,
    })),
    message: messageOf(file, language),
    remediation: template(file, 'remediation', rule.remediation.trim(), language),
    sources: (field) => sourceOf(rule, field),
  };
  const bound = (values: ParameterValues): CompiledRule => ({
    ...compiled,
    parameters: parameters?.of(values),
    values,
    withParameters: (others) => bound({ ...values, ...others }),
  });
  return bound(defaultsOf(rule));
}

/** What the expressions of one rule may name: its parameters, by the view that they are read through later. */
const languageOf = (parameters: ReturnType<typeof parametersView>, shared: Language): Language =>
  parameters === undefined ? shared : withName(shared, 'parameters', viewOf(parameters));

function messageOf(file: RuleFile, language: Language): Template {
  const { message } = file.rule;
  if (/\n./.test(message.trim())) {
    throw ruleError(file, 'message', message, { message: 'must be one line (use >- to fold it)', offset: 0 });
  }
  return template(file, 'message', message.trim(), language);
}

function withName({ variables }: Language, name: string, shape: Shape): Language {
  const all = { ...variables, [name]: shape };
  return { variables: all, parse: boundedParser(all) };
}

/** Every expression of a rule. */
const expressionsOf = ({ when, severityWhen, message, remediation }: CompiledRule): readonly Parsed[] =>
  [when, ...severityWhen.map((other) => other.when), ...holesOf(message), ...holesOf(remediation)].map(
    ({ expression }) => expression,
  );

/** What the expressions of a rule read: of what `needs` can list, and of its parameters. */
export function readBy(compiled: CompiledRule): {
  readonly needs: ReadonlySet<Need>;
  readonly parameters: ReadonlySet<string>;
} {
  const expressions = expressionsOf(compiled);
  const view = parametersView(compiled.rule);
  const parameters = view === undefined ? {} : { parameters: viewOf(view) };
  const inspections = expressions.map(({ root }) => inspect(root, { ...DIFFERENCE_VARIABLES, ...parameters }));
  return {
    needs: new Set(inspections.flatMap(({ needs, uses }) => [...needs.map(({ need }) => need), ...uses])),
    parameters: new Set(expressions.flatMap(({ root }) => [...fieldsOf(root, 'parameters')])),
  };
}

/** The text that offsets into a field count in. */
function sourceOf(rule: Rule, field: string): string {
  if (field === 'message' || field === 'remediation') return rule[field].trim();
  return field === 'when' ? rule.when : (rule.severityWhen?.[Number(field.split('.')[1])]?.when ?? '');
}

function condition(file: RuleFile, field: string, source: string, language: Language): Condition {
  const expression = language.parse(source);
  if (isProblem(expression)) throw ruleError(file, field, source, expression);
  const type = checkedType(file, field, source, { expression, offset: 0 }, language);
  if (type === 'bool') return { field, expression };
  throw ruleError(file, field, source, { message: `must be true or false, but is ${type}`, offset: 0 });
}

function template(file: RuleFile, field: string, source: string, language: Language): Template {
  const parsed = parseTemplate(source, language.parse);
  if (isProblem(parsed)) throw ruleError(file, field, source, parsed);
  for (const hole of holesOf(parsed)) {
    const type = checkedType(file, field, source, hole, language);
    if (PRINTABLE.has(type)) continue;
    throw ruleError(file, field, source, {
      message: `a hole must be text, a number or a bool, but is ${type}`,
      offset: hole.offset,
    });
  }
  return parsed;
}

/** The type of an expression that reads only what there is and what its rule says it needs. */
function checkedType(
  file: RuleFile,
  field: string,
  source: string,
  { expression, offset }: { readonly expression: Parsed; readonly offset: number },
  { variables }: Language,
): string {
  const { problems, needs } = inspect(expression.root, variables);
  const missing = needs.find(({ need }) => !covers(file.rule.needs, need));
  const [problem] = [...problems, ...(missing === undefined ? [] : [missingNeed(missing)])];
  const type = problem ?? expression.type();
  if (isProblem(type)) throw ruleError(file, field, source, { message: type.message, offset: offset + type.offset });
  return type.name;
}

/** `live.tags` is looked up through what `live` looks up. */
const covers = (needs: readonly Need[], need: Need): boolean =>
  needs.includes(need) || (need === 'live' && needs.some((listed) => listed.startsWith('live.')));

const missingNeed = (use: { readonly need: Need; readonly because: string; readonly offset: number }): Problem => ({
  message: `${use.because} needs "${use.need}": add it to needs`,
  offset: use.offset,
});
