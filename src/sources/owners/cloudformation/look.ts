import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import pLimit from 'p-limit';
import type { OwnerFact } from '../../../model/facts.ts';
import type { Look } from '../../../model/inventory.ts';
import { isKeyIn, type KeyArn, keyIdOf, type Realm } from '../../../model/key-arn.ts';
import type { Instant } from '../../../model/time.ts';
import { asking } from '../../aws/ask.ts';
import type { Pacer } from '../../aws/pacer.ts';
import type { Looking } from '../../source.ts';
import { CONCURRENCY } from './client.ts';
import { type AskedKey, stackCoverage } from './coverage.ts';
import { stackQuestions } from './questions.ts';
import { type StackOwner, stackOwners } from './stack-owner.ts';

/** What to ask of CloudFormation in one realm, through a client of that account and Region. */
export interface StacksAsk {
  readonly client: CloudFormationClient;
  readonly realm: Realm;
  /** One for each account and Region: CloudFormation throttles whoever asks in haste. */
  readonly pacer: Pacer;
  /** Keys that nobody else claims; those of another realm are passed over. */
  readonly arns: Iterable<KeyArn>;
}

/** So many failures in a row say that CloudFormation, or the way to it, is down. */
const GIVE_UP_AFTER = 10;

/**
 * Which of these keys a CloudFormation stack has, or had: CloudFormation puts no tags of its own on KMS keys, so that
 * it is asked by physical id. Always one coverage entry for the realm, and one for each key that was not answered for.
 * Throws the signal's reason when interrupted.
 */
export async function lookAtStacks(ask: StacksAsk, looking: Looking): Promise<Look> {
  const { realm } = ask;
  const readAt = looking.now();
  const questions = stackQuestions(ask.client, asking(looking.signal, GIVE_UP_AFTER), ask.pacer, looking.signal);
  const owners = stackOwners(questions);
  const arns = [...new Set(ask.arns)].filter((arn) => isKeyIn(realm, arn));
  const limit = pLimit(CONCURRENCY);
  let done = 0;
  const one = async (arn: KeyArn): Promise<AskedKey<readonly StackOwner[]>> => {
    const answer = await owners.of(keyIdOf(arn));
    done += 1;
    looking.onProgress({ source: 'owners', text: `cloudformation ${realm.region} ${done} of ${arns.length} keys` });
    return { arn, answer };
  };
  const asked = await Promise.all(arns.map((arn) => limit(one, arn)));
  looking.signal.throwIfAborted();
  return {
    facts: asked.flatMap(({ arn, answer }) =>
      answer.kind === 'answered' ? answer.value.map((owner) => ownerFact(arn, owner, readAt)) : [],
    ),
    coverage: stackCoverage(realm, readAt, asked),
    diagnostics: [],
  };
}

const ownerFact = (arn: KeyArn, { stackName, stackId, logicalId, status }: StackOwner, readAt: Instant): OwnerFact => ({
  kind: 'owner',
  arn,
  tool: 'cloudformation',
  name: stackName,
  source: stackId,
  resource: logicalId,
  status,
  readAt,
});
