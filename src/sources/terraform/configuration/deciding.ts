import { createHmac, randomBytes } from 'node:crypto';
import { REPLACING } from '../../../model/comparisons.ts';
import type { Undecided } from '../../../model/facts/configuration.ts';
import { type Argument, cutBody } from './blocks.ts';
import { type Declaration, providerOf } from './declaration.ts';
import type { Repetition } from './expansion.ts';
import { followArguments } from './following.ts';
import { ignoredChanges } from './ignore-changes.ts';
import { REPEATED } from './mentions.ts';
import type { MergedBlock } from './merged-block.ts';
import type { ModuleInstance } from './module-instance.ts';
import { endpointsIn, followAccount, followEndpoints, followRegion } from './provider-trail.ts';
import type { ProviderConfig } from './providers.ts';
import type { ResourceBlock } from './read-blocks.ts';
import { type OthersOf, Trail } from './trail.ts';

/** One instance of a key block, or what stands for all of them. */
interface Deciding {
  readonly repetition: Repetition;
  readonly declared: Declaration;
  /** Which instances there are is not known by the block's own count or for_each. */
  readonly isOpen: boolean;
}

/** What of an instance is not known without a plan, and what decides it. */
export type DecidingOf = (of: Deciding) => readonly Undecided[];

/** Values may be secrets: their digests are compared within one run, and worth nothing to anybody else. */
const SALT = randomBytes(32);

/** Nobody asks. */
export const NOBODY_ASKS: DecidingOf = () => [];

/**
 * What decides the fate of the keys of one block where that is not known without a plan: which instances there are, what
 * replaces them, in which Region and account they are looked for. Each is worked out once for all instances.
 */
export function decidingIn(resource: ResourceBlock, module: ModuleInstance, othersOf: OthersOf): DecidingOf {
  const known = new Map<string, Undecided>();
  const once = (what: Undecided['what'], name: string, gather: (trail: Trail) => void): Undecided => {
    const key = `${what}\n${name}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const trail = new Trail(othersOf);
    gather(trail);
    const { texts, reads, lists } = trail.followed;
    const digest = createHmac('sha256', SALT)
      .update(JSON.stringify([name, texts]))
      .digest('hex');
    const found = {
      what,
      by: digest,
      ...(reads.length > 0 ? { reads: [...reads] } : {}),
      ...(lists.length > 0 ? { lists: [...lists] } : {}),
    };
    known.set(key, found);
    return found;
  };
  const { block, resourceType } = resource;
  const provider = providerOf(resourceType, block, module);
  const fixed = [
    ...openCalls(module).map(([name, given, caller]) =>
      once('instances', name, (trail) => followArguments(trail, given, REPEATED, caller)),
    ),
    ...lifecycleOf(block).flatMap((argument) => {
      if (argument.name === 'replace_triggered_by')
        return [once('replacement', argument.name, (trail) => trail.follow(argument.name, argument, module, true))];
      if (argument.name !== 'enabled' || argument.text.trim() === 'true') return [];
      return [once('instances', argument.name, (trail) => trail.follow(argument.name, argument, module))];
    }),
    accountOf(provider, module, once),
    ...endpointsOf(provider, module, once),
  ];
  const ignored = ignoredChanges(block);
  return ({ repetition, declared, isOpen }) => {
    const replacing = [...block.arguments.values()].filter(
      (argument) =>
        isReplacing(resourceType, argument.name) &&
        ignored !== 'all' &&
        (ignored === 'unread' || !ignored.has(argument.name)) &&
        (argument.name === MATERIAL || module.checked(argument, repetition).kind === 'unknown'),
    );
    return [
      ...fixed,
      ...(isOpen ? [once('instances', '', (trail) => followArguments(trail, block.arguments, REPEATED, module))] : []),
      ...replacing.map(({ name, text }) =>
        once('replacement', name, (trail) => trail.follow(name, { text, repetition: block.arguments }, module)),
      ),
      ...(declared.region === null ? [regionOf(block, provider, module, once)] : []),
    ];
  };
}

type Once = (what: Undecided['what'], name: string, gather: (trail: Trail) => void) => Undecided;

function regionOf(block: MergedBlock, provider: ProviderConfig, module: ModuleInstance, once: Once): Undecided {
  return once('Region', '', (trail) => {
    const own = block.arguments.get('region');
    if (own !== undefined) trail.follow('region', { text: own.text, repetition: block.arguments }, module);
    followRegion(trail, provider, module);
  });
}

function accountOf(provider: ProviderConfig, module: ModuleInstance, once: Once): Undecided {
  const found = once('account', '', (trail) => followAccount(trail, provider, module));
  return provider.accounts === null ? found : { ...found, accounts: [...provider.accounts] };
}

/** Where endpoints are given, they may be of anybody, whatever role is assumed there. */
function endpointsOf(provider: ProviderConfig, module: ModuleInstance, once: Once): readonly Undecided[] {
  const areGiven = endpointsIn(provider).length > 0;
  return areGiven ? [once('account', 'endpoints', (trail) => followEndpoints(trail, provider, module))] : [];
}

/** Calls on the way of which it is not known which instances they have. */
function openCalls(
  module: ModuleInstance,
): readonly (readonly [string, ReadonlyMap<string, Argument>, ModuleInstance])[] {
  const { call, parent } = module;
  if (call === undefined || parent === undefined) return [];
  const isOpen = call.block !== undefined && parent.called(call).expansion.kind === 'unknown';
  const here = isOpen && call.block !== undefined ? [[call.name, call.block.arguments, parent] as const] : [];
  return [...openCalls(parent), ...here];
}

const lifecycleOf = ({ blocks }: MergedBlock): readonly Argument[] =>
  blocks.flatMap(({ block }) => {
    const body = block.type === 'lifecycle' ? cutBody(block) : undefined;
    return body?.ok === true ? body.value.arguments : [];
  });

/** Another key comes of other material, and no state or plan tells which was imported (terraform-provider-aws, external_key.go). */
const MATERIAL = 'key_material_base64';

/** Arguments by which REPLACING's attributes are declared. */
const ARGUMENTS: ReadonlyMap<string, string> = new Map([
  ['customer_master_key_spec', 'keySpec'],
  ['key_spec', 'keySpec'],
  ['key_usage', 'keyUsage'],
  ['custom_key_store_id', 'customKeyStoreId'],
  ['xks_key_id', 'xksKeyId'],
  ['multi_region', 'multiRegion'],
  ['primary_key_arn', 'primaryKeyArn'],
]);

const isReplacing = (resourceType: string, name: string): boolean =>
  name === MATERIAL || (REPLACING[resourceType] ?? []).some((attribute) => attribute === ARGUMENTS.get(name));
