import type { Source } from './coverage.ts';
import type { Need } from './rule.ts';

/** Why a witness says nothing although nothing failed: its source was not asked for. */
export const NOT_ASKED = {
  cloudtrail: 'events were not asked for',
  kms: 'KMS was not asked',
  state: 'no state was given',
  configuration: 'no configuration was given',
  plan: 'neither a plan nor a configuration was given',
} as const satisfies Partial<Record<Source, string>>;

/** Of a root whose states are not on this machine, where nobody elsewhere is asked for any. */
export const STATE_ELSEWHERE = 'states that are no files here were not asked for';

/** The source that was not asked for; undefined of a reason that says something else. */
export const notAskedOf = (reason: string): keyof typeof NOT_ASKED | undefined =>
  reason === STATE_ELSEWHERE ? 'state' : NOT_ASKED_SOURCES.find((source) => NOT_ASKED[source] === reason);

const NOT_ASKED_SOURCES = Object.keys(NOT_ASKED) as (keyof typeof NOT_ASKED)[];

/** Of a key that no plan names, where only plans were given: a plan is of one root, and others have keys too. */
export const IN_NO_PLAN = 'no plan that was read names it, and no configuration was given';

const BEFORE_RECORDS = 'made before the records begin';

/** Why a key older than the records has no creation record. CloudTrail's event history keeps 90 days. */
export const beforeRecords = (begin: string): string => `${BEFORE_RECORDS} (${begin.slice(0, 10)})`;

/** Whether a reason is `beforeRecords` of some day: no scan could have found a record. */
export const isBeforeRecords = (reason: string): boolean => reason.startsWith(BEFORE_RECORDS);

/** Why the last use of a key is not known where no rule asked for it. */
export const LAST_USE_NOT_ASKED = 'its last use was not asked for';

/** Why a facet of a live key is not known that no rule asked for when KMS was asked. */
export const facetNotAsked = (need: Need): string => `${need}${FACET_NOT_ASKED}`;

const FACET_NOT_ASKED = ' was not asked for when the inventory was made';

/** Whether a reason is how each scan of its kind is, and no gap: a source not asked for, a key older than the records, or one of another root than the plans'. */
export const isExpected = (reason: string): boolean =>
  notAskedOf(reason) !== undefined ||
  isBeforeRecords(reason) ||
  reason === IN_NO_PLAN ||
  reason === LAST_USE_NOT_ASKED ||
  reason.endsWith(FACET_NOT_ASKED);
