import type { Reading } from '../../../model/attributes.ts';
import type { ConfigurationFact } from '../../../model/facts.ts';
import { unknown } from '../../readings.ts';
import { type Arguments, settingsOf } from './arguments.ts';
import type { Instance } from './expansion.ts';
import { IGNORED_UNREAD, type Ignored, ignoredChanges } from './ignore-changes.ts';
import { ANY, type Target, targetOf } from './key-target.ts';
import { policy } from './key-types.ts';
import { placeOf } from './merged-block.ts';
import type { ModuleInstance } from './module-instance.ts';
import type { ResourceBlock } from './read-blocks.ts';

/** What one instance of an `aws_kms_key_policy` block says, and of which keys. */
export interface DeclaredPolicy {
  readonly target: Target;
  readonly policy: Reading<string>;
  readonly by: NonNullable<ConfigurationFact['policyBy']>;
}

/** The policy of one instance; `isCertain` false where there may be no such instance. */
export function declaredPolicy(
  { resourceType, name, block }: ResourceBlock,
  module: ModuleInstance,
  { index, repetition }: Pick<Instance, 'index' | 'repetition'>,
  isCertain: boolean,
): DeclaredPolicy {
  const settings = settingsOf(block.arguments, (argument) => module.checked(argument, repetition));
  const ignored = ignoredChanges(block);
  return {
    target: targetOf(block.arguments.get('key_id'), module, repetition, isCertain),
    policy: policyIn(settings, ignored),
    by: {
      address: `${module.address === '' ? '' : `${module.address}.`}${resourceType}.${name}${index}`,
      path: block.path,
      line: block.line,
      ...(module.module.source.isInstalled ? { installed: true } : {}),
    },
  };
}

function policyIn(settings: Arguments, ignored: Ignored): Reading<string> {
  if (ignored === 'unread') return unknown(IGNORED_UNREAD);
  return ignored === 'all' || ignored.has('policy') ? { kind: 'silent' } : policy('policy')(settings);
}

/** A key's fact, and its address without its last index. */
export interface PlacedKey {
  readonly fact: ConfigurationFact;
  readonly block: string;
}

/**
 * The facts with the policies that blocks of their own set: these take the place of what the key resource says, and
 * KMS keeps one (AWS provider documentation, "aws_kms_key_policy").
 */
export function withPolicies(
  keys: readonly PlacedKey[],
  policies: readonly DeclaredPolicy[],
): readonly ConfigurationFact[] {
  const certain = new Map<string, DeclaredPolicy>();
  const doubtful = new Map<string, DeclaredPolicy>();
  for (const policy of policies) addTo(certain, doubtful, policy);
  return keys.map(({ fact, block }) => {
    const open = doubtful.get('') ?? doubtful.get(`${block}.`) ?? doubtful.get(fact.address);
    const policy = certain.get(fact.address);
    if (open !== undefined) return saying(fact, unknown(`the aws_kms_key_policy at ${placeOf(open.by)} may set it`));
    return policy === undefined ? fact : settingBy(fact, policy);
  });
}

/** Doubts stand under the address that they are about, under its block with a dot behind, or under nothing for all keys. */
function addTo(
  certain: Map<string, DeclaredPolicy>,
  doubtful: Map<string, DeclaredPolicy>,
  policy: DeclaredPolicy,
): void {
  const { target } = policy;
  if (target.kind === 'open') {
    for (const block of target.blocks ?? ['']) doubtful.set(block === '' ? '' : `${block}.`, policy);
    return;
  }
  // The fact of a key whose index is not known stands for this one too.
  if (!target.address.endsWith(ANY)) doubtful.set(target.block + ANY, policy);
  if (!target.isCertain || certain.has(target.address)) doubtful.set(target.address, policy);
  else certain.set(target.address, policy);
}

function settingBy(fact: ConfigurationFact, { policy, by }: DeclaredPolicy): ConfigurationFact {
  const said = saying(fact, policy);
  return policy.kind === 'silent' ? said : { ...said, policyBy: by };
}

function saying(fact: ConfigurationFact, reading: Reading<string>): ConfigurationFact {
  const { policy: _, ...attributes } = fact.attributes;
  const { policy: __, ...reasons } = fact.unknown;
  switch (reading.kind) {
    case 'known':
      return { ...fact, attributes: { ...attributes, policy: reading.value }, unknown: reasons };
    case 'unknown':
      return { ...fact, attributes, unknown: { ...reasons, policy: reading.reason } };
    case 'silent':
      return { ...fact, attributes, unknown: reasons };
  }
}
