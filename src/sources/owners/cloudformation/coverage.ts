import type { Coverage } from '../../../model/coverage.ts';
import type { Look } from '../../../model/inventory.ts';
import type { KeyArn, Realm } from '../../../model/key-arn.ts';
import type { Instant } from '../../../model/time.ts';
import type { Answer, Failure } from '../../aws/failure.ts';

/** A key that CloudFormation was asked about, and what it said. */
export interface AskedKey<T = unknown> {
  readonly arn: KeyArn;
  readonly answer: Answer<T>;
}

/** Beyond so many keys with the same trouble, coverage counts them and is about the whole account and Region. */
const NAMED_TROUBLES = 20;

/** The coverage of a realm in which no key wants asking about: CloudFormation was not needed. */
export const noStacksNeeded = (realm: Realm, readAt: Instant): Look => ({
  facts: [],
  coverage: stackCoverage(realm, readAt, []),
  diagnostics: [],
});

const OPERATION = 'DescribeStackResources';

/** One entry for the realm, and one for each key that was not answered for; very many are counted instead. */
export function stackCoverage(realm: Realm, readAt: Instant, asked: readonly AskedKey[]): readonly Coverage[] {
  const troubles = asked.flatMap(({ arn, answer }) =>
    answer.kind === 'failed' ? [{ arn, failure: answer.failure }] : [],
  );
  const base = { source: 'owners', operation: OPERATION, ...realm, readAt } as const;
  const [first] = troubles;
  if (first === undefined) return [{ ...base, status: 'complete' }];
  const whole: Coverage = {
    ...base,
    status: troubles.length === asked.length ? 'failed' : 'partial',
    reason: `${first.failure.reason} (${troubles.length} of ${asked.length} keys)`,
    ...permissionOf(first.failure),
  };
  if (troubles.length === asked.length || troubles.length > NAMED_TROUBLES) return [whole];
  return [
    { ...base, status: 'complete' },
    ...troubles.map(
      ({ arn, failure }): Coverage => ({
        ...base,
        locator: arn,
        status: 'failed',
        reason: failure.reason,
        ...permissionOf(failure),
      }),
    ),
  ];
}

const permissionOf = ({ permission }: Failure): Pick<Coverage, 'permission'> =>
  permission === undefined ? {} : { permission };
