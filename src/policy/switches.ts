import { UserError } from '../errors.ts';
import type { Diagnostic } from '../model/coverage.ts';
import { didYouMean } from '../model/nearest.ts';
import { type RuleSwitches, type Severity, severityRank, type ToldRule } from '../model/rule.ts';
import type { CompiledRule } from './compile.ts';
import { valueProblem } from './parameters.ts';

/** A rule as settings have it. */
export interface SwitchedRule extends Omit<ToldRule, 'rule' | 'origin'> {
  readonly rule: CompiledRule;
}

/** All rules that there are as settings have them, and what of that a report is to say. */
export interface RuleSet {
  /** Sorted by id, also those that do not judge. */
  readonly rules: readonly SwitchedRule[];
  readonly judging: readonly CompiledRule[];
  /** Ids of all of them. */
  readonly known: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Rules with what settings make of them. Another severity takes the place of the rule's own, and of what its
 * `severityWhen` would give. Throws UserError with path, line and column for a rule or a parameter that there is not.
 */
export function switchRules(rules: readonly CompiledRule[], switches: RuleSwitches): RuleSet {
  checkSwitches(rules, switches);
  const switched = rules.map((rule) => switchedRule(rule, switches));
  return {
    rules: switched,
    known: rules.map(({ rule }) => rule.id),
    judging: switched.flatMap(({ rule, off }) => (off === undefined ? [rule] : [])),
    diagnostics: [...offNotes(switched, switches), ...loweredNotes(switched, switches)],
  };
}

function switchedRule(compiled: CompiledRule, switches: RuleSwitches): SwitchedRule {
  const { id, severity: own, severityWhen = [], enabled = true } = compiled.rule;
  const severity = Object.hasOwn(switches.severity, id) ? switches.severity[id] : undefined;
  const values = (Object.hasOwn(switches.parameters, id) ? switches.parameters[id] : undefined) ?? {};
  const told = compiled.withParameters(values);
  const isOther = severity !== undefined && (severity !== own || severityWhen.length > 0);
  return {
    rule: severity === undefined ? told : withSeverity(told, severity),
    off: switches.off.includes(id)
      ? 'switched-off'
      : enabled || switches.on.includes(id)
        ? undefined
        : 'not-switched-on',
    ownSeverity: isOther ? own : undefined,
    values,
  };
}

function withSeverity(compiled: CompiledRule, severity: Severity): CompiledRule {
  const { severityWhen: _, ...rule } = compiled.rule;
  return { ...compiled, rule: { ...rule, severity }, severityWhen: [] };
}

function checkSwitches(rules: readonly CompiledRule[], { severity, on, off, parameters, at }: RuleSwitches): void {
  const byId = new Map(rules.map((rule) => [rule.rule.id, rule]));
  const known = (id: string, path: readonly (string | number)[]): CompiledRule => {
    const rule = byId.get(id);
    if (rule !== undefined) return rule;
    throw new UserError(`${at(path)}: no rule is named ${id}${didYouMean(id, byId.keys())}: see keydrift rules list`);
  };
  for (const id of Object.keys(severity)) known(id, ['severity', id]);
  on.forEach((id, index) => {
    known(id, ['on', index]);
    if (off.includes(id))
      throw new UserError(`${at(['on', index])}: ${id} is switched on and off: take one of them out`);
  });
  off.forEach((id, index) => {
    known(id, ['off', index]);
  });
  for (const [id, values] of Object.entries(parameters)) {
    const { rule } = known(id, ['parameters', id]);
    for (const [name, value] of Object.entries(values)) {
      const problem = valueProblem(rule, name, value);
      if (problem !== undefined) throw new UserError(`${at(['parameters', id, name])}: ${problem}`);
    }
  }
}

/** Severities that fail a gate nobody configured: without these a clean report says much less. */
const isGrave = (severity: Severity): boolean => severityRank(severity) <= severityRank('high');

/** What findings of a rule are at worst, by the rule itself. */
const gravest = ({ severity, severityWhen = [] }: CompiledRule['rule']): Severity =>
  severityWhen.reduce((worst, other) => (isGraver(other.severity, worst) ? other.severity : worst), severity);

const isGraver = (one: Severity, other: Severity): boolean => severityRank(one) < severityRank(other);

const note = (level: Diagnostic['level'], message: string): Diagnostic => ({ level, source: 'rules', message });

/** Whoever reads a clean report is to know which rules had no say in it. */
function offNotes(rules: readonly SwitchedRule[], { at }: RuleSwitches): Diagnostic[] {
  const off = rules.filter((one) => one.off === 'switched-off').map(({ rule }) => rule.file.rule);
  const [grave, slight] = [off.filter((rule) => isGrave(gravest(rule))), off.filter((rule) => !isGrave(gravest(rule)))];
  return [
    ...said(grave, (names) => note('warning', `${at(['off'])} switches off ${names}`)),
    ...said(slight, (names) => note('info', `${at(['off'])} switches off ${names}`)),
  ];
}

const said = (rules: readonly CompiledRule['rule'][], tell: (names: string) => Diagnostic): Diagnostic[] =>
  rules.length === 0 ? [] : [tell(rules.map((rule) => `${rule.id} (${severityOf(rule)})`).join(', '))];

/** `medium to critical` where another may be given. */
function severityOf(rule: CompiledRule['rule']): string {
  const worst = gravest(rule);
  return worst === rule.severity ? worst : `${rule.severity} to ${worst}`;
}

/** What a gate would have counted that these rules let through: a warning where one that nobody configured would. */
function loweredNotes(rules: readonly SwitchedRule[], { at }: RuleSwitches): Diagnostic[] {
  return rules.flatMap(({ rule: { rule, file }, off, ownSeverity }) => {
    const worst = gravest(file.rule);
    if (off !== undefined || ownSeverity === undefined || !isGraver(worst, rule.severity)) return [];
    const message = `${at(['severity', rule.id])} makes findings of ${rule.id} ${rule.severity}, which are ${severityOf(file.rule)} by the rule`;
    return [note(isGrave(worst) ? 'warning' : 'info', message)];
  });
}
