import { type Arguments, argument, settingsOf, text } from './arguments.ts';
import { cutBody, writtenType } from './blocks.ts';
import { evaluated, NOTHING } from './expressions.ts';
import { isAwsProvider } from './kept-blocks.ts';
import type { Value } from './language/value.ts';
import type { MergedBlock, PlacedArgument } from './merged-block.ts';
import type { Declared, Module } from './module.ts';

/** What a provider block binds its resources to. */
export interface ProviderConfig {
  /** null: it has none, or it is not known. */
  readonly region: string | null;
  /** null: any account, or it is not known which. */
  readonly accounts: readonly string[] | null;
  /** The block that says so, and the address of the module that it stands in; left out where there is none to be read. */
  readonly from?: { readonly block: MergedBlock; readonly address: string };
}

const providers = new WeakMap<Module, ReadonlyMap<string, Declared>>();

/** The provider blocks for AWS of a module, by `aws` or `aws.alias` with the module's own name for the provider. */
export function awsProviders(module: Module): ReadonlyMap<string, Declared> {
  const known = providers.get(module) ?? findProviders(module);
  providers.set(module, known);
  return known;
}

function findProviders(module: Module): ReadonlyMap<string, Declared> {
  const found = new Map<string, { base: Declared['base'][number][]; overrides: Declared['overrides'][number][] }>();
  const names = namesOfAws(module);
  for (const [name, declared] of module.named('provider')) {
    if (!names.has(name)) continue;
    for (const part of ['base', 'overrides'] as const) {
      for (const placed of declared[part]) {
        const key = qualified(name, placed.block.text.includes('alias') ? aliasOf(cutBody(placed.block)) : undefined);
        const group = found.get(key) ?? { base: [], overrides: [] };
        found.set(key, group);
        group[part].push(placed);
      }
    }
  }
  return new Map([...found].map(([key, declared]) => [key, withBase(declared)]));
}

const qualified = (name: string, alias: string | undefined): string =>
  alias === undefined ? name : `${name}.${alias}`;

function aliasOf(body: ReturnType<typeof cutBody>): string | undefined {
  const alias = body.ok ? body.value.arguments.find(({ name }) => name === 'alias') : undefined;
  const value = alias === undefined ? undefined : evaluated(alias, NOTHING);
  return value?.kind === 'string' ? value.value : undefined;
}

/** An override file may configure a provider that no other file does (hashicorp/terraform, internal/configs/module.go). */
const withBase = ({ base, overrides }: Declared): Declared =>
  base.length > 0 ? { base, overrides } : { base: overrides.slice(0, 1), overrides: overrides.slice(1) };

/** `required_providers` may give hashicorp/aws any name. */
function namesOfAws(module: Module): ReadonlySet<string> {
  const names = new Set([...module.named('provider').keys()].filter(isAwsProvider));
  if (names.size === module.named('provider').size) return names;
  for (const { block } of module.all('terraform')) {
    const body = cutBody(block);
    const required = body.ok ? body.value.blocks.filter(({ type }) => type === 'required_providers') : [];
    for (const inner of required.map(cutBody)) {
      for (const given of inner.ok ? inner.value.arguments : []) {
        if (isAws(evaluated(given, NOTHING))) names.add(given.name);
      }
    }
  }
  return names;
}

function isAws(requirement: Value): boolean {
  const source = requirement.kind === 'object' ? requirement.entries.get('source') : undefined;
  return source?.kind === 'string' && isAwsProvider(/^(?:[^/]+\/)?hashicorp\/(aws|awscc)$/.exec(source.value)?.[1]);
}

/** Region and accounts of one provider block, and nothing else of it: it may hold credentials. */
export function providerConfig(block: MergedBlock, evaluate: (given: PlacedArgument) => Value): ProviderConfig {
  const settings = settingsOf(block.arguments, evaluate);
  const region = text('region')(settings);
  return {
    region: region.kind === 'known' && region.value !== '' ? region.value : null,
    accounts: assumedAccounts(block, settings, evaluate) ?? allowedAccounts(settings),
  };
}

/** Of a provider block that could not be read, or that is not there. */
export const ANY_PROVIDER: ProviderConfig = { region: null, accounts: null };

const accountIds = argument('allowed_account_ids', 'a list of account ids', (value) => {
  if (value.kind !== 'tuple' && value.kind !== 'list' && value.kind !== 'set') return undefined;
  const ids = value.elements.flatMap((element) => (element.kind === 'string' ? [element.value] : []));
  return ids.length === value.elements.length ? ids : undefined;
});

function allowedAccounts(settings: Arguments): readonly string[] | null {
  const allowed = accountIds(settings);
  return allowed.kind === 'known' && allowed.value.length > 0 ? allowed.value : null;
}

/** Nested blocks by which a provider becomes somebody else. */
export const ASSUMING = ['assume_role', 'assume_role_with_web_identity'] as const;

/** The account of the role that is assumed last; null when none is, or it is not known which. awscc has an argument for it. */
function assumedAccounts(
  block: MergedBlock,
  settings: Arguments,
  evaluate: (given: PlacedArgument) => Value,
): readonly string[] | null {
  for (const name of ASSUMING) {
    const nested = block.blocks.filter((inner) => writtenType(inner.block) === name);
    const last = nested.at(-1)?.block;
    const setting = settings(name);
    if (last === undefined && setting.kind === 'unset') continue;
    if (last === undefined) return setting.kind === 'value' ? accountsOf(roleIn(setting.value)) : null;
    if (last.type === 'dynamic') return null;
    const body = cutBody(last);
    const role = body.ok ? body.value.arguments.find((given) => given.name === 'role_arn') : undefined;
    return role === undefined ? null : accountsOf(evaluate({ ...role, block: last }));
  }
  return null;
}

function roleIn(assumed: Value): Value | undefined {
  if (assumed.kind === 'tuple' || assumed.kind === 'list') return roleIn(assumed.elements.at(-1) ?? { kind: 'null' });
  return assumed.kind === 'object' || assumed.kind === 'map' ? assumed.entries.get('role_arn') : undefined;
}

function accountsOf(role: Value | undefined): readonly string[] | null {
  const account = role?.kind === 'string' ? /^arn:aws[a-z-]*:iam::(\d{12}):role\//.exec(role.value)?.[1] : undefined;
  return account === undefined ? null : [account];
}

/** `aws.x` of `provider = aws.x`, quoted or not; undefined for what is chosen by an expression. */
export const providerReference = (written: string): string | undefined =>
  /^"?([\w-]+(?:\.[\w-]+)?)"?$/.exec(written.trim())?.[1];

/** `providers = { aws = aws.x }` of a module call; undefined where it is anything else. */
export function passedProviders(written: string): ReadonlyMap<string, string> | undefined {
  const plain = written.replace(/#.*|\/\/.*|\/\*[\s\S]*?\*\//g, '').trim();
  if (!plain.startsWith('{') || !plain.endsWith('}')) return undefined;
  const passed = new Map<string, string>();
  const rest = plain.slice(1, -1).replace(PASSED, (_, to: string, from: string) => {
    passed.set(to, from);
    return '';
  });
  return /^[\s,]*$/.test(rest) ? passed : undefined;
}

const PASSED = /"?([\w-]+(?:\.[\w-]+)?)"?\s*[=:]\s*"?([\w-]+(?:\.[\w-]+)?)"?(?=[\s,]|$)/g;
