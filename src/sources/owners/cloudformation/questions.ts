import {
  type CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { z } from 'zod';
import type { Ask } from '../../aws/ask.ts';
import type { Pacer, Turn } from '../../aws/pacer.ts';

const text = z.string().optional().catch(undefined);

const resourceShape = {
  LogicalResourceId: text,
  PhysicalResourceId: text,
  ResourceType: text,
  ResourceStatus: text,
};
const stackResources = z.object({
  StackResources: z.array(z.object({ StackName: text, StackId: text, ...resourceShape })).default([]),
});
const listedResources = z.object({
  StackResourceSummaries: z.array(z.object(resourceShape)).default([]),
  NextToken: text,
});
const stacks = z.object({ Stacks: z.array(z.object({ StackId: text, StackStatus: text })).default([]) });

/** One row of a stack. */
export type StackResource = z.infer<typeof stackResources>['StackResources'][number];

/** Every call that keydrift makes to CloudFormation, each at the pacer's turn. All of them only read. */
export const stackQuestions = (client: CloudFormationClient, ask: Ask, pacer: Pacer, signal: AbortSignal) => {
  const paced = async <T>(send: () => Promise<T>): Promise<T> => {
    const turn = await pacer.turn(signal);
    try {
      return await answered(turn, send());
    } catch (error) {
      if (isThrottled(error)) turn.throttled();
      throw error;
    }
  };
  return {
    describeStackResources: (PhysicalResourceId: string) =>
      ask('cloudformation:DescribeStackResources', stackResources, (options) =>
        paced(() => client.send(new DescribeStackResourcesCommand({ PhysicalResourceId }), options)).catch(noStack),
      ),
    listStackResources: (StackName: string, NextToken: string | undefined) =>
      ask('cloudformation:ListStackResources', listedResources, (options) =>
        paced(() => client.send(new ListStackResourcesCommand({ StackName, NextToken }), options)),
      ),
    describeStacks: (StackName: string) =>
      ask('cloudformation:DescribeStacks', stacks, (options) =>
        paced(() => client.send(new DescribeStacksCommand({ StackName }), options)),
      ),
  };
};
/** One function a call of CloudFormation, each with an answer or why there is none. */
export type StackQuestions = ReturnType<typeof stackQuestions>;

/** The SDK tries again by itself: an answer that took several attempts was throttled on the way. */
async function answered<T>(turn: Turn, sent: Promise<T>): Promise<T> {
  const output = await sent;
  if (attemptsOf(output) > 1) turn.throttled();
  else turn.answered();
  return output;
}

const metadata = z.object({ $metadata: z.object({ attempts: z.number() }) });

const attemptsOf = (output: unknown): number => metadata.safeParse(output).data?.$metadata.attempts ?? 1;

/** "Stack for ID does not exist" is a ValidationError too, and an answer: no stack has it. */
function noStack(error: unknown): { readonly StackResources: readonly never[] } {
  if (error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message)) {
    return { StackResources: [] };
  }
  throw error;
}

/** CloudFormation calls it Throttling (AWS CloudFormation API reference, "Common Error Types"). */
const isThrottled = (error: unknown): boolean =>
  error instanceof Error && ['Throttling', 'ThrottlingException'].includes(error.name);
