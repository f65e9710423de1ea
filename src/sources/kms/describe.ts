import pLimit from 'p-limit';
import type { LiveFact } from '../../model/facts.ts';
import type { KeyArn, Realm } from '../../model/key-arn.ts';
import type { Failure, FailureKind } from '../aws/failure.ts';
import type { Looking, Timer } from '../source.ts';
import type { Facet } from './facets.ts';
import { type FacetCall, withFacets } from './key-facets.ts';
import { type DescribeAsk, readKeyMetadata } from './key-metadata.ts';
import { ASK_AGAIN_AFTER_MS, CONCURRENCY } from './limits.ts';
import type { KmsQuestions } from './questions.ts';

/** What came of describing one key. */
export type Described =
  | { readonly kind: 'live'; readonly fact: LiveFact; readonly calls: readonly FacetCall[] }
  | Undescribed;

/** A key that gave no description, and why. */
export interface Undescribed {
  readonly kind: 'failed';
  readonly asked: DescribeAsk;
  readonly failure: Failure;
}

/** Waits so many milliseconds; rejects when the signal aborts. */
export type Sleep = Timer['sleep'];

/** Describes keys, all of them through one bounded queue. */
export interface Describing {
  /** Queues one key; its outcome never rejects. */
  readonly describe: (arn: KeyArn) => Promise<Described>;
  /** Outcomes in which everything that may pass by itself was asked once more, after one pause for all. */
  readonly again: (first: readonly Described[]) => Promise<readonly Described[]>;
}

/** KMS is eventually consistent: a key just made may be NotFound for a moment (AWS KMS developer guide, "KMS eventual consistency"). */
const MAY_PASS: ReadonlySet<FailureKind> = new Set(['not-found', 'throttled', 'server', 'unreachable']);

const PROGRESS_STEP = 20;

/** Describes keys of one realm, a bounded number side by side. */
export function describing(
  questions: KmsQuestions,
  { realm, facets, sleep }: { readonly realm: Realm; readonly facets: ReadonlySet<Facet>; readonly sleep: Sleep },
  looking: Looking,
): Describing {
  const limit = pLimit(CONCURRENCY);
  let wanted = 0;
  let done = 0;

  const one = async (arn: KeyArn): Promise<Described> => {
    const asked = { arn, readAt: looking.now() };
    const answer = await questions.describeKey(arn);
    if (answer.kind === 'failed') return { kind: 'failed', asked, failure: answer.failure };
    const reading = readKeyMetadata(answer.value.KeyMetadata, asked);
    if (reading.kind === 'unreadable') return { kind: 'failed', asked, failure: reading };
    return { kind: 'live', ...(await withFacets(questions, reading.fact, facets)) };
  };

  const describe = async (arn: KeyArn): Promise<Described> => {
    wanted += 1;
    const outcome = await limit(one, arn);
    done += 1;
    if (done % PROGRESS_STEP === 0 || done === wanted) {
      looking.onProgress({ source: 'kms', text: `kms ${realm.region} ${done} of ${wanted} keys` });
    }
    return outcome;
  };

  const onceMore = async (first: Undescribed): Promise<Described> => {
    const second = await limit(one, first.asked.arn);
    return second.kind === 'failed' && second.failure.kind === 'not-asked' ? first : second;
  };

  const again = async (first: readonly Described[]): Promise<readonly Described[]> => {
    if (!first.some(mayPass)) return first;
    await sleep(ASK_AGAIN_AFTER_MS, looking.signal);
    return Promise.all(first.map((it) => (mayPass(it) ? onceMore(it) : it)));
  };

  return { describe, again };
}

const mayPass = (it: Described): it is Undescribed => it.kind === 'failed' && MAY_PASS.has(it.failure.kind);
