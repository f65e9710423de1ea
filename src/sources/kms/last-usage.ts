import type { KMSClient } from '@aws-sdk/client-kms';
import pLimit from 'p-limit';
import type { Coverage } from '../../model/coverage.ts';
import type { LastUsageFact } from '../../model/facts.ts';
import type { Look } from '../../model/inventory.ts';
import { isKeyIn, type KeyArn, type Realm } from '../../model/key-arn.ts';
import { type Instant, toInstant } from '../../model/time.ts';
import { asking } from '../aws/ask.ts';
import type { Answer, Failure } from '../aws/failure.ts';
import { oneLine } from '../one-line.ts';
import type { Looking } from '../source.ts';
import { realmCoverage } from './coverage.ts';
import { CONCURRENCY } from './limits.ts';
import { type KeyLastUsage, kmsQuestions } from './questions.ts';

/** What to ask of KMS in one realm, through a client of that account and Region. */
export interface LastUsageAsk {
  readonly client: KMSClient;
  readonly realm: Realm;
  /** Keys that a finding may be about; those of another realm are passed over. */
  readonly arns: Iterable<KeyArn>;
}

const OPERATION = 'GetKeyLastUsage';

/**
 * When KMS last used these keys. Where the API does not exist there is nothing to ask: that is complete, and its coverage
 * says so. Nothing asked leaves no entry. Throws the signal's reason when interrupted.
 */
export async function lookAtLastUsage(ask: LastUsageAsk, looking: Looking): Promise<Look> {
  const { realm } = ask;
  const readAt = looking.now();
  const questions = kmsQuestions(ask.client, asking(looking.signal));
  const limit = pLimit(CONCURRENCY);
  let noSuchApi = false;
  const one = async (arn: KeyArn): Promise<Answer<LastUsageFact>> => {
    if (noSuchApi) return { kind: 'failed', failure: UNKNOWN_API };
    const answer = await questions.getKeyLastUsage(arn);
    if (answer.kind === 'answered') return { kind: 'answered', value: usageFact(arn, answer.value, readAt) };
    noSuchApi ||= isUnknownApi(answer.failure);
    return noSuchApi ? { kind: 'failed', failure: UNKNOWN_API } : answer;
  };
  const arns = [...new Set(ask.arns)].filter((arn) => isKeyIn(realm, arn));
  const answers = await Promise.all(arns.map((arn) => limit(one, arn)));
  looking.signal.throwIfAborted();
  return {
    facts: answers.flatMap((answer) => (answer.kind === 'answered' ? [answer.value] : [])),
    coverage: coverageOf(realm, readAt, answers),
    diagnostics: [],
  };
}

/** GetKeyLastUsage came in 2026: other partitions, old endpoints and emulators of KMS do not have it. */
const UNKNOWN_API: Failure = { kind: 'other', reason: 'this endpoint of KMS has no GetKeyLastUsage' };

const isUnknownApi = ({ kind, reason }: Failure): boolean =>
  (kind === 'other' || kind === 'server') &&
  /UnknownOperation|InvalidAction|NotImplemented|not implemented/.test(reason);

/** An empty KeyLastUsage: not since tracking began (AWS KMS API reference, GetKeyLastUsage). */
const usageFact = (
  arn: KeyArn,
  { KeyLastUsage: usage, TrackingStartDate }: KeyLastUsage,
  readAt: Instant,
): LastUsageFact => ({
  kind: 'last-usage',
  arn,
  usedAt: usage?.Timestamp === undefined ? null : toInstant(usage.Timestamp.getTime()),
  operation: usage?.Operation === undefined ? null : oneLine(usage.Operation, 64),
  eventId: usage?.CloudTrailEventId === undefined ? null : oneLine(usage.CloudTrailEventId, 64),
  trackingStart: toInstant(TrackingStartDate.getTime()),
  readAt,
});

function coverageOf(realm: Realm, readAt: Instant, answers: readonly Answer<unknown>[]): readonly Coverage[] {
  if (answers.length === 0) return [];
  const failures = answers.flatMap((answer) => (answer.kind === 'failed' ? [answer.failure] : []));
  const [first] = failures;
  if (first === undefined) return [realmCoverage(realm, OPERATION, readAt, undefined)];
  if (failures.includes(UNKNOWN_API)) return [realmCoverage(realm, OPERATION, readAt, UNKNOWN_API, 'complete')];
  const status = failures.length === answers.length ? 'failed' : 'partial';
  const reason = `${first.reason} (${failures.length} of ${answers.length} keys)`;
  return [realmCoverage(realm, OPERATION, readAt, { ...first, reason }, status)];
}
