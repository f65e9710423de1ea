import type { AttributeName } from '../model/attributes.ts';
import type { KeyRecord, PlannedChange } from '../model/key-record.ts';
import { by } from '../model/order.ts';
import type { Finding } from '../model/report.ts';
import type { Rule } from '../model/rule.ts';

/** Where findings stand that nothing in the repository declares. */
const SETTINGS = 'keydrift.yaml';

/**
 * A file for every finding, since SARIF and code hosts drop those without one: the block that declares the key, else
 * where else its root is to be shown, else its state file, else the plan that names it, else keydrift.yaml.
 * What is found of a change stands first of all where the change is made, and what is found of a policy where that is
 * declared. No place is in an installed module: git has no such file.
 */
export function locationOf(record: KeyRecord, about: Rule['about'], attribute?: AttributeName): Finding['location'] {
  const { anchor, planned, state, errored } = record;
  const configuration = record.configuration.filter(({ root }) => record.root === null || root === record.root);
  const changes = about === 'change' ? planned.toSorted(by(secondClaimsFirst)).map(({ location }) => location) : [];
  const policies = attribute === 'policy' ? configuration.flatMap(({ policyBy }) => policyBy ?? []) : [];
  const block = [...changes, ...policies, ...configuration.slice(0, 1), anchor].find(
    (place) => place !== null && !place.installed,
  );
  if (block != null) return { path: block.path, line: block.line };
  const files = [...[...state, ...errored].map(({ source }) => source), ...planned.flatMap(({ plan }) => plan ?? [])];
  return { path: files.find(isFile) ?? SETTINGS, line: 1 };
}

/** Beside what a plan updates, an import that gives the key to a second instance is what is found. */
const secondClaimsFirst = ({ stillHeldBy = [] }: PlannedChange): string => (stillHeldBy.length > 0 ? '0' : '1');

/** A locator that is a path: no URL, no `exec:DIR`, and not standard input. */
const isFile = (locator: string): boolean =>
  locator !== '-' && !locator.includes('://') && !locator.startsWith('exec:');
