import type { AttributeName } from '../model/attributes.ts';
import type { Estate } from '../model/inventory.ts';
import type { Difference, KeyRecord } from '../model/key-record.ts';
import type { Finding } from '../model/report.ts';
import type { Severity } from '../model/rule.ts';
import type { Instant } from '../model/time.ts';
import { EvaluationFault, type Scope } from './cel.ts';
import { type CompiledRule, type Condition, ruleError } from './compile.ts';
import { differenceView } from './difference-view.ts';
import { evidenceOf } from './evidence.ts';
import { fingerprint } from './fingerprint.ts';
import { keyView } from './key-view.ts';
import { locationOf } from './location.ts';
import { render, type Template } from './template.ts';
import { type AskedComparisons, undecidedOf } from './undecided.ts';
import { UnknownValue } from './unknown.ts';

/** What judging depends on beside the key records. */
export interface JudgingContext {
  /** Ages and deadlines are reckoned from here. */
  readonly asOf: Instant;
  readonly estate: Estate;
}

/** A key record with what its rules' expressions see. */
export interface Subject {
  readonly record: KeyRecord;
  readonly scope: Scope;
}

/** A key, and each of its differences as the rules about differences see it: made once for all of them. */
export interface KeySubject extends Subject {
  readonly differences: readonly (Subject & { readonly difference: Difference })[];
}

/** What rules see of one key. */
export function subjectOf(record: KeyRecord, context: JudgingContext): KeySubject {
  const subject: Subject = { record, scope: { key: keyView.of({ record, asOf: context.asOf }), ...context } };
  const differences = record.differences.map((difference) => ({
    ...withDifference(subject, differenceView.of(difference)),
    difference,
  }));
  return { ...subject, differences };
}

/** What a rule says of one key: findings, possibly none, or why it cannot say. */
export type Verdict = { readonly findings: readonly Finding[] } | NotEvaluated;

interface NotEvaluated {
  readonly reason: string;
}

const NOTHING: Verdict = { findings: [] };

/** The verdict of a rule about keys. */
export function judgeKey(rule: CompiledRule, subject: Subject): Verdict {
  const held = holds(rule, rule.when, subject);
  if (typeof held === 'object') return held;
  return held ? { findings: [finding(rule, subject, undefined)] } : NOTHING;
}

/**
 * The verdict of a rule about differences: one finding for each attribute, whichever instance differs. Where nothing
 * differs but a comparison that the rule asks about could not be made, the rule cannot say.
 */
export function judgeDifferences(rule: CompiledRule, subject: KeySubject, asked: AskedComparisons): Verdict {
  // Most keys have no difference: nothing is set up for those.
  if (subject.differences.length === 0) return undecided(rule, subject, asked) ?? NOTHING;
  const findings = new Map<AttributeName, Finding>();
  let unknown: NotEvaluated | undefined;
  for (const about of subject.differences) {
    const { attribute } = about.difference;
    if (findings.has(attribute)) continue;
    const held = holds(rule, rule.when, about);
    if (typeof held === 'object') unknown ??= held;
    else if (held) findings.set(attribute, finding(rule, about, about.difference));
  }
  if (findings.size > 0) return { findings: [...findings.values()] };
  return unknown ?? undecided(rule, subject, asked) ?? NOTHING;
}

function undecided(rule: CompiledRule, subject: Subject, asked: AskedComparisons): NotEvaluated | undefined {
  for (const { pair, attribute, reason } of undecidedOf(subject.record, asked)) {
    const about = withDifference(subject, differenceView.unknownBut({ pair, attribute }, reason));
    const held = holds(rule, rule.when, about);
    if (typeof held === 'object') return held;
    if (held) return { reason };
  }
  return undefined;
}

const withDifference = ({ record, scope }: Subject, difference: object): Subject => ({
  record,
  scope: { ...scope, difference },
});

/** What the expressions of this rule see: its parameters beside the key. */
export const scopeOf = ({ parameters }: CompiledRule, scope: Scope): Scope =>
  parameters === undefined ? scope : { ...scope, parameters };

function holds(
  rule: CompiledRule,
  { field, expression }: Condition,
  { record, scope }: Subject,
): boolean | NotEvaluated {
  try {
    return expression.evaluate(scopeOf(rule, scope)) === true;
  } catch (error) {
    if (error instanceof UnknownValue) return { reason: error.reason };
    throw located(error, rule, field, record);
  }
}

function finding(rule: CompiledRule, subject: Subject, difference: Difference | undefined): Finding {
  const { record } = subject;
  const attribute = difference?.attribute;
  return {
    rule: rule.rule.id,
    severity: severityOf(rule, subject),
    status: 'open',
    key: record.id,
    arn: record.arn?.arn ?? null,
    ...(record.root === null ? {} : { root: record.root }),
    ...(attribute === undefined ? {} : { attribute }),
    message: filled(rule, 'message', rule.message, subject),
    fingerprint: fingerprint(rule.rule.id, record.id, attribute),
    location: locationOf(record, rule.rule.about, attribute),
    evidence: evidenceOf(record, attribute),
    remediation: filled(rule, 'remediation', rule.remediation, subject),
  };
}

/** A severity whose condition is Unknown does not hold: the finding keeps the severity of its rule. */
function severityOf(rule: CompiledRule, subject: Subject): Severity {
  const other = rule.severityWhen.find(({ when }) => holds(rule, when, subject) === true);
  return other?.severity ?? rule.rule.severity;
}

function filled(rule: CompiledRule, field: string, template: Template, { record, scope }: Subject): string {
  try {
    return render(template, scopeOf(rule, scope));
  } catch (error) {
    throw located(error, rule, field, record);
  }
}

/** A fault of the rule names its line and the key that showed it; anything else is a bug of ours. */
function located(error: unknown, { file, sources }: CompiledRule, field: string, { id }: KeyRecord): unknown {
  if (!(error instanceof EvaluationFault)) return error;
  const message = `${error.message}, for ${id}; ${error.advice}`;
  return ruleError(file, field, sources(field), { message, offset: error.offset });
}
