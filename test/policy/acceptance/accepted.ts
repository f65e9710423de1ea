import { assess } from '../../../src/assess.ts';
import type { Acceptances, AcceptedGap, Suppression, SuppressionMatch } from '../../../src/model/acceptance.ts';
import type { Inventory } from '../../../src/model/inventory.ts';
import { type KeyArn, keyIdOf } from '../../../src/model/key-arn.ts';
import type { Report } from '../../../src/model/report.ts';
import type { CompiledRule } from '../../../src/policy/compile.ts';
import { held, inventory, live, T } from '../../support/facts.ts';
import { rules } from '../../support/rules.ts';

/** Two rules that find each managed key; `dull-key` is low, and high for keys whose description says so. */
export const RULES: readonly CompiledRule[] = rules(
  { id: 'odd-key' },
  {
    id: 'dull-key',
    severity: 'low',
    severityWhen: '[{ when: "has(key.live.description) && key.live.description == \'bad\'", severity: high }]',
    tests: '[{ name: dull, given: { standing: managed }, expect: { result: finding } }]',
  },
);

/** Managed keys of one state, all covered. */
export const managedKeys = (...arns: readonly KeyArn[]): Inventory =>
  inventory(
    arns.flatMap((arn) => [live(arn), held(arn, { address: `aws_kms_key.k${Number(keyIdOf(arn).slice(-3))}` })]),
  );

export const suppression = (rule: string, match: SuppressionMatch, expires?: string): Suppression => ({
  rule,
  match,
  acceptance: { by: 'settings', reason: 'ACME-12', expires, place: { path: 'keydrift.yaml', line: 1 } },
  ruleAt: 'keydrift.yaml:1:11',
});

export const gap = (over: Partial<AcceptedGap> & Pick<AcceptedGap, 'source'>, expires = '2027-01-31'): AcceptedGap => ({
  acceptance: { by: 'settings', reason: 'ACME-13', expires, place: { path: 'keydrift.yaml', line: 9 } },
  ...over,
});

/** The report of an inventory at its own time. */
export function reportWith(
  seen: Inventory,
  acceptances: Partial<Acceptances> = {},
  {
    judging = RULES,
    asOf = T.live,
    known = RULES.map(({ rule }) => rule.id),
  }: { readonly judging?: readonly CompiledRule[]; readonly asOf?: string; readonly known?: readonly string[] } = {},
): Report {
  return assess(seen, judging, {
    estate: seen.header.estate,
    graceMs: seen.header.graceMs,
    asOf,
    tool: { name: 'keydrift', version: '0.1.0' },
    acceptances: { suppressions: [], gaps: [], baseline: null, ...acceptances },
    knownRules: known,
  });
}

/** Each finding as a line: severity, rule, number of the key, status and why it is open again. */
export const findingsOf = ({ findings }: Report): readonly string[] =>
  findings.map(({ severity, rule, arn, status, lapsed }) =>
    [severity, rule, Number(arn?.slice(-3)), status, ...(lapsed === undefined ? [] : [lapsed.because])].join(' '),
  );

/** What a report says of acceptances. */
export const notesOf = ({ diagnostics }: Report): readonly string[] =>
  diagnostics.map(({ level, message }) => `${level} ${message}`);
