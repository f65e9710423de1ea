import { grouped } from '../model/grouped.ts';
import { parseKeyArn, type Realm, realmKey } from '../model/key-arn.ts';
import type { Finding, Report, ReportKey, RuleResult } from '../model/report.ts';
import { nameOf } from './words.ts';

/** A finding with what the report says elsewhere of its key and its rule. */
export interface DetailedFinding {
  readonly finding: Finding;
  readonly key: ReportKey | undefined;
  readonly rule: RuleResult | undefined;
}

/** Looks up what belongs to a finding. Keys without one are not held. */
export function findingDetails(report: Report): (finding: Finding) => DetailedFinding {
  const found = new Set(report.findings.map(({ key }) => key));
  const keys = new Map(report.keys.filter(({ id }) => found.has(id)).map((key) => [key.id, key]));
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]));
  return (finding) => ({ finding, key: keys.get(finding.key), rule: rules.get(finding.rule) });
}

/** Where the finding's key lives; undefined of a key that is not created. */
export const realmOf = ({ arn }: Pick<Finding, 'arn'>): Realm | undefined =>
  arn === null ? undefined : parseKeyArn(arn);

/** Findings by realmKey; those without one by undefined. */
export const byRealm = (findings: readonly Finding[]): Map<string | undefined, readonly Finding[]> =>
  grouped(findings, (finding) => {
    const realm = realmOf(finding);
    return realm === undefined ? undefined : realmKey(realm);
  });

/** What people call the key: its alias, else its address, else its ARN or id. Not plain text. */
export const keyNameOf = ({ finding, key }: Pick<DetailedFinding, 'finding' | 'key'>): string =>
  key?.name ??
  key?.declaredAliases?.[0] ??
  key?.aliases[0] ??
  (key === undefined ? undefined : addressesOf(key)[0]) ??
  finding.key;

/** The same where a line must be short: of a key without an alias and an address the start of its id. */
export const shortNameOf = ({ finding, key }: Pick<DetailedFinding, 'finding' | 'key'>): string =>
  key === undefined ? finding.key : nameOf(key);

/** Terraform's addresses of the key, by configuration, state and plans, each once. Not plain text. */
export const addressesOf = ({ configuration, state, planned = [] }: ReportKey): readonly string[] => [
  ...new Set([...configuration, ...state, ...planned].map(({ address }) => address)),
];

/** Of which root and state the key is, where that is not the same for all; undefined where it is. Not plain text. */
export function holderOf({ finding: { root }, key }: Pick<DetailedFinding, 'finding' | 'key'>): string | undefined {
  if (root === undefined) return undefined;
  const [state, ...more] = new Set((key?.state ?? []).map(({ source }) => source));
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  return `root ${root}${state === undefined ? '' : `, state ${state}${others}`}`;
}

/** The first page that a rule refers to; https alone, for people click on it. */
export const pageOf = (rule: Pick<RuleResult, 'help'> | undefined): string | undefined =>
  /^See (https:\/\/[!-~]+)$/m.exec(rule?.help ?? '')?.[1];
