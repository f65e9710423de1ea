import type { AttributeName } from '../model/attributes.ts';
import { COMPARED } from '../model/comparisons.ts';
import { type KeyRecord, NEVER_JUDGED, WITNESS_PAIRS, type WitnessPair } from '../model/key-record.ts';
import { isExpected } from '../model/not-asked.ts';
import { by, inTurn } from '../model/order.ts';
import type { Finding, RuleResult } from '../model/report.ts';
import { severityRank } from '../model/rule.ts';
import { type FindingMarking, NOTHING_MARKED } from './acceptance/marking.ts';
import { EvaluationFault } from './cel.ts';
import type { CompiledRule } from './compile.ts';
import { differenceView } from './difference-view.ts';
import { keyView } from './key-view.ts';
import type { AskedComparisons } from './undecided.ts';
import { UnknownValue } from './unknown.ts';
import {
  type JudgingContext,
  judgeDifferences,
  judgeKey,
  type KeySubject,
  type Subject,
  scopeOf,
  subjectOf,
  type Verdict,
} from './verdict.ts';

/** What all rules say of all keys. */
export interface Judgement {
  /** Worst first, then by rule, key and attribute. */
  readonly findings: readonly Finding[];
  /** By id. */
  readonly rules: readonly RuleResult[];
  /** Keys that at least one rule could not judge, for another reason than one that is expected. */
  readonly notJudged: number;
}

/** Reasons named in the report for each rule; the rest are counted together. */
const REASONS_NAMED = 10;

/**
 * Judges every key by every rule, and marks each finding while its record is at hand. Pure: the same records, rules and
 * context give the same findings. Throws UserError where a rule cannot be evaluated for another cause than something
 * Unknown.
 */
export function judge(
  rules: readonly CompiledRule[],
  keys: Iterable<KeyRecord>,
  context: JudgingContext,
  marking: FindingMarking = NOTHING_MARKED,
): Judgement {
  const judgings = rules.map((rule) => judgingBy(rule, context));
  const findings: Finding[] = [];
  let judged = 0;
  let notJudged = 0;
  for (const record of keys) {
    const keyMarking = marking.ofKey(record);
    if (NEVER_JUDGED.has(record.standing)) {
      keyMarking.close();
      continue;
    }
    judged++;
    const subject = subjectOf(record, context);
    let undetermined = false;
    for (const { rule, judgeOne, reasons } of judgings) {
      const verdict = judgeOne(subject);
      if ('reason' in verdict) {
        keyMarking.unjudged(rule.rule.id, verdict.reason);
        reasons.set(verdict.reason, (reasons.get(verdict.reason) ?? 0) + 1);
        undetermined ||= !isExpected(verdict.reason);
      } else for (const finding of verdict.findings) findings.push(keyMarking.marked(finding));
    }
    keyMarking.close();
    if (undetermined) notJudged++;
  }
  return {
    findings: findings.sort(worstFirst),
    rules: judgings.map(({ rule, reasons }) => resultOf(rule, reasons, judged)).sort(by(({ id }) => id)),
    notJudged,
  };
}

/** The order of findings. A finding is one of its rule, key and attribute; the rest settles what others hand in. */
export const worstFirst = inTurn<Finding>(
  (a, b) => severityRank(a.severity) - severityRank(b.severity),
  by(({ rule }) => rule),
  by(({ key }) => key),
  by(({ attribute }) => attribute ?? ''),
  by(({ fingerprint }) => fingerprint),
  by((finding) => JSON.stringify(finding)),
);

/** A rule at work: how it judges one subject, and for how many keys it could not, by reason. */
interface RuleJudging {
  readonly rule: CompiledRule;
  readonly judgeOne: (subject: KeySubject) => Verdict;
  readonly reasons: Map<string, number>;
}

function judgingBy(rule: CompiledRule, context: JudgingContext): RuleJudging {
  const reasons = new Map<string, number>();
  if (rule.rule.subject === 'key') return { rule, reasons, judgeOne: (subject) => judgeKey(rule, subject) };
  const asked = askedBy(rule, context);
  return { rule, reasons, judgeOne: (subject) => judgeDifferences(rule, subject, asked) };
}

/**
 * Which comparisons a rule asks about: those for which it is not false when all else is Unknown. Sound, because `&&`
 * and `||` absorb what is Unknown; it spares evaluating every rule for every difference.
 */
function askedBy(rule: CompiledRule, context: JudgingContext): AskedComparisons {
  const key = keyView.unknownBut({}, 'not looked at');
  const asks = (pair: WitnessPair, attribute: AttributeName): boolean => {
    const difference = differenceView.unknownBut({ pair, attribute }, 'not looked at');
    return mayHold(rule, { key, difference, ...context });
  };
  return WITNESS_PAIRS.map((pair) => ({ pair, attributes: COMPARED[pair].filter((name) => asks(pair, name)) })).filter(
    ({ attributes }) => attributes.length > 0,
  );
}

function mayHold(rule: CompiledRule, scope: Subject['scope']): boolean {
  try {
    return rule.when.expression.evaluate(scopeOf(rule, scope)) !== false;
  } catch (error) {
    if (error instanceof UnknownValue || error instanceof EvaluationFault) return true;
    throw error;
  }
}

function resultOf({ rule }: CompiledRule, reasons: ReadonlyMap<string, number>, judged: number): RuleResult {
  const { id, title, severity, about } = rule;
  const notEvaluated = [...reasons.values()].reduce((sum, keys) => sum + keys, 0);
  return {
    id,
    title,
    severity,
    about,
    help: [rule.why.trim(), ...rule.references.map((url) => `See ${url}`)].join('\n'),
    evaluated: judged - notEvaluated,
    notEvaluated,
    reasons: namedReasons(reasons),
  };
}

/** The order of a rule's reasons. */
export const mostFrequentFirst = inTurn<RuleResult['reasons'][number]>(
  (a, b) => b.keys - a.keys,
  by(({ reason }) => reason),
);

/** The most frequent reasons; the rest as one, so that a reason for each key cannot fill the report. */
function namedReasons(reasons: ReadonlyMap<string, number>): RuleResult['reasons'] {
  const sorted = [...reasons].map(([reason, keys]) => ({ reason, keys })).sort(mostFrequentFirst);
  const rest = sorted.slice(REASONS_NAMED);
  if (rest.length < 2) return sorted;
  const keys = rest.reduce((sum, entry) => sum + entry.keys, 0);
  return [...sorted.slice(0, REASONS_NAMED), { reason: `${rest.length} other reasons`, keys }];
}
