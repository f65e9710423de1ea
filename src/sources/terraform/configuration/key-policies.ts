import type { Reading } from '../../../model/attributes.ts';
import type { ConfigurationFact } from '../../../model/facts.ts';
import { parseSteps, printAddress, type Step } from './address.ts';
import { settingsOf } from './arguments.ts';
import type { Repetition } from './expansion.ts';
import { evaluated } from './expressions.ts';
import { ignoredChanges } from './ignore-changes.ts';
import { isKeyResource } from './kept-blocks.ts';
import { policy } from './key-types.ts';
import { type MergedBlock, placeOf } from './merged-block.ts';
import type { ModuleInstance } from './module-instance.ts';

/** What one instance of an `aws_kms_key_policy` block says, and of which keys. */
export interface DeclaredPolicy {
  /** Whether a key of this address is the one, or may be. */
  readonly concerns: (address: string) => 'yes' | 'perhaps' | 'no';
  readonly policy: Reading<string>;
  readonly place: string;
}

/** The policy of one instance; `isCertain` false where there may be no such instance. */
export function declaredPolicy(
  block: MergedBlock,
  module: ModuleInstance,
  repetition: Repetition,
  isCertain: boolean,
): DeclaredPolicy {
  const settings = settingsOf(block.arguments, (argument) => module.checked(argument, repetition));
  const ignored = ignoredChanges(block);
  const target = targetOf(block, module, repetition);
  return {
    concerns: (address) => (isCertain ? target(address) : atMostPerhaps(target(address))),
    policy: ignored === 'all' || ignored.has('policy') ? { kind: 'silent' } : policy('policy')(settings),
    place: placeOf(block),
  };
}

const atMostPerhaps = (certainty: ReturnType<DeclaredPolicy['concerns']>): 'perhaps' | 'no' =>
  certainty === 'no' ? 'no' : 'perhaps';

/** `key_id = aws_kms_key.x["a"].id` names its key; of everything else it is not clear which key it comes to. */
function targetOf(block: MergedBlock, module: ModuleInstance, repetition: Repetition): DeclaredPolicy['concerns'] {
  const written = block.arguments.get('key_id')?.text ?? '';
  const steps = parseSteps(unwrapped(written));
  const [type, name, attribute, ...more] = steps ?? [];
  if (type !== undefined && name !== undefined && more.length === 0 && isKeyOf(type, attribute)) {
    return addressed([type, name], module, repetition);
  }
  const mentioned = mentionedKeys(written);
  const prefixes = mentioned?.map((key) => withModule(module, key));
  return (address) =>
    prefixes === undefined || prefixes.some((prefix) => isInstanceOf(address, prefix)) ? 'perhaps' : 'no';
}

const isKeyOf = (type: Step, attribute: Step | undefined): boolean =>
  type.index === undefined &&
  isKeyResource(type.name) &&
  ['id', 'key_id', 'arn'].includes(attribute?.name ?? '') &&
  attribute?.index === undefined;

function addressed(steps: readonly Step[], module: ModuleInstance, repetition: Repetition): DeclaredPolicy['concerns'] {
  const scope = module.scope(repetition);
  const printed = printAddress(steps, (index) => evaluated({ name: 'index', line: 1, text: index }, scope));
  const exact = withModule(module, printed);
  const block = withModule(module, steps.map(({ name }) => name).join('.'));
  const isOpen = printed.endsWith('[*]');
  return (address) => {
    if (address === exact && !isOpen) return 'yes';
    // The index of the key, or of the policy, is not known: any instance may be the one.
    return isInstanceOf(address, block) && (isOpen || address.endsWith('[*]')) ? 'perhaps' : 'no';
  };
}

const withModule = ({ address }: ModuleInstance, resource: string): string =>
  address === '' ? resource : `${address}.${resource}`;

const isInstanceOf = (address: string, block: string): boolean => address === block || address.startsWith(`${block}[`);

/** Before Terraform 0.12 a reference was written as `"${aws_kms_key.x.id}"`. */
const unwrapped = (written: string): string => /^"\$\{([^{}"]*)\}"$/.exec(written)?.[1]?.trim() ?? written;

/** The key blocks that an expression names where it names nothing else that a key could come from; else undefined. */
function mentionedKeys(written: string): readonly string[] | undefined {
  if (/\b(?:var|local|module|data|each|self)\./.test(written)) return undefined;
  const mentioned = [...written.matchAll(/\b(aws\w+)\.([\w-]+)/g)];
  const keys = mentioned.filter(([, type]) => isKeyResource(type));
  return mentioned.length > 0 && keys.length === mentioned.length ? keys.map(([key]) => key) : undefined;
}

/**
 * The facts with the policies that blocks of their own set: these take the place of what the key resource says, and
 * KMS keeps one (AWS provider documentation, "aws_kms_key_policy").
 */
export function withPolicies(
  facts: readonly ConfigurationFact[],
  policies: readonly DeclaredPolicy[],
): readonly ConfigurationFact[] {
  return policies.length === 0 ? facts : facts.map((fact) => withPolicy(fact, policies));
}

function withPolicy(fact: ConfigurationFact, policies: readonly DeclaredPolicy[]): ConfigurationFact {
  const certain = policies.filter(({ concerns }) => concerns(fact.address) === 'yes');
  const open = policies.filter(({ concerns }) => concerns(fact.address) === 'perhaps');
  const [only, ...others] = certain;
  const doubtful = others[0] ?? open[0];
  if (doubtful !== undefined) return unsure(fact, `the aws_kms_key_policy at ${doubtful.place} may set it`);
  if (only === undefined) return fact;
  const { policy: _, ...attributes } = fact.attributes;
  const { policy: __, ...unknown } = fact.unknown;
  switch (only.policy.kind) {
    case 'known':
      return { ...fact, attributes: { ...attributes, policy: only.policy.value }, unknown };
    case 'unknown':
      return { ...fact, attributes, unknown: { ...unknown, policy: only.policy.reason } };
    case 'silent':
      return { ...fact, attributes, unknown };
  }
}

function unsure(fact: ConfigurationFact, reason: string): ConfigurationFact {
  const { policy: _, ...attributes } = fact.attributes;
  return { ...fact, attributes, unknown: { ...fact.unknown, policy: reason } };
}
