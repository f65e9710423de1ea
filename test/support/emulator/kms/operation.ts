import type { z } from 'zod';
import type { Call, Recorded } from '../call.ts';
import type { Cloud } from '../cloud.ts';
import { recordedRequest } from '../cloudtrail/recorded-form.ts';
import { validation } from '../errors.ts';

/** The answer to a call, and for writes what CloudTrail keeps of it. */
interface Answer {
  readonly output: unknown;
  readonly recorded?: Recorded;
}

/** An API operation. */
export interface Operation {
  readonly writes: boolean;
  readonly run: (cloud: Cloud, call: Call) => Answer;
}

function parsed<T>(schema: z.ZodType<T>, call: Call): T {
  const result = schema.safeParse(call.input);
  if (result.success) return result.data;
  const issues = result.error.issues.map(
    (issue) => `'${issue.path.join('.')}' failed to satisfy constraint: ${issue.message}`,
  );
  throw validation(`${issues.length} validation error detected: ${issues.join('; ')}`);
}

/** An operation that changes nothing and leaves no record here. */
export const reads = <T>(schema: z.ZodType<T>, run: (cloud: Cloud, call: Call, input: T) => unknown): Operation => ({
  writes: false,
  run: (cloud, call) => ({ output: run(cloud, call, parsed(schema, call)) }),
});

/** What a write says for CloudTrail; `request` is the call's own input when absent. */
export interface Written {
  readonly output?: unknown;
  readonly request?: Readonly<Record<string, unknown>>;
  readonly response?: unknown;
  readonly resources: readonly string[];
  /** Some calls that CloudTrail keeps change nothing. */
  readonly readOnly?: boolean;
}

/** An operation that leaves a CloudTrail record. */
export const writes = <T extends Readonly<Record<string, unknown>>>(
  schema: z.ZodType<T>,
  run: (cloud: Cloud, call: Call, input: T) => Written,
): Operation => ({
  writes: true,
  run: (cloud, call) => {
    const input = parsed(schema, call);
    const { output = {}, request = input, response = null, resources, readOnly = false } = run(cloud, call, input);
    return { output, recorded: { request: recordedRequest(request), response, resources, readOnly } };
  },
});
