import type { Reading } from '../../../model/attributes.ts';
import type { ConfigurationAliasFact } from '../../../model/facts.ts';
import { parseKeyArn } from '../../../model/key-arn.ts';
import { known, unknown } from '../../readings.ts';
import { derive } from '../readers.ts';
import { type Arguments, settingsOf, text } from './arguments.ts';
import type { Repetition } from './expansion.ts';
import { IGNORED_UNREAD, ignoredChanges } from './ignore-changes.ts';
import { ALIAS_NAMES, isKeyResource } from './kept-blocks.ts';
import type { Value } from './language/value.ts';
import { placeOf } from './merged-block.ts';
import type { ModuleInstance } from './module-instance.ts';
import type { Effort, Origins, Wanted } from './origin.ts';
import { originsOf } from './origins.ts';
import type { ResourceBlock } from './read-blocks.ts';

/** What one instance of an alias block says. */
export interface DeclaredAlias {
  readonly name: Reading<string>;
  readonly target: AliasTarget;
  /** Of the module that declares it: whatever else is unknown, it is there with the other resources of that. */
  readonly module: string;
  /** Its own count or for_each is known. */
  readonly isOne: boolean;
  readonly place: string;
}

type AliasTarget =
  | ({ readonly kind: 'named' } & Pick<ConfigurationAliasFact, 'targetKeyArn' | 'targetKeyId'>)
  | ({ readonly kind: 'traced' } & Origins);

/** An id as KMS gives them, or an ARN: what an alias may be bound to (AWS KMS API reference, CreateAlias, TargetKeyId). */
const KEY_NAME = /^arn:|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|mrk-[0-9a-f]{32}/i;

const KEYS: Wanted = {
  isType: isKeyResource,
  attributes: new Set(['id', 'key_id', 'arn']),
  isName: (value: Value) => value.kind === 'string' && KEY_NAME.test(value.value),
};

/** The alias of one instance; `isOne` false where its own block may have any number of them. */
export function declaredAlias(
  { resourceType, block, refused }: ResourceBlock,
  module: ModuleInstance,
  at: { readonly repetition: Repetition; readonly isOne: boolean },
  effort: Effort,
): DeclaredAlias {
  const { repetition, isOne } = at;
  const settings = settingsOf(block.arguments, (argument) => module.checked(argument, repetition));
  const ignored = ignoredChanges(block);
  const ignoring = (name: string): string | undefined => {
    if (ignored === 'unread') return IGNORED_UNREAD;
    return ignored === 'all' || ignored.has(name) ? `changes of ${name} are ignored` : undefined;
  };
  const nameArgument = ALIAS_NAMES.get(resourceType) ?? 'name';
  const nameIgnored = ignoring(nameArgument);
  const name = nameIgnored === undefined ? aliasName(nameArgument, settings) : unknown(nameIgnored);
  const written = block.arguments.get('target_key_id');
  const named = text('target_key_id')(settings);
  const targetOf = (): AliasTarget => {
    const targetIgnored = ignoring('target_key_id');
    if (targetIgnored !== undefined) return nowhere(targetIgnored);
    if (written === undefined || named.kind === 'silent') return nowhere(undefined);
    if (named.kind === 'known') return literal(named.value);
    const at = { module, repetition, forEach: block.arguments.get('for_each') };
    return { kind: 'traced', ...originsOf(written, at, KEYS, effort) };
  };
  return {
    name: refused === undefined ? name : unknown(refused),
    target: targetOf(),
    module: module.address,
    isOne,
    place: placeOf(block),
  };
}

const nowhere = (elsewhere: string | undefined): AliasTarget => ({ kind: 'traced', resources: new Map(), elsewhere });

function literal(value: string): AliasTarget {
  const parts = parseKeyArn(value);
  if (parts !== undefined) return { kind: 'named', targetKeyArn: parts.arn, targetKeyId: parts.keyId };
  return KEY_NAME.test(value) && !value.startsWith('arn:')
    ? { kind: 'named', targetKeyArn: null, targetKeyId: value }
    : nowhere(undefined);
}

/** Without a name the provider makes one up, behind the prefix if there is one (terraform-provider-aws, alias.go). */
function aliasName(argument: string, settings: Arguments): Reading<string> {
  const name = derive(text(argument), (value) => {
    if (value.startsWith('alias/')) return known(value);
    return value === '' ? { kind: 'silent' } : unknown(`${argument} does not begin with alias/`);
  })(settings);
  if (name.kind !== 'silent') return name;
  return settings('name_prefix').kind === 'unset'
    ? unknown(`${argument} is not set`)
    : unknown('the provider makes a name up, behind name_prefix');
}
