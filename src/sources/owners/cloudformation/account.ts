import type { Look } from '../../../model/inventory.ts';
import { createPacer } from '../../aws/pacer.ts';
import type { AwsSession } from '../../aws/session.ts';
import type { Looking } from '../../source.ts';
import { cloudFormationClient } from './client.ts';
import { lookAtStacks, type StacksAsk } from './look.ts';

/**
 * CloudFormation publishes no rate for its API and throttles long before KMS does; stacks being deployed in the account
 * share it. The pacer slows down further when CloudFormation says so.
 */
const CALLS_PER_SECOND = 5;
const BURST = 5;

/** lookAtStacks through a client of its own, which is closed again. */
export async function lookAtStacksOf(
  session: AwsSession,
  ask: Pick<StacksAsk, 'realm' | 'arns'>,
  looking: Looking,
): Promise<Look> {
  const client = cloudFormationClient(session, ask.realm.region);
  const pacer = createPacer({ perSecond: CALLS_PER_SECOND, burst: BURST, ...looking.timer });
  try {
    return await lookAtStacks({ ...ask, client, pacer }, looking);
  } finally {
    client.destroy();
  }
}
