import { fitted } from '../fitted.ts';

/**
 * What the format allows, in characters (AWS Security Hub API reference, AwsSecurityFinding, Recommendation and
 * Resource; Security Hub user guide, "Tags" and "Other" of resource details, both below their limit).
 */
const LIMITS = {
  id: 512,
  title: 256,
  description: 1024,
  remediation: 512,
  productField: 2048,
  resourceId: 512,
  tagKey: 128,
  tagValue: 256,
  detail: 1023,
} as const;

/** At most so many entries of a map (as above). */
export const MAP_ENTRIES = 50;

/** Text that fits; every text of the format has a character that is no blank (pattern `.*\S.*`). */
export const text = (limit: keyof typeof LIMITS, value: string): string => {
  const fit = fitted(value, LIMITS[limit]);
  return fit.trim() === '' ? '-' : fit;
};

/** The same, cut between words: half of a command may be another one. */
export const wholeWords = (limit: keyof typeof LIMITS, value: string): string => {
  const fit = text(limit, value);
  return fit === value || !fit.endsWith('…') ? fit : fit.replace(/(?<=\S)\s+\S*…$/, ' …');
};

/** The fields that have something to say, each as a text that fits. */
export const texts = (
  limit: keyof typeof LIMITS,
  fields: Readonly<Record<string, string | null | undefined>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value == null || value.trim() === '' ? [] : [[name, text(limit, value)]],
    ),
  );
