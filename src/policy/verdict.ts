import type { AttributeName } from '../model/attributes.ts';
import type { Estate } from '../model/inventory.ts';
import type { Difference, KeyRecord, WitnessPair } from '../model/key-record.ts';
import type { Finding } from '../model/report.ts';
import type { Severity } from '../model/rule.ts';
import type { Instant } from '../model/time.ts';
import { EvaluationFault, type Scope } from './cel.ts';
import { type CompiledRule, type Condition, ruleError } from './compile.ts';
import { evidenceOf } from './evidence.ts';
import { fingerprint } from './fingerprint.ts';
import { differenceView } from './key-view.ts';
import { locationOf } from './location.ts';
import { render, type Template } from './template.ts';
import { undecidedOf } from './undecided.ts';
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

/** Does a rule ask about this comparison at all? */
export type Asks = (pair: WitnessPair, attribute: AttributeName) => boolean;

/** What a rule says of one key: findings, possibly none, or why it cannot say. */
export type Verdict = readonly Finding[] | UnknownValue;

const NOTHING: readonly Finding[] = [];

/** The verdict of a rule about keys. */
export function judgeKey(rule: CompiledRule, subject: Subject): Verdict {
  const held = holds(rule, rule.when, subject);
  if (held instanceof UnknownValue) return held;
  return held ? [finding(rule, subject, undefined)] : NOTHING;
}

/**
 * The verdict of a rule about differences: one finding for each attribute, whichever instance differs. Where nothing
 * differs but a comparison that the rule asks about could not be made, the rule cannot say.
 */
export function judgeDifferences(rule: CompiledRule, subject: Subject, asks: Asks): Verdict {
  const findings = new Map<AttributeName, Finding>();
  let unknown: UnknownValue | undefined;
  for (const difference of subject.record.differences) {
    const { attribute, pair } = difference;
    if (!asks(pair, attribute) || findings.has(attribute)) continue;
    const about = withDifference(subject, differenceView.of(difference));
    const held = holds(rule, rule.when, about);
    if (held instanceof UnknownValue) unknown ??= held;
    else if (held) findings.set(attribute, finding(rule, about, difference));
  }
  if (findings.size > 0) return [...findings.values()];
  return unknown ?? undecided(rule, subject, asks) ?? NOTHING;
}

function undecided(rule: CompiledRule, subject: Subject, asks: Asks): UnknownValue | undefined {
  for (const { pair, attribute, reason } of undecidedOf(subject.record, asks)) {
    const about = withDifference(subject, differenceView.unknownBut({ pair, attribute }, reason));
    const held = holds(rule, rule.when, about);
    if (held instanceof UnknownValue) return held;
    if (held) return new UnknownValue(reason);
  }
  return undefined;
}

const withDifference = ({ record, scope }: Subject, difference: object): Subject => ({
  record,
  scope: { ...scope, difference },
});

function holds(
  rule: CompiledRule,
  { field, expression }: Condition,
  { record, scope }: Subject,
): boolean | UnknownValue {
  try {
    return expression.evaluate(scope) === true;
  } catch (error) {
    if (error instanceof UnknownValue) return error;
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
    ...(attribute === undefined ? {} : { attribute }),
    message: filled(rule, 'message', rule.message, subject),
    fingerprint: fingerprint(rule.rule.id, record.id, attribute),
    location: locationOf(record),
    evidence: evidenceOf(record, attribute),
    remediation: filled(rule, 'remediation', rule.remediation, subject),
  };
}

/** An escalation that is Unknown does not hold: the finding stands with the severity it has without it. */
function severityOf(rule: CompiledRule, subject: Subject): Severity {
  const escalation = rule.escalate.find(({ when }) => holds(rule, when, subject) === true);
  return escalation?.severity ?? rule.rule.severity;
}

function filled(rule: CompiledRule, field: string, template: Template, { record, scope }: Subject): string {
  try {
    return render(template, scope);
  } catch (error) {
    throw located(error, rule, field, record);
  }
}

/** A fault of the rule names its line and the key that showed it; anything else is a bug of ours. */
function located(error: unknown, { file, sources }: CompiledRule, field: string, { id }: KeyRecord): unknown {
  if (!(error instanceof EvaluationFault)) return error;
  const message = `${error.message}, for ${id}; guard what may be left out with has()`;
  return ruleError(file, field, sources(field), { message, offset: error.offset });
}
