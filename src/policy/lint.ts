import type { Need, Rule, RuleFile } from '../model/rule.ts';
import { type CompiledRule, compileRules, readBy } from './compile.ts';

/** Something that a rule would be better without. */
export interface Remark {
  /** `path:line:column`. */
  readonly place: string;
  readonly level: 'error' | 'warning';
  /** `field: what`, one line. */
  readonly message: string;
}

/**
 * What is wrong with a rule that can be loaded: an `error` where nothing shows that it works, a `warning` where whoever
 * reads it or its findings is left without something. Throws UserError for what loading finds.
 */
export function lintRule(file: RuleFile): readonly Remark[] {
  const [compiled] = compileRules([file]);
  if (compiled === undefined) return [];
  const remarks = [
    ...emptyTexts(file.rule),
    ...textRemarks(file.rule),
    ...needRemarks(compiled),
    ...testRemarks(file.rule),
  ];
  return remarks
    .map(({ field, level, message }) => ({ place: file.placeOf(field), level, message: `${field}: ${message}` }))
    .sort((a, b) => lineIn(a) - lineIn(b));
}

const lineIn = ({ place }: Remark): number => Number(/:(\d+):\d+$/.exec(place)?.[1]);

interface FieldRemark extends Pick<Remark, 'level' | 'message'> {
  readonly field: string;
}

const error = (field: string, message: string): FieldRemark => ({ field, level: 'error', message });
const warning = (field: string, message: string): FieldRemark => ({ field, level: 'warning', message });

const TEXTS = ['title', 'message', 'why', 'remediation'] as const;

const emptyTexts = (rule: Rule): readonly FieldRemark[] =>
  TEXTS.flatMap((field) => (rule[field].trim() === '' ? [error(field, 'is empty')] : []));

function textRemarks({ title, message, references, parameters = {} }: Rule): readonly FieldRemark[] {
  const ends = Object.entries({ title, message }).flatMap(([field, text]) =>
    /[.!]\s*$/.test(text) ? [warning(field, 'ends with a period; it is one clause of a line')] : [],
  );
  const insecure = references.flatMap((url, index) =>
    url.startsWith('https://') ? [] : [warning(`references.${index}`, 'is no https address')],
  );
  const undescribed = Object.entries(parameters).flatMap(([name, { description }]) =>
    description.trim() === '' ? [warning(`parameters.${name}.description`, 'is empty')] : [],
  );
  return [...ends, ...insecure, ...undescribed];
}

function needRemarks(compiled: CompiledRule): readonly FieldRemark[] {
  const { needs, parameters = {} } = compiled.rule;
  const read = readBy(compiled);
  const unread = needs.flatMap((need, index) =>
    isRead(need, read.needs)
      ? []
      : [warning(`needs.${index}`, `no expression reads ${need}; it would be looked up for nothing`)],
  );
  const untold = Object.keys(parameters).flatMap((name) =>
    read.parameters.has(name) ? [] : [warning(`parameters.${name}`, 'no expression reads it')],
  );
  return [...unread, ...untold];
}

/** `live` goes with each of its facets. */
const isRead = (need: Need, read: ReadonlySet<Need>): boolean =>
  read.has(need) || (need === 'live' && [...read].some((other) => other.startsWith('live.')));

function testRemarks({ tests, severity, severityWhen = [] }: Rule): readonly FieldRemark[] {
  const findings = tests.filter(({ expect }) => expect.result === 'finding');
  const shown = new Set(findings.map(({ expect }) => expect.severity));
  const unshown = [...new Set([severity, ...severityWhen.map((other) => other.severity)])].filter(
    (one) => !shown.has(one),
  );
  const names = tests.map(({ name }) => name);
  return [
    ...(findings.length === 0 ? [error('tests', 'none shows a finding')] : []),
    ...(tests.some(({ expect }) => expect.result === 'none')
      ? []
      : [error('tests', 'none shows a key without a finding')]),
    ...(tests.some(isOfUnknown) ? [] : [warning('tests', 'none shows what it says where something is Unknown')]),
    ...(findings.length === 0 || findings.some(({ expect }) => expect.message !== undefined)
      ? []
      : [warning('tests', 'none gives the message of a finding')]),
    ...(findings.length === 0 ? [] : unshown.map((one) => warning('tests', `none expects the severity ${one}`))),
    ...names.flatMap((name, index) =>
      names.indexOf(name) < index ? [warning(`tests.${index}.name`, 'is the name of another test')] : [],
    ),
  ];
}

/** It expects that the rule cannot say, or gives something Unknown that the rule does without. */
const isOfUnknown = ({ given, expect }: Rule['tests'][number]): boolean =>
  expect.result === 'not-evaluated' || hasUnknown(given);

function hasUnknown(given: unknown): boolean {
  if (typeof given !== 'object' || given === null) return false;
  if (Array.isArray(given)) return given.some(hasUnknown);
  return Object.entries(given).some(([field, value]) => field === 'unknown' || hasUnknown(value));
}
