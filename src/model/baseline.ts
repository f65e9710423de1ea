import { z } from 'zod';
import { ATTRIBUTE_NAMES } from './attributes.ts';
import { SEVERITIES } from './rule.ts';
import { daySchema } from './time.ts';

/** Changes when a keydrift that reads the one before could misread a baseline. */
export const BASELINE_VERSION = '1';

/** One known finding. */
export const baselineEntrySchema = z.strictObject({
  rule: z.string(),
  /** The key's id. */
  key: z.string(),
  attribute: z.enum(ATTRIBUTE_NAMES).optional(),
  /** At the time: a finding that has become worse is open again. */
  severity: z.enum(SEVERITIES),
  /** When it was first taken in. */
  since: daySchema,
  reason: z.string().min(1).optional(),
  fingerprint: z.string(),
});
export type BaselineEntry = z.infer<typeof baselineEntrySchema>;

/** An entry of which it is proved that its finding is gone, with the line that it stands on. */
export const staleEntrySchema = baselineEntrySchema.extend({ line: z.number().int().positive() });
export type StaleEntry = z.infer<typeof staleEntrySchema>;

/** `.keydrift.baseline.json`: findings known when keydrift came, sorted by rule, key and attribute. */
export const baselineSchema = z.strictObject({
  version: z.literal(BASELINE_VERSION),
  findings: z.array(baselineEntrySchema),
});
