import { z } from 'zod';
import { keyArnSchema } from '../key-arn.ts';
import { instantSchema } from '../time.ts';

/** Another tool says that it has this key, or had it. */
export const ownerFactSchema = z.strictObject({
  kind: z.literal('owner'),
  arn: keyArnSchema,
  tool: z.enum(['cloudformation', 'pulumi']),
  /** The stack's name, or ARN where that tells more. */
  name: z.string(),
  /** Of a CloudFormation stack its ARN, of a Pulumi stack the file that was read. */
  source: z.string(),
  /** The resource's name in it. */
  resource: z.string().nullable(),
  /** `left`: the stack is deleted, or let go of the key, which is still there. */
  status: z.enum(['active', 'left']),
  readAt: instantSchema,
});
