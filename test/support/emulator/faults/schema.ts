import { z } from 'zod';

/** Which calls a fault is about: every part that is given must fit. */
const matching = {
  service: z.enum(['kms', 'cloudtrail', 'sts', 'cloudformation']).optional(),
  api: z.string().optional(),
  account: z.string().optional(),
  region: z.string().optional(),
  /** Key id or ARN that the call asks about. */
  key: z.string().optional(),
  /** Matching calls that pass untouched before it begins. */
  skip: z.number().int().nonnegative().default(0),
  /** How many matching calls it hits; all when absent. */
  times: z.number().int().positive().optional(),
  /** Hits each nth matching call only. */
  every: z.number().int().positive().default(1),
  /** Milliseconds from the first matching call, after which it is over. */
  forMs: z.number().positive().optional(),
};

const ms = z.number().nonnegative();

/** Something that goes wrong, by script. */
export const faultSchema = z.discriminatedUnion('fault', [
  z.strictObject({ fault: z.literal('throttle'), ...matching }),
  z.strictObject({
    fault: z.literal('server-error'),
    status: z.number().int().min(500).max(599).default(500),
    ...matching,
  }),
  z.strictObject({ fault: z.literal('reset'), ...matching }),
  /** Answers after `ms`, or after something between `ms` and `toMs`, the same each run. */
  z.strictObject({ fault: z.literal('slow'), ms, toMs: ms.optional(), ...matching }),
  z.strictObject({ fault: z.literal('deny'), ...matching }),
  /** Any other error by its AWS code. */
  z.strictObject({
    fault: z.literal('error'),
    code: z.string(),
    message: z.string().default(''),
    status: z.number().int().default(400),
    ...matching,
  }),
  /** For each key made through the emulator, or for `key`, the first `times` calls about it answer NotFoundException. */
  z.strictObject({ fault: z.literal('not-yet-visible'), ...matching, times: z.number().int().positive() }),
  /** LookupEvents answers a page without events, with a token that goes on where this page would have begun. */
  z.strictObject({ fault: z.literal('empty-page'), ...matching }),
  /** LookupEvents calls that bring a token answer InvalidNextTokenException. */
  z.strictObject({ fault: z.literal('expire-token'), ...matching }),
  /** Each event of the page stands there twice. */
  z.strictObject({ fault: z.literal('duplicate-records'), ...matching }),
  /** LookupEvents keeps back its newest `records` events. */
  z.strictObject({ fault: z.literal('late-records'), records: z.number().int().positive(), ...matching }),
  /** The first event of the page carries a CloudTrailEvent that is cut in the middle. */
  z.strictObject({ fault: z.literal('malformed-record'), ...matching }),
]);
/** A fault as one writes it. */
export type Fault = z.input<typeof faultSchema>;
/** A fault with its defaults filled in. */
export type ScriptedFault = z.output<typeof faultSchema>;
