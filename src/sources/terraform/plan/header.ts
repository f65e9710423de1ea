import { type Refusal, unreadable } from '../state/refusal.ts';

/** What stands at the top of a document: a value where it tells something, true where that it is there is all. */
export type Header = Record<string, unknown>;

/** `terraform plan -json` prints a line of JSON for each event (Terraform documentation, "Machine-Readable UI"). */
export const logIn = (header: Readonly<Header>): Refusal | undefined =>
  '@level' in header
    ? unreadable(
        'the log of `terraform plan -json`, not a plan: save one with -out=PLAN, then `terraform show -json PLAN`',
      )
    : undefined;

/**
 * Why this document is no plan that can be read; undefined when it is one.
 * What it says may be from anywhere: only a version number is repeated.
 */
export function refusalOf(header: Readonly<Header>): Refusal | undefined {
  if (isText(header['encryption_version'])) {
    return unreadable('encrypted by OpenTofu: give what `tofu show -json PLAN` prints');
  }
  if (typeof header['version'] === 'number' && ('lineage' in header || 'resources' in header)) {
    return unreadable('a Terraform state, not a plan: give it with --state');
  }
  return otherFormat(header);
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function otherFormat(header: Readonly<Header>): Refusal | undefined {
  const format = header['format_version'];
  if (!isText(format)) return unreadable('JSON, but not a Terraform plan: it has no format_version');
  if ('planned_values' in header) return otherVersion(format);
  if ('values' in header) {
    return unreadable(
      'a state as `terraform show -json` prints it, not a plan: give it with --state, and name the plan to show',
    );
  }
  if ('provider_schemas' in header) return unreadable('provider schemas, not a plan');
  return unreadable('JSON output of a terraform command, but not a plan: give what `terraform show -json PLAN` prints');
}

/** Minor versions only add to it (Terraform documentation, "JSON Output Format", format version). */
function otherVersion(format: string): Refusal | undefined {
  const [, major] = /^(\d{1,4})(\.\d{1,4})?$/.exec(format) ?? [];
  if (major === '1') return undefined;
  const spelt = major === undefined ? 'of a kind' : format;
  return unreadable(`plan format ${spelt} that this keydrift does not read: it reads 1.x, of Terraform 1.1 and later`);
}

/**
 * Why an apply may do more than the plan says (Terraform documentation, "JSON Output Format", plan representation).
 * Before 1.8 a plan does not say whether it is complete.
 */
export function shortfallOf({ errored, complete }: Readonly<Header>): string | undefined {
  if (errored === true) return 'planning ended in an error: what Terraform did not get to is not in it';
  return complete === false
    ? 'the plan says that it is not complete: made with -target, or some changes are deferred to a later one'
    : undefined;
}
