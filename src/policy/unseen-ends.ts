import type { Coverage } from '../model/coverage.ts';
import { grouped } from '../model/grouped.ts';
import { parseKeyArn } from '../model/key-arn.ts';
import type { PlannedChange } from '../model/key-record.ts';
import { plural } from '../model/plural.ts';
import type { ReportKey } from '../model/report.ts';

/** What ends a key, or lets it end: the clock of its deletion runs from then on. */
const ENDING: ReadonlySet<PlannedChange['action']> = new Set(['destroy', 'replace', 'recreate']);

/**
 * Gaps where the next apply ends keys that nobody looked at, and that nobody said are others'. A key out of scope is no
 * finding, and an account and Region that were not asked for are no gap; but what a plan does was asked for, and of
 * these keys it could not be judged.
 */
export function unseenEnds(keys: readonly ReportKey[]): readonly Coverage[] {
  const ends = keys.flatMap((key) => {
    const change =
      key.standing === 'out-of-scope' && key.notOurs === undefined
        ? key.planned?.find(({ action }) => ENDING.has(action))
        : undefined;
    const realm = parseKeyArn(key.arn ?? '');
    return change === undefined || realm === undefined ? [] : [{ change, realm, reason: key.reason ?? 'not scanned' }];
  });
  const alike = grouped(ends, ({ change, reason }) => JSON.stringify([change.by, change.plan, reason]));
  return [...alike.values()].map((same) => {
    const { change, realm, reason } = same[0];
    const { partition, account, region } = realm;
    const locator = change.plan === undefined ? {} : { locator: change.plan };
    const were = same.length === 1 ? 'was' : 'were';
    return {
      source: change.by,
      operation: 'destroy',
      ...locator,
      partition,
      account,
      region,
      status: 'partial',
      reason: `${plural(same.length, 'key')} that the next apply destroys or replaces ${were} not looked at: ${reason}`,
    };
  });
}
