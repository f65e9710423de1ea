import type { RemovedFact } from '../model/facts.ts';

/**
 * Terraform's `action_reason` in words, no more specific than Terraform is (hashicorp/terraform, internal/plans/changes.go,
 * ResourceInstanceChangeActionReason; "JSON Output Format", resource_changes).
 */
const IN_WORDS: Readonly<Record<string, string | null>> = {
  replace_because_tainted: 'the instance is tainted',
  // The attributes say it all.
  replace_because_cannot_update: null,
  replace_by_request: 'asked for with -replace',
  replace_by_triggers: 'something in its replace_triggered_by changes',
  delete_because_no_resource_config: 'no block declares it',
  delete_because_no_module: 'the module instance that it is in is no longer declared',
  delete_because_wrong_repetition: 'its index does not fit its block, which now has count, for_each or neither',
  delete_because_count_index: 'its count no longer reaches this index',
  delete_because_each_key: 'its for_each no longer has this key',
  delete_because_no_move_target: 'a moved block leads to this address, which no block declares',
};

/** Why, for people; a reason that is new is told as Terraform spells it. */
export const reasonInWords = (actionReason: string | null): string | null =>
  actionReason !== null && Object.hasOwn(IN_WORDS, actionReason) ? (IN_WORDS[actionReason] ?? null) : actionReason;

/** Why a `removed` block destroys. Without `destroy` Terraform destroys and OpenTofu forgets (internal/configs/removed.go of each). */
export const removalReason = ({ destroy }: RemovedFact): string =>
  destroy === null
    ? 'a removed block that does not say destroy = false: Terraform destroys, OpenTofu only forgets'
    : 'a removed block with destroy = true';
