import { UserError } from '../errors.ts';
import type { HeldBaseline } from '../model/acceptance.ts';
import type { BaselineEntry } from '../model/baseline.ts';
import { plural } from '../model/plural.ts';
import { severityRank } from '../model/rule.ts';
import { parseBaseline } from './baseline.ts';

/** Entries that a baseline did not have before, or had for less: those of one that cannot be read are all new. */
export function addedTo(now: HeldBaseline | null, before: Uint8Array | undefined): readonly BaselineEntry[] {
  const had = new Map(entriesIn(before).map((entry) => [entry.fingerprint, entry]));
  return (now?.entries ?? []).filter(({ fingerprint, severity }) => {
    const was = had.get(fingerprint);
    return was === undefined || severityRank(severity) < severityRank(was.severity);
  });
}

function entriesIn(bytes: Uint8Array | undefined): readonly BaselineEntry[] {
  if (bytes === undefined) return [];
  try {
    return parseBaseline('', Buffer.from(bytes).toString('utf8')).entries;
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

/** How many of them are named. */
const NAMED = 5;

/** What a change does to the baseline, gravest first. */
export function baselineWords(added: readonly BaselineEntry[]): string {
  if (added.length === 0) return 'the baseline';
  const named = added
    .toSorted((one, other) => severityRank(one.severity) - severityRank(other.severity))
    .slice(0, NAMED)
    .map(({ rule, severity, key }) => `${rule} (${severity}) of ${key}`);
  const more = added.length > NAMED ? ` and ${added.length - NAMED} more` : '';
  return `the baseline takes in ${plural(added.length, 'finding')}: ${named.join(', ')}${more}`;
}
