import type { z } from 'zod';
import { callSignal } from './call-signal.ts';
import { errorText } from './error-text.ts';
import { type Answer, type Failure, type FailureKind, failureOf } from './failure.ts';

/** What goes with each SDK call. */
interface CallOptions {
  readonly abortSignal: AbortSignal;
}

/** Makes one call and gives its outcome as a value; it never rejects. An interrupted scan asks nothing more. */
export type Ask = <T>(
  permission: string,
  schema: z.ZodType<T>,
  send: (options: CallOptions) => Promise<unknown>,
) => Promise<Answer<T>>;

/** After so many calls in a row without an answer the rest is not asked: the service or the way to it is down. */
const GIVE_UP_AFTER = 100;

/** Answers, though unwelcome ones: whoever gives them is there. */
const ANSWERED: ReadonlySet<FailureKind> = new Set(['denied', 'not-found', 'unreadable', 'other']);

const failed = (failure: Failure): Answer<never> => ({ kind: 'failed', failure });

/** Asks until the scan is interrupted, or until so many calls in a row had no answer that the rest is pointless. */
export function asking(signal: AbortSignal, giveUpAfter = GIVE_UP_AFTER): Ask {
  const options = { abortSignal: callSignal(signal) };
  let unanswered = 0;
  let last = '';

  const fail = (failure: Failure): Answer<never> => {
    unanswered = ANSWERED.has(failure.kind) ? 0 : unanswered + 1;
    last = failure.reason;
    return failed(failure);
  };

  return async (permission, schema, send) => {
    if (signal.aborted) return failed({ kind: 'interrupted', reason: 'interrupted' });
    if (unanswered >= giveUpAfter)
      return failed({
        kind: 'not-asked',
        reason: `not asked, ${giveUpAfter} calls before it failed in a row: ${last}`,
      });
    let output: unknown;
    try {
      output = await send(options);
    } catch (error) {
      return fail(failureOf(error, permission));
    }
    unanswered = 0;
    const parsed = schema.safeParse(output);
    if (parsed.success) return { kind: 'answered', value: parsed.data };
    return failed({
      kind: 'unreadable',
      reason: `the answer cannot be read: ${errorText(parsed.error.issues[0]?.message)}`,
    });
  };
}
