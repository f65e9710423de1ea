import type { Inventory } from '../model/inventory.ts';
import type { KeyArn, Realm } from '../model/key-arn.ts';
import type { Standing } from '../model/key-record.ts';
import { aliasDoubtsOf, aliasDriftsOf } from './alias-drift.ts';
import type { Gathered } from './gather.ts';
import { realmsToAsk } from './key-stores.ts';
import { isLastUseCandidate } from './last-use.ts';
import { lay } from './lay.ts';
import { joinedRecord } from './records.ts';
import { ABSENCE_CLAIMS, type StandingOptions, standingOf } from './standing.ts';

/**
 * What AWS is to be asked once more before an inventory is complete. Each is reckoned when it is asked for; ARNs are
 * sorted.
 */
export interface Doubts {
  /**
   * Keys that would be unmanaged or unclaimed if nobody else had them: other tools are asked about these, and no others.
   * Of an inventory that asks for owners and has no answer yet, none: see `withoutOwners`.
   */
  readonly owners: () => readonly KeyArn[];
  /** Where KMS is asked for its custom key stores once the states were read. */
  readonly keyStores: () => readonly Realm[];
  /** Keys whose aliases KMS is asked for once more, before it is said that they are not where a state has them. */
  readonly aliases: () => readonly KeyArn[];
  /** Keys whose last use a finding may want to tell. */
  readonly lastUse: () => readonly KeyArn[];
  /** Keys about to be called unmanaged, unclaimed, missing or gone: KMS is asked about them once more. */
  readonly absences: () => readonly KeyArn[];
}

const UNHELD: ReadonlySet<Standing> = new Set(['unmanaged', 'unclaimed']);

/** What an inventory leaves in doubt. All answers come from laying it out once, which is what costs. */
export function doubtsOf(inventory: Inventory, options: Omit<StandingOptions, 'secondLook'>): Doubts {
  const { gathering, context } = lay(inventory, { ...options, secondLook: 'assumed' });
  const { proofs, aliasTargets, keyStores } = context;
  const keys = [...gathering.keys.values()];
  const arnsWhere = (holds: (gathered: Gathered) => boolean): readonly KeyArn[] =>
    keys.flatMap((gathered) => (holds(gathered) ? [gathered.key.arn] : [])).sort();
  const stands = (gathered: Gathered): Standing => standingOf(gathered, proofs, context.options).standing;
  return {
    owners: () => arnsWhere((gathered) => UNHELD.has(stands(gathered))),
    keyStores: () => realmsToAsk(inventory, gathering, keyStores, proofs),
    aliases: () =>
      aliasDoubtsOf(
        keys.flatMap((gathered) =>
          gathered.aliases.length === 0
            ? []
            : [[gathered, aliasDriftsOf(gathered, aliasTargets, proofs, 'assumed')] as const],
        ),
      ),
    lastUse: () => arnsWhere((gathered) => isLastUseCandidate(joinedRecord(gathered, context))),
    absences: () => arnsWhere((gathered) => ABSENCE_CLAIMS.has(stands(gathered))),
  };
}

/** The inventory as it is before other tools were asked which keys they have. */
export const withoutOwners = (inventory: Inventory): Inventory => ({
  ...inventory,
  header: { ...inventory.header, requested: inventory.header.requested.filter((source) => source !== 'owners') },
});
