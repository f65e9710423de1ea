import type { Realm } from '../../../../src/model/key-arn.ts';
import type { Cloud } from '../cloud.ts';

/** Where a thing of a world is: its account is the first one when it names none. */
export function realmOf(
  cloud: Cloud,
  place: { readonly account?: string | undefined; readonly region: string },
): Realm {
  const account = place.account === undefined ? [...cloud.accounts.values()][0] : cloud.accounts.get(place.account);
  if (account === undefined) throw new Error(`the world has no account ${place.account}: list it under accounts`);
  return { partition: account.partition, account: account.id, region: place.region };
}
