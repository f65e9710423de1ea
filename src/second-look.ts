import { type Inventory, joinLooks, type Look } from './model/inventory.ts';
import type { KeyArn } from './model/key-arn.ts';
import type { Need } from './model/rule.ts';
import { doubtsOf, withoutOwners } from './reconcile/doubts.ts';
import type { StandingOptions } from './reconcile/standing.ts';
import type { Account } from './sources/account.ts';

/** What was seen so far, and who can be asked about it. */
export interface SecondLook {
  readonly account: Account;
  /** The looks as an inventory, for reconcile to say what they leave in doubt. */
  readonly inventoryOf: (looks: readonly Look[]) => Inventory;
  readonly options: Omit<StandingOptions, 'secondLook'>;
  readonly needs: ReadonlySet<Need>;
}

/**
 * Asks what only makes sense once the states were read: who else has the keys that no state holds, which key stores
 * there are, when keys in question were last used, and last KMS once more for every claim that something is not there
 * or elsewhere. The last of `known` is KMS's word on named keys, which was asked for after the states.
 */
export async function withSecondLook(known: readonly Look[], asking: SecondLook): Promise<readonly Look[]> {
  const { account, inventoryOf, options, needs } = asking;
  const looks = [...known];
  const seen = inventoryOf(looks);
  const before = doubtsOf(withoutOwners(seen), options);
  if (seen.header.requested.includes('owners')) looks.push(await account.stacks(before.owners()));
  if (needs.has('live.keyStore')) looks.push(await account.keyStores(before.keyStores()));
  const moved = await account.describeWithAliases(before.aliases());
  looks.push(moved);
  // Laid out anew only here: what other tools and KMS have just said decides what is left to ask.
  const after = doubtsOf(inventoryOf(looks), options);
  if (needs.has('live.lastUsage')) looks.push(await account.lastUsage(after.lastUse()));
  const named = known.at(-1);
  const answered = [...(named === undefined ? [] : [named]), moved];
  return [...looks, await account.describe(notAskedSince(after.absences(), answered))];
}

/** Keys that a look after the states has just answered for need no other. */
function notAskedSince(claims: readonly KeyArn[], looks: readonly Look[]): readonly KeyArn[] {
  const asked = new Set(joinLooks(looks).facts.map((fact) => ('arn' in fact ? fact.arn : null)));
  return claims.filter((arn) => !asked.has(arn));
}
