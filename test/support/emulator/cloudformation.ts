import type { Call } from './call.ts';
import { type Cloud, contentsOf, type Stack } from './cloud.ts';
import { AwsError } from './errors.ts';
import { queryAnswer, type Xml } from './query.ts';

const NAMESPACE = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

/** Most resources in one answer of DescribeStackResources, and on one page of ListStackResources. */
const MOST = 100;

const validation = (message: string): AwsError => new AwsError('ValidationError', message);

const stacksOf = (cloud: Cloud, call: Call): readonly Stack[] => contentsOf(cloud, call.realm).stacks;

/** A running stack by its name or id, a deleted one by its id alone. */
function stackNamed(cloud: Cloud, call: Call): Stack {
  const name = String(call.input['StackName']);
  const found = stacksOf(cloud, call).find(
    (stack) => stack.id === name || (stack.name === name && stack.status !== 'DELETE_COMPLETE'),
  );
  if (found === undefined) throw validation(`Stack with id ${name} does not exist`);
  return found;
}

/** Of a stack that let go of a resource and one that imported it, the latter. */
const stackWith = (stacks: readonly Stack[], physicalId: unknown): Stack | undefined =>
  stacks
    .filter(({ resources }) => resources.some((resource) => resource.physicalId === physicalId))
    .sort((a, b) => Number(a.status === 'DELETE_COMPLETE') - Number(b.status === 'DELETE_COMPLETE'))[0];

const row = ({ logicalId, physicalId, type, status }: Stack['resources'][number]) => ({
  LogicalResourceId: logicalId,
  PhysicalResourceId: physicalId,
  ResourceType: type,
  ResourceStatus: status,
});

function describeStackResources(cloud: Cloud, call: Call): Xml {
  const physicalId = call.input['PhysicalResourceId'];
  const stack = physicalId === undefined ? stackNamed(cloud, call) : stackWith(stacksOf(cloud, call), physicalId);
  if (stack === undefined) throw validation(`Stack for ${String(physicalId)} does not exist`);
  const { name, id, resources } = stack;
  return {
    StackResources: resources.slice(0, MOST).map((resource) => ({
      StackName: name,
      StackId: id,
      ...row(resource),
      Timestamp: '2026-01-01T00:00:00Z',
    })),
  };
}

function listStackResources(cloud: Cloud, call: Call): Xml {
  const { resources } = stackNamed(cloud, call);
  const start = Number(call.input['NextToken'] ?? 0);
  const end = start + MOST;
  return {
    StackResourceSummaries: resources
      .slice(start, end)
      .map((resource) => ({ ...row(resource), LastUpdatedTimestamp: '2026-01-01T00:00:00Z' })),
    NextToken: end < resources.length ? String(end) : undefined,
  };
}

function describeStacks(cloud: Cloud, call: Call): Xml {
  const { name, id, status } = stackNamed(cloud, call);
  return {
    Stacks: [{ StackName: name, StackId: id, StackStatus: status, CreationTime: '2026-01-01T00:00:00Z' }],
  };
}

const answering =
  (run: (cloud: Cloud, call: Call) => Xml) =>
  (cloud: Cloud, call: Call): string =>
    queryAnswer(NAMESPACE, call, run(cloud, call));

/** What CloudFormation answers, as XML. */
export const CLOUDFORMATION_OPERATIONS: Readonly<Record<string, (cloud: Cloud, call: Call) => string>> = {
  DescribeStackResources: answering(describeStackResources),
  ListStackResources: answering(listStackResources),
  DescribeStacks: answering(describeStacks),
};
