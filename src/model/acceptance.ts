import { z } from 'zod';
import type { BaselineEntry } from './baseline.ts';
import type { Source } from './coverage.ts';
import { DAY, daySchema, type Instant, toEpochMs } from './time.ts';

const place = z.strictObject({ path: z.string(), line: z.number().int().positive() });

/** That somebody answers for something, until when, and where that is written. */
export const acceptanceSchema = z.strictObject({
  /** The baseline, the settings file, or a comment above a block. */
  by: z.enum(['baseline', 'settings', 'comment']),
  reason: z.string().min(1),
  owner: z.string().min(1).optional(),
  /** The last day on which it holds, in UTC; without one it does not end. */
  expires: daySchema.optional(),
  place,
});
export type Acceptance = z.infer<typeof acceptanceSchema>;

/** An acceptance that no longer holds. */
export const lapsedSchema = acceptanceSchema.extend({
  /** Why, as a clause: `it ended on 2026-01-31`, `it was medium when it was taken in`. */
  because: z.string().min(1),
});
export type Lapsed = z.infer<typeof lapsedSchema>;

/** Whether an acceptance has ended by then. */
export const isExpired = ({ expires }: Pick<Acceptance, 'expires'>, asOf: Instant): boolean =>
  expires !== undefined && toEpochMs(asOf) >= toEpochMs(expires) + DAY;

/** In days: a year, and the month in which somebody gets to it. */
const FAR_DAYS = 400;

/** Whether an acceptance ends so late that nobody will look at it again: as good as without an end. */
export const isFarOff = ({ expires }: Pick<Acceptance, 'expires'>, asOf: Instant): boolean =>
  expires !== undefined && toEpochMs(expires) - toEpochMs(asOf) > FAR_DAYS * DAY;

/** What is to be said of one that ends so late. */
export const farOffWords = ({ expires }: Pick<Acceptance, 'expires'>): string =>
  `ends on ${expires}, which is more than ${FAR_DAYS} days away: name a day on which somebody looks at it again`;

/** What a suppression says of the keys that it is for; globs, all of those given must fit. */
export interface SuppressionMatch {
  readonly arn?: string | undefined;
  /** Terraform's, of a block or an instance; with or without its root (`infra#aws_kms_key.orders`). */
  readonly address?: string | undefined;
  /** ARN of the principal that made the key, or of the role behind its session. */
  readonly creator?: string | undefined;
  /** As configuration or state declares them: whoever made the key wrote those that it has. */
  readonly alias?: string | undefined;
  readonly tag?: { readonly key: string; readonly value?: string | undefined } | undefined;
}

/** Findings of one rule that somebody answers for. */
export interface Suppression {
  readonly rule: string;
  readonly match: SuppressionMatch;
  readonly acceptance: Acceptance;
  /** `path:line:column` of the rule's name, for errors. */
  readonly ruleAt: string;
}

/** A coverage gap that somebody answers for; what is undefined fits all. */
export interface AcceptedGap {
  readonly source: Source;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  /** Of one key. */
  readonly arn?: string | undefined;
  /** Of a state, a configuration or a plan: its place as coverage names it, as a glob. */
  readonly locator?: string | undefined;
  readonly acceptance: Acceptance;
}

/** All that somebody answers for, beside the comments that configuration facts carry. */
export interface Acceptances {
  readonly suppressions: readonly Suppression[];
  readonly gaps: readonly AcceptedGap[];
  /** null where there is none. */
  readonly baseline: HeldBaseline | null;
}

/** A baseline as it was read, and how messages call its file. */
export interface HeldBaseline {
  readonly path: string;
  /** Each with the line that it stands on. */
  readonly entries: readonly (BaselineEntry & { readonly line: number })[];
}

export const NOTHING_ACCEPTED: Acceptances = { suppressions: [], gaps: [], baseline: null };
