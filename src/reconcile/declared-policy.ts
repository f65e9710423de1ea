import type { ConfigurationFact, StateFact, StatePolicyFact } from '../model/facts.ts';
import type { KeyArnParts } from '../model/key-arn.ts';
import type { Difference } from '../model/key-record.ts';
import { isDefaultKeyPolicy, policyMeaning } from '../model/policy-meaning.ts';
import { byContent } from './ordered.ts';

/**
 * Instances as `aws_kms_key_policy` leaves them: what that sets takes the place of the key's own `policy`, which then is
 * whatever the last refresh found (AWS provider, aws_kms_key_policy).
 */
export function withPolicies(state: readonly StateFact[], policies: readonly StatePolicyFact[]): readonly StateFact[] {
  const [first, ...others] = policies.length < 2 ? policies : policies.toSorted(byContent);
  if (first === undefined || state.length === 0) return state;
  const set = others.some((other) => !saysTheSame(first, other))
    ? { unknown: `${first.address} and ${others.length === 1 ? others[0]?.address : 'others'} set different policies` }
    : settingOf(first);
  return state.map((instance) => (instance.status === 'deposed' ? instance : withPolicy(instance, set)));
}

/**
 * Differences of the policy with the address of the `aws_kms_key_policy` that declares it: an apply of the key alone does
 * not set it (Terraform, "Resource Targeting": what a resource depends on is applied with it, what depends on it is not).
 */
export function withPolicyAddress(
  differences: readonly Difference[],
  { policies, configuration }: Pick<PolicyWitnesses, 'policies' | 'configuration'>,
): readonly Difference[] {
  if (differences.length === 0) return differences;
  const declaring = configuration.flatMap(({ policyBy }) => policyBy ?? []);
  const address = declaring[0]?.address ?? policies.map((policy) => policy.address).toSorted()[0];
  if (address === undefined) return differences;
  return differences.map((difference) => (difference.attribute === 'policy' ? { ...difference, address } : difference));
}

type Setting = { readonly value: string } | { readonly unknown: string };

const settingOf = ({ address, policy, unknownPolicy }: StatePolicyFact): Setting =>
  policy === null ? { unknown: unknownPolicy ?? `${address} has no policy in the state` } : { value: policy };

function saysTheSame(one: StatePolicyFact, other: StatePolicyFact): boolean {
  if (one.policy === null || other.policy === null) return one.policy === other.policy;
  return one.policy === other.policy || policyMeaning(one.policy) === policyMeaning(other.policy);
}

function withPolicy(instance: StateFact, set: Setting): StateFact {
  const { policy: _, ...attributes } = instance.attributes;
  const { policy: __, ...unknown } = instance.unknown;
  return 'value' in set
    ? { ...instance, attributes: { ...attributes, policy: set.value }, unknown }
    : { ...instance, attributes, unknown: { ...unknown, policy: set.unknown } };
}

/** Whether somebody sets a key's policy, or why that is not known. */
export interface PolicyDeclaration {
  readonly declared: boolean | null;
  readonly gap?: string;
}

/** Who speaks of a key's policy, and where they disagree. */
export interface PolicyWitnesses {
  readonly key: KeyArnParts;
  readonly state: readonly StateFact[];
  readonly policies: readonly StatePolicyFact[];
  readonly configuration: readonly ConfigurationFact[];
  readonly differences: readonly Difference[];
}

/** Whether a policy is another than KMS gives to keys of this account. */
export type SetPolicyTest = (policy: string, key: KeyArnParts) => boolean;

const REMEMBERED = 1000;

/** A test that remembers: the keys of an account have the same few policies. */
export function setPolicyTest(): SetPolicyTest {
  const known = new Map<string, boolean>();
  return (policy, key) => {
    const name = `${key.partition} ${key.account} ${policy}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const isSet = policyMeaning(policy) !== undefined && !isDefaultKeyPolicy(policy, key);
    if (known.size < REMEMBERED) known.set(name, isSet);
    return isSet;
  };
}

/**
 * Whether configuration or state sets the policy. A state alone does not tell what was set from what KMS made: any
 * policy but KMS's default one was set by somebody, by this code or beside it.
 */
export function policyDeclaration(
  { key, state, policies, configuration, differences }: PolicyWitnesses,
  isSet: SetPolicyTest,
): PolicyDeclaration {
  if (policies.length > 0) return { declared: true };
  const blocks = configuration.filter(({ instances }) => instances !== 'none');
  if (blocks.length > 0) return { declared: blocks.some(speaksOfPolicy) };
  const texts = state.flatMap(({ attributes, status }) => (status === 'deposed' ? [] : (attributes.policy ?? [])));
  if (texts.some((text) => isSet(text, key))) return { declared: true };
  // Said only where it matters: of nearly every key there is nothing to compare.
  const isAsked = differences.some(({ attribute }) => attribute === 'policy');
  return isAsked ? { declared: null, gap: NOT_TOLD } : { declared: null };
}

const NOT_TOLD =
  "the state has KMS's default key policy, which the code may set or leave to KMS: only its configuration tells";

const speaksOfPolicy = ({ attributes, unknown }: ConfigurationFact): boolean =>
  attributes.policy !== undefined || unknown.policy !== undefined;
