import { type Argument, type Block, cutBody, writtenType } from './blocks.ts';
import { providerOf } from './declaration.ts';
import { type Following, followArguments } from './following.ts';
import type { ModuleInstance } from './module-instance.ts';
import { ASSUMING, type ProviderConfig } from './providers.ts';

/** Follows what a provider, as a module has it, says of its Region. */
export function followRegion(trail: Following, provider: ProviderConfig, module: ModuleInstance): void {
  const home = homeOf(provider, module);
  followArguments(trail, provider.from?.block.arguments, REGION, home);
  followSharedFiles(trail, provider, home);
}

/** Follows what a provider says of whose resources are. Names of profiles and roles say nothing of accounts: another may be of another. */
export function followAccount(trail: Following, provider: ProviderConfig, module: ModuleInstance): void {
  const home = homeOf(provider, module);
  followArguments(trail, provider.from?.block.arguments, ACCOUNTS, home);
  followSharedFiles(trail, provider, home);
  followEndpoints(trail, provider, module);
  for (const { block } of provider.from?.block.blocks ?? []) {
    if (!ASSUMED.has(writtenType(block))) continue;
    const body = cutBody(block);
    const role = body.ok ? body.value.arguments.filter(({ name }) => name === 'role_arn') : [];
    if (role.length === 0) trail.followBlock(block.type, block, home);
    for (const { name, text } of role) trail.follow(`${block.type}.${name}`, { text }, home);
  }
}

/** Follows the endpoints that a provider is given. */
export function followEndpoints(trail: Following, provider: ProviderConfig, module: ModuleInstance): void {
  const home = homeOf(provider, module);
  for (const { name, text } of endpointsIn(provider)) trail.follow(`endpoints.${name}`, { text }, home);
}

/** What manages a resource or a data source, as its block names it. */
interface Managed {
  /** `data.aws_region.here`. */
  readonly name: string;
  readonly given: ReadonlyMap<string, Argument>;
  /** What is asked for may follow from the tags that the provider gives it. */
  readonly isTagged: boolean;
}

/** Follows what a resource or a data source has of its provider: where it is looked for, and whose it is. */
export function followProvider(trail: Following, { name, given, isTagged }: Managed, module: ModuleInstance): void {
  const resourceType = name
    .replace(/^data\./, '')
    .split('.', 1)
    .join('');
  const provider = providerOf(resourceType, { arguments: given }, module);
  if (provider.from === undefined) return;
  const named: Following = {
    follow: (each, ...rest) => trail.follow(`${name}.provider.${each}`, ...rest),
    followBlock: (each, ...rest) => trail.followBlock(`${name}.provider.${each}`, ...rest),
    followFiles: (...rest) => trail.followFiles(...rest),
  };
  followRegion(named, provider, module);
  if (provider.accounts === null) followAccount(named, provider, module);
  else named.follow('accounts', { text: JSON.stringify(provider.accounts) }, module);
  if (isTagged) followTags(named, provider, module);
}

/** Follows the tags that a provider gives all of its resources. */
function followTags(trail: Following, provider: ProviderConfig, module: ModuleInstance): void {
  for (const { block } of provider.from?.block.blocks ?? []) {
    if (writtenType(block) === 'default_tags') trail.followBlock('default_tags', block, homeOf(provider, module));
  }
}

/** Those that say where keys are, and whose (AWS provider documentation, "Custom Service Endpoints"). */
export const endpointsIn = ({ from }: ProviderConfig): readonly Argument[] => [
  // In JSON the blocks are one argument.
  ...[from?.block.arguments.get('endpoints') ?? []].flat(),
  ...(from?.block.blocks ?? []).flatMap(({ block }) => {
    if (writtenType(block) !== 'endpoints') return [];
    const bodies = [block, ...(block.type === 'dynamic' ? contentOf(block) : [])].map(cutBody);
    return bodies.flatMap((body) => (body.ok ? body.value.arguments.filter(({ name }) => LEADING.has(name)) : []));
  }),
];

const contentOf = (dynamic: Block): readonly Block[] => {
  const body = cutBody(dynamic);
  return body.ok ? body.value.blocks.filter(({ type }) => type === 'content') : [];
};

/** A profile's Region, role and credentials stand in them. Most lie outside: where it is not known, that is nowhere. */
function followSharedFiles(trail: Following, { from }: ProviderConfig, home: ModuleInstance): void {
  for (const name of ['shared_config_files', 'shared_credentials_files']) {
    const given = from?.block.arguments.get(name);
    if (given !== undefined) trail.followFiles(given.text, home);
  }
}

/** The module that has a provider's block: this one, or one that calls it. */
function homeOf({ from }: ProviderConfig, module: ModuleInstance): ModuleInstance {
  for (let at: ModuleInstance | undefined = module; at !== undefined; at = at.parent) {
    if (at.address === from?.address) return at;
  }
  return module;
}

const REGION: ReadonlySet<string> = new Set(['region']);
const LEADING: ReadonlySet<string> = new Set(['kms', 'sts', 'for_each']);
const ASSUMED: ReadonlySet<string> = new Set(ASSUMING);
/** AWS provider documentation, "Authentication and Configuration". */
const ACCOUNTS: ReadonlySet<string> = new Set([
  ...ASSUMING,
  'profile',
  'access_key',
  'shared_config_files',
  'shared_credentials_files',
]);
