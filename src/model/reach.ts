import { z } from 'zod';
import type { Realm } from './key-arn.ts';

/** The accounts and Regions that a root's keys can be in; null is all of them, for nobody said which. */
export const reachSchema = z.strictObject({
  accounts: z.array(z.string()).nullable(),
  regions: z.array(z.string()).nullable(),
});
export type Reach = z.infer<typeof reachSchema>;

/** What an unknown reach is. */
export const EVERYWHERE: Reach = { accounts: null, regions: null };

/** Whether a key of this account and Region can be held by something of this reach. */
export const reaches = (
  { accounts, regions }: Reach,
  { account, region }: Pick<Realm, 'account' | 'region'>,
): boolean => (accounts === null || accounts.includes(account)) && (regions === null || regions.includes(region));
