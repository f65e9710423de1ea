import { isRecord } from './values.ts';

/** Why a text or document is no state that can be read, in one line; a lock is passed over where nobody named it. */
export interface Refusal {
  readonly kind: 'unreadable' | 'lock';
  readonly reason: string;
}

/** A refusal of what was meant to be a state. */
export const unreadable = (reason: string): Refusal => ({ kind: 'unreadable', reason });

const NO_STATE = unreadable('JSON, but not a Terraform state: it has no version 4');

/** Why this document is not a version 4 state; undefined when it claims to be one. */
export function refusalOf(document: unknown): Refusal | undefined {
  if (!isRecord(document)) return NO_STATE;
  return encrypted(document) ?? otherTerraformFile(document) ?? otherVersion(document['version']);
}

/** OpenTofu wraps an encrypted state in an object of its own (OpenTofu documentation, "State and Plan Encryption"). */
function encrypted(document: Readonly<Record<string, unknown>>): Refusal | undefined {
  if (typeof document['encryption_version'] === 'string' && document['encryption_version'] !== '') {
    return unreadable('encrypted by OpenTofu: give what `tofu state pull` prints');
  }
  return isRecord(document['sops']) ? unreadable('encrypted by SOPS: give what `sops decrypt` prints') : undefined;
}

function otherTerraformFile(document: Readonly<Record<string, unknown>>): Refusal | undefined {
  if (typeof document['format_version'] === 'string') return unreadable(commandOutput(document));
  if (['ID', 'Operation', 'Who'].every((field) => typeof document[field] === 'string')) {
    return { kind: 'lock', reason: 'a state lock, not a state' };
  }
  if (isRecord(document['backend']) && !('lineage' in document && 'resources' in document)) {
    return unreadable('backend settings as `terraform init` leaves them in .terraform, not a state');
  }
  return undefined;
}

/** `terraform show -json`, of a plan or a state, and its siblings (Terraform documentation, "JSON Output Format"). */
function commandOutput(document: Readonly<Record<string, unknown>>): string {
  if ('resource_changes' in document || 'planned_values' in document) return 'a plan as JSON, not a state';
  if (!('values' in document)) return 'JSON output of a terraform command, not a state';
  return 'output of `terraform show -json`, not a state: give what `terraform state pull` prints';
}

function otherVersion(version: unknown): Refusal | undefined {
  if (typeof version !== 'number') return NO_STATE;
  if (version < 4) {
    return unreadable(
      `state version ${version}, from before Terraform 0.12: let a current Terraform write it once more`,
    );
  }
  return version > 4 ? unreadable(`state version ${version}: this keydrift reads version 4`) : undefined;
}
