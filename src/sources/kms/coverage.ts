import type { Coverage } from '../../model/coverage.ts';
import { grouped } from '../../model/grouped.ts';
import type { Realm } from '../../model/key-arn.ts';
import type { Instant } from '../../model/time.ts';
import type { Failure } from '../aws/failure.ts';
import type { Described, Undescribed } from './describe.ts';
import { NAMED_TROUBLES } from './limits.ts';

type Status = Coverage['status'];

const permissionOf = ({ permission }: Failure): Pick<Coverage, 'permission'> =>
  permission === undefined ? {} : { permission };

/** One call to a realm as a whole: complete without a failure, else `status`. */
export const realmCoverage = (
  realm: Realm,
  operation: string,
  readAt: Instant,
  failure: Failure | undefined,
  status: Status = 'partial',
): Coverage => ({
  source: 'kms',
  operation,
  ...realm,
  readAt,
  ...(failure === undefined ? { status: 'complete' } : { status, reason: failure.reason, ...permissionOf(failure) }),
});

const keyCoverage = (realm: Realm, { asked, failure }: Undescribed): Coverage => ({
  ...realmCoverage(realm, 'DescribeKey', asked.readAt, failure),
  locator: asked.arn,
});

const countedCoverage = (realm: Realm, troubles: readonly Undescribed[], total: number): Coverage[] =>
  troubles.slice(0, 1).map(({ asked, failure }) => ({
    ...realmCoverage(realm, 'DescribeKey', asked.readAt, failure),
    reason: `${failure.reason} (${troubles.length} of ${total} keys)`,
  }));

/** An entry for each key that could not be described; the same trouble with very many keys is one entry and a count. */
export function describeCoverage(realm: Realm, troubles: readonly Undescribed[], total: number): readonly Coverage[] {
  return [...grouped(troubles, ({ failure }) => failure.reason).values()].flatMap((alike) =>
    alike.length <= NAMED_TROUBLES
      ? alike.map((trouble) => keyCoverage(realm, trouble))
      : countedCoverage(realm, alike, total),
  );
}

/** One entry for each facet call that was made at all, with how many keys gave no answer and why the first did not. */
export function facetCoverage(realm: Realm, described: readonly Described[], readAt: Instant): readonly Coverage[] {
  const calls = described.flatMap((it) => (it.kind === 'live' ? it.calls : []));
  return [...grouped(calls, ({ operation }) => operation)].map(([operation, asked]) => {
    const failures = asked.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
    const [first] = failures;
    const entry = realmCoverage(realm, operation, readAt, first);
    return first === undefined
      ? entry
      : { ...entry, reason: `${first.reason} (${failures.length} of ${asked.length} keys)` };
  });
}
