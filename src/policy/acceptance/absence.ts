import type { AttributeName } from '../../model/attributes.ts';
import type { BaselineEntry } from '../../model/baseline.ts';
import { type Coverage, countsAsGap, type Source } from '../../model/coverage.ts';
import type { InventoryHeader } from '../../model/inventory.ts';
import { parseKeyArn, type Realm, realmKey } from '../../model/key-arn.ts';
import type { KeyRecord } from '../../model/key-record.ts';
import type { Need, Rule } from '../../model/rule.ts';
import type { Covered } from './gaps.ts';

/** What was said of one key: rules that could not judge it, and of which rules it has findings. */
export interface KeyVerdicts {
  readonly unjudged: ReadonlySet<string>;
  readonly found: ReadonlySet<string>;
}

/** What it takes to say that a finding is no longer there. */
export interface AbsenceProof {
  /** Everything asked for was read, or somebody answers for what was not. */
  readonly isComplete: boolean;
  readonly judging: ReadonlySet<string>;
  /** Rules that decide by what the next apply does, however a key stands. */
  readonly byCode: ReadonlySet<string>;
  readonly isScanned: (realm: Realm) => boolean;
  /** Whether something that was not read, though somebody may answer for that, could tell of the key; null: of any. */
  readonly mayBeHidden: (key: HiddenKey | null) => boolean;
  /** Whether the finding of an entry is gone with its key, of which nothing was said at all. */
  readonly isGone: (entry: Pick<BaselineEntry, 'rule' | 'key'>) => boolean;
}

type HiddenKey = Realm & { readonly arn: string };

/** The proof that a scan can give: rules that judged, and what was asked for and read. */
export function absenceProof(
  { scope, requested }: Pick<InventoryHeader, 'scope' | 'requested'>,
  { coverage, isComplete }: Pick<Covered, 'coverage' | 'isComplete'>,
  rules: readonly Rule[],
): AbsenceProof {
  const scanned = new Set(scope.map(realmKey));
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const gaps = coverage.filter((entry) => countsAsGap(entry, requested));
  const readPlaces = new Set(
    coverage.flatMap(({ locator, status }) => (locator === undefined || status !== 'complete' ? [] : [locator])),
  );
  const mayBeHidden: AbsenceProof['mayBeHidden'] = (key) => gaps.some((gap) => key === null || mayHide(gap, key));
  return {
    isComplete,
    judging: new Set(byId.keys()),
    byCode: new Set(rules.filter(isByCode).map(({ id }) => id)),
    isScanned: (realm) => scanned.has(realmKey(realm)),
    mayBeHidden,
    isGone: ({ rule, key }) => {
      const needs = byId.get(rule)?.needs;
      if (!isComplete || needs === undefined || !needs.every((need) => isAsked(need, requested))) return false;
      const arn = parseKeyArn(key);
      if (arn !== undefined) return scanned.has(realmKey(arn)) && !mayBeHidden(arn);
      return !mayBeHidden(null) && holdersOf(key).some((place) => readPlaces.has(place));
    },
  };
}

/** What the next apply does is in code, states and plans; where one of those was not read, the rule cannot judge. */
const isByCode = ({ about, when }: Rule): boolean => about === 'change' && !/standing/i.test(when);

/** What may stand before the address in a key's id: places and addresses may hold a `#` of their own. */
const holdersOf = (key: string): readonly string[] => {
  const parts = key.split('#');
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('#'));
};

/** A gap of one key hides that one; one of an account and Region all in it; any other all there are. */
function mayHide({ locator, account, region }: Coverage, key: HiddenKey): boolean {
  const about = locator === undefined ? undefined : parseKeyArn(locator);
  if (about !== undefined) return about.arn === key.arn;
  return (account ?? key.account) === key.account && (region ?? key.region) === key.region;
}

/** Where a witness or facet comes from; any of several. */
const SOURCES_OF: Readonly<Record<string, readonly Source[]>> = {
  created: ['cloudtrail'],
  deletion: ['cloudtrail'],
  configuration: ['configuration'],
  state: ['state'],
  plan: ['plan', 'configuration'],
  owners: ['owners'],
};

const isAsked = (need: Need, requested: readonly Source[]): boolean =>
  (SOURCES_OF[need] ?? ['kms']).some((source) => requested.includes(source));

/** Whether it is certain that a key of the report has no such finding. */
export function isRuledOut(
  { rule, attribute }: Pick<BaselineEntry, 'rule' | 'attribute'>,
  record: KeyRecord,
  { unjudged, found }: KeyVerdicts,
  { isComplete, judging, byCode, isScanned, mayBeHidden }: AbsenceProof,
): boolean {
  if (!isComplete) return false;
  if (record.standing === 'aws-managed') return true;
  if (mayBeHidden(record.arn)) return false;
  // Whose keys these are was decided, or they lie where nobody looked.
  if (record.standing === 'out-of-scope') return record.arn !== null && isScanned(record.arn);
  if (!judging.has(rule) || unjudged.has(rule)) return false;
  // A state that was read holds the key, so whoever else may have it does not decide what an apply does.
  if (isHalfKnown(record) && !(byCode.has(rule) && record.state.length > 0)) return false;
  // A rule that found something in another attribute need not have been able to judge this one.
  return attribute === undefined || !found.has(rule) || isTold(attribute, record);
}

/**
 * Rules say nothing of such a key for want of knowledge: who has it is not known, or that these states are all there are
 * was said of other scans and not of this one.
 */
export const isHalfKnown = ({ standing }: Pick<KeyRecord, 'standing'>): boolean =>
  standing === 'undetermined' || standing === 'unclaimed';

function isTold(attribute: AttributeName, { created, configuration, state, live, unknown }: KeyRecord): boolean {
  const witnesses = [created, ...configuration, ...state, live].filter((witness) => witness !== null);
  return (
    witnesses.every((witness) => witness.unknown[attribute] === undefined) &&
    [unknown.created, unknown.configuration, unknown.state, unknown.live].every((reason) => reason === undefined)
  );
}
