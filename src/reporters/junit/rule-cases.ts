import { COUNTED_AS, countedAs } from '../../model/finding-status.ts';
import { grouped } from '../../model/grouped.ts';
import { type Realm, realmKey } from '../../model/key-arn.ts';
import { NEVER_JUDGED } from '../../model/key-record.ts';
import { isExpected } from '../../model/not-asked.ts';
import type { Finding, Report, RuleResult } from '../../model/report.ts';
import type { FailOn } from '../../model/rule.ts';
import { realmOf } from '../detailed-finding.ts';
import { count, digits } from '../words.ts';
import { fails } from './finding-cases.ts';
import type { TestCase } from './test-case.ts';

/** An account and Region, or all keys without an ARN: not created yet, or declared where no state was read. */
type Place = Realm | undefined;

/**
 * A case for each rule, account and Region: failed where the gate counts a finding of it there, else skipped where it
 * has others, open or not, or could not judge, else passed. The report does not tell in which Regions a rule could not judge: where it
 * could not for a reason that no scan of its kind has, none of its cases passes.
 */
export function* ruleCases(report: Report, failOn: FailOn): Iterable<TestCase> {
  const found = grouped(report.findings, (finding) => placeKey(finding.rule, realmOf(finding)));
  const places = placesOf(report);
  for (const rule of report.rules) {
    const unjudged = whyUnjudged(rule);
    for (const place of places)
      yield caseOf(rule, place, { found: found.get(placeKey(rule.id, place)) ?? [], unjudged, failOn });
  }
}

const placeKey = (rule: string, place: Place): string => `${rule} ${place === undefined ? '' : realmKey(place)}`;

/** All that were scanned, and others whose keys were judged: a check scans none, and judges by states and plans. */
function placesOf({ scan, keys, findings }: Report): readonly Place[] {
  const places = new Map<string, Realm>(scan.scope.map((realm) => [realmKey(realm), realm]));
  let isAnyNowhere = false;
  const add = (place: Place): void => {
    if (place === undefined) isAnyNowhere = true;
    else places.set(realmKey(place), place);
  };
  const isCheck = scan.scope.length === 0;
  for (const key of keys) {
    const place = realmOf(key);
    if ((isCheck || place !== undefined) && !NEVER_JUDGED.has(key.standing)) add(place);
  }
  for (const finding of findings) add(realmOf(finding));
  return isAnyNowhere || places.size === 0 ? [...places.values(), undefined] : [...places.values()];
}

interface Judged {
  readonly found: readonly Finding[];
  readonly unjudged: readonly string[];
  readonly failOn: FailOn;
}

function caseOf(rule: RuleResult, place: Place, { found, unjudged, failOn }: Judged): TestCase {
  const outcome = outcomeOf(rule, { found, unjudged, failOn });
  return {
    outcome,
    classname: `keydrift.rules.${rule.id}`,
    name: () =>
      place === undefined ? `${rule.id}, keys without an ARN` : `${rule.id} in ${place.account} ${place.region}`,
    message: () => (found.length > 0 ? foundText(found) : `not judged: ${unjudged.join('; ')}`),
    lines: () => (outcome === 'passed' ? unjudged : []),
  };
}

/** `2 open findings, 1 baselined`. */
function foundText(found: readonly Finding[]): string {
  const told = COUNTED_AS.flatMap((name) => {
    const number = found.filter((finding) => countedAs(finding) === name).length;
    return number === 0 ? [] : [name === 'open' ? count(number, 'open finding') : `${digits(number)} ${name}`];
  });
  return told.join(', ');
}

function outcomeOf(rule: RuleResult, { found, unjudged, failOn }: Judged): TestCase['outcome'] {
  if (found.some((finding) => fails(finding, failOn))) return 'failure';
  const isBlind = rule.evaluated === 0 && unjudged.length > 0;
  const isUnexpected = rule.reasons.some(({ reason }) => !isExpected(reason));
  return found.length > 0 || isBlind || isUnexpected ? 'skipped' : 'passed';
}

/** What it could not judge, of all accounts and Regions. */
const whyUnjudged = ({ evaluated, notEvaluated, reasons }: RuleResult): readonly string[] =>
  reasons.map(({ reason, keys }) => `${digits(keys)} of ${count(evaluated + notEvaluated, 'key')}: ${reason}`);
