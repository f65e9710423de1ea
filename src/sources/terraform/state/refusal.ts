import type { Header, Sketch } from './sketch.ts';
import { isRecord } from './values.ts';

/** Why a text or document is no state that can be read, in one line; a lock is passed over where nobody named it. */
export interface Refusal {
  readonly kind: 'unreadable' | 'lock';
  readonly reason: string;
}

/** What a text was meant to be, for what is said of one that is something else. */
export type Meant = 'state' | 'plan';

/** A refusal of what was meant to be a state or a plan. */
export const unreadable = (reason: string): Refusal => ({ kind: 'unreadable', reason });

const NO_STATE = unreadable('JSON, but not a Terraform state: it has no version 4');

/** Why this document is no state of version 4 or 3, and no output of `terraform show -json`; undefined when it claims to be one. */
export function refusalOf(sketch: Sketch): Refusal | undefined {
  const { isObject, header } = sketch;
  if (!isObject) return NO_STATE;
  return (
    encrypted(header) ?? otherFile(header) ?? (isOutput(header) ? otherOutput(sketch) : otherVersion(header.version))
  );
}

const isSet = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** OpenTofu wraps an encrypted state in an object of its own (OpenTofu documentation, "State and Plan Encryption"). */
function encrypted({ encryption_version, encrypted_data, sops }: Header): Refusal | undefined {
  if (isSet(encryption_version) || isSet(encrypted_data)) {
    return unreadable('encrypted by OpenTofu: give what `tofu state pull` prints');
  }
  return isRecord(sops) ? unreadable('encrypted by SOPS: give what `sops decrypt` prints') : undefined;
}

function otherFile(header: Header): Refusal | undefined {
  if ([header.ID, header.Operation, header.Who].every((field) => typeof field === 'string')) {
    return { kind: 'lock', reason: 'a state lock, not a state' };
  }
  if ('resources' in header && 'lineage' in header) return undefined;
  if (isRecord(header.backend)) {
    return unreadable('backend settings as `terraform init` leaves them in .terraform, not a state');
  }
  return isPulumi(header) ? unreadable('a Pulumi stack, not a Terraform state: give it with --pulumi') : undefined;
}

/**
 * `pulumi stack export` has a deployment, a backend's file a checkpoint, one of its first version the latest deployment
 * (pulumi/pulumi, sdk/go/common/apitype/core.go: UntypedDeployment, VersionedCheckpoint, CheckpointV1).
 */
const isPulumi = ({ deployment, checkpoint, latest, stack }: Header): boolean =>
  isRecord(deployment) || isRecord(checkpoint) || (isRecord(latest) && typeof stack === 'string');

/** Output of a Terraform command says its format (Terraform documentation, "JSON Output Format"). */
export const isOutput = ({ format_version }: Header): boolean => typeof format_version === 'string';

/**
 * A state without resources and outputs is printed as its format alone (terraform show -json, 1.11.4; hashicorp/terraform,
 * internal/command/jsonstate/state.go, Marshal).
 */
const isOfEmptyState = ({ header, hasOthers }: Sketch): boolean =>
  !hasOthers && Object.keys(header).every((name) => name === 'format_version');

function otherOutput(sketch: Sketch): Refusal | undefined {
  const { header, content } = sketch;
  if ('resource_changes' in header || 'planned_values' in header) {
    return unreadable('a plan as JSON, not a state: give it with --plan');
  }
  const isEmpty = isOfEmptyState(sketch);
  if (!isEmpty && !('values' in header)) return unreadable('JSON output of a terraform command, not a state');
  if (!/^1(\.|$)/.test(String(header.format_version))) {
    return unreadable(
      'output of `terraform show -json` in another format than 1: give what `terraform state pull` prints',
    );
  }
  return isEmpty || content.shown !== undefined
    ? undefined
    : unreadable('damaged: output of `terraform show -json` without values.root_module');
}

/** Versions 1 and 2 are from before Terraform 0.7 (hashicorp/terraform, internal/states/statefile/version2.go). */
function otherVersion(version: unknown): Refusal | undefined {
  if (typeof version !== 'number') return NO_STATE;
  if (version === 4 || version === 3) return undefined;
  return unreadable(
    version < 4
      ? `state version ${version}, from before Terraform 0.7: let a current Terraform write it once more`
      : `state version ${version}: this keydrift reads versions 3 and 4`,
  );
}
