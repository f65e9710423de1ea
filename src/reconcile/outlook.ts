import type { StateFact } from '../model/facts.ts';
import type { PlannedChange } from '../model/key-record.ts';

/** What the next applies do to a key, or why that is not known. */
export interface Outlook {
  readonly changes: readonly PlannedChange[];
  readonly gap?: string;
}

/** The first reason why one of them is not known. */
export const gapIn = (outlooks: readonly Outlook[]): string | undefined =>
  outlooks.find(({ gap }) => gap !== undefined)?.gap;

/** Nothing that anybody would be told of. */
export const NOTHING: Outlook = { changes: Object.freeze([]) };

/** A change of which nothing more is said. */
export const PLAIN = {
  because: [],
  reason: null,
  createsFirst: false,
  location: null,
} as const satisfies Partial<PlannedChange>;

/** The same of an instance, by what configuration and state come to. */
export const changed = ({ address, deletionWindowInDays }: Pick<StateFact, 'address' | 'deletionWindowInDays'>) => ({
  ...PLAIN,
  by: 'configuration' as const,
  plan: null,
  address,
  deletionWindowInDays,
});
