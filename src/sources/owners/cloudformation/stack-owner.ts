import type { OwnerFact } from '../../../model/facts.ts';
import type { Answer, Failure } from '../../aws/failure.ts';
import type { StackQuestions, StackResource } from './questions.ts';

/** A stack that has a key, or had it. */
export interface StackOwner {
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string | null;
  readonly status: OwnerFact['status'];
}

/** Who has keys, by their ids. */
export interface StackOwners {
  /** No owner: no stack has a KMS key of this id. Of two stacks that name it, the one that still has it comes first. */
  readonly of: (keyId: string) => Promise<Answer<readonly StackOwner[]>>;
}

/** The physical id of both is the key id (CloudFormation template reference, "Return values" of each). */
const KEY_TYPES: ReadonlySet<string> = new Set(['AWS::KMS::Key', 'AWS::KMS::ReplicaKey']);

/** "Only the first 100 resources will be returned" (CloudFormation API reference, DescribeStackResources). */
const MOST_RESOURCES = 100;

/**
 * Asks for the stack of a key. An answer holds the whole stack, so that one call tells of all keys which one stack has:
 * what it says of others is kept. Only an active claim is: two stacks may name a key, one that let go of it and one that
 * imported it, and CloudFormation is asked about that very key then.
 */
export function stackOwners(questions: StackQuestions): StackOwners {
  const seen = new Map<string, StackOwner>();

  const of = async (keyId: string): Promise<Answer<readonly StackOwner[]>> => {
    const known = seen.get(keyId);
    if (known !== undefined) return answered([known]);
    const answer = await questions.describeStackResources(keyId);
    if (answer.kind === 'failed') return answer;
    const rows = await whole(questions, keyId, answer.value.StackResources);
    if (rows.kind === 'failed') return rows;
    for (const row of rows.value) {
      if (isKey(row) && statusOf(row) === 'active' && row.PhysicalResourceId !== undefined) {
        seen.set(row.PhysicalResourceId, ownerOf(row, 'active'));
      }
    }
    return ownersOf(
      questions,
      rows.value.filter((row) => isKey(row) && row.PhysicalResourceId === keyId),
    );
  };
  return { of };
}

const answered = <T>(value: T): Answer<T> => ({ kind: 'answered', value });

const isKey = ({ ResourceType }: StackResource): boolean => ResourceType !== undefined && KEY_TYPES.has(ResourceType);

const ownerOf = (
  { StackName, StackId, LogicalResourceId }: StackResource,
  status: StackOwner['status'],
): StackOwner => ({
  stackName: StackName ?? StackId ?? 'a stack without a name',
  stackId: StackId ?? StackName ?? '',
  logicalId: LogicalResourceId ?? null,
  status,
});

/**
 * What a row's status says of the stack's hold on the resource. A deleted stack's rows, which are told for 90 days, say
 * DELETE_COMPLETE or, of what it retains, DELETE_SKIPPED; DELETE_FAILED is a stack that may still be there, or was
 * deleted by force (AWS CloudFormation user guide, "Stack status codes").
 */
function statusOf({ ResourceStatus }: StackResource): StackOwner['status'] | 'unsure' {
  if (ResourceStatus === 'DELETE_FAILED' || ResourceStatus === undefined) return 'unsure';
  return ResourceStatus === 'DELETE_SKIPPED' || ResourceStatus === 'DELETE_COMPLETE' ? 'left' : 'active';
}

async function ownersOf(
  questions: StackQuestions,
  rows: readonly StackResource[],
): Promise<Answer<readonly StackOwner[]>> {
  const owners: StackOwner[] = [];
  for (const row of rows) {
    const said = statusOf(row);
    const status = said === 'unsure' ? await stackStatus(questions, row) : answered(said);
    if (status.kind === 'failed') return status;
    owners.push(ownerOf(row, status.value));
  }
  return answered(owners.sort((a, b) => Number(a.status === 'left') - Number(b.status === 'left')));
}

/** A deleted stack is found by its id alone, for 90 days (CloudFormation API reference, DescribeStacks). */
async function stackStatus(questions: StackQuestions, row: StackResource): Promise<Answer<StackOwner['status']>> {
  const answer = await questions.describeStacks(row.StackId ?? row.StackName ?? '');
  if (answer.kind === 'failed') return answer;
  const status = answer.value.Stacks[0]?.StackStatus;
  if (status === undefined)
    return unreadable('DescribeStacks gave no status of the stack that DescribeStackResources named');
  return answered(status === 'DELETE_COMPLETE' ? 'left' : 'active');
}

/** The rows of an answer; of a stack with more than it shows, and not this key among them, all rows. */
async function whole(
  questions: StackQuestions,
  keyId: string,
  rows: readonly StackResource[],
): Promise<Answer<readonly StackResource[]>> {
  const [first] = rows;
  if (first === undefined || rows.length < MOST_RESOURCES) return answered(rows);
  if (rows.some(({ PhysicalResourceId }) => PhysicalResourceId === keyId)) return answered(rows);
  const { StackName, StackId } = first;
  const all: StackResource[] = [];
  const tokens = new Set<string | undefined>();
  for (let token: string | undefined; !tokens.has(token); ) {
    tokens.add(token);
    const page = await questions.listStackResources(StackId ?? StackName ?? '', token);
    if (page.kind === 'failed') return page;
    all.push(...page.value.StackResourceSummaries.map((row) => ({ StackName, StackId, ...row })));
    token = page.value.NextToken;
    if (token === undefined) return answered(all);
  }
  return unreadable('CloudFormation said that there is more and gave no new token to ask for it');
}

const unreadable = (reason: string): { readonly kind: 'failed'; readonly failure: Failure } => ({
  kind: 'failed',
  failure: { kind: 'unreadable', reason },
});
