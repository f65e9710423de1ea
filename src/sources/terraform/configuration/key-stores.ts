import type { ConfigurationKeyStoreFact } from '../../../model/facts.ts';
import { settingsOf, text } from './arguments.ts';
import type { Repetition } from './expansion.ts';
import { ignoredChanges } from './ignore-changes.ts';
import { KEY_STORE } from './kept-blocks.ts';
import type { MergedBlock } from './merged-block.ts';
import type { ModuleInstance } from './module-instance.ts';
import type { Effort, Wanted } from './origin.ts';
import { originsOf } from './origins.ts';

/** What a custom key store block says of one of its instances. */
export function declaredKeyStore(
  block: MergedBlock,
  module: ModuleInstance,
  repetition: Repetition,
): Pick<ConfigurationKeyStoreFact, 'name' | 'unknownName' | 'type' | 'unknownType'> {
  const settings = settingsOf(block.arguments, (argument) => module.checked(argument, repetition));
  const name = text('custom_key_store_name')(settings);
  // Optional and Computed: unset it is what KMS takes (terraform-provider-aws, custom_key_store.go).
  const type = text('custom_key_store_type')(settings);
  return {
    name: name.kind === 'known' ? name.value : null,
    ...(name.kind === 'unknown' ? { unknownName: name.reason } : {}),
    type: type.kind === 'known' ? type.value : null,
    ...(type.kind === 'unknown' ? { unknownType: type.reason } : {}),
  };
}

/** Without a store is a value as well: null and "" say so. */
const STORES: Wanted = {
  isType: (resourceType) => resourceType === KEY_STORE,
  attributes: new Set(['id']),
  isName: ({ kind }) => kind === 'string' || kind === 'null',
};

/** The one store that a key's `custom_key_store_id` refers to; undefined where it may be another, or none. */
export function referredKeyStore(
  block: MergedBlock,
  module: ModuleInstance,
  repetition: Repetition,
  effort: Effort,
): string | undefined {
  const written = block.arguments.get('custom_key_store_id');
  const ignored = ignoredChanges(block);
  if (written === undefined || typeof ignored === 'string' || ignored.has('custom_key_store_id')) return undefined;
  if (module.checked(written, repetition).kind !== 'unknown') return undefined;
  const at = { module, repetition, forEach: block.arguments.get('for_each') };
  const { resources, elsewhere } = originsOf(written, at, STORES, effort);
  const [only, ...others] = resources.keys();
  return elsewhere === undefined && others.length === 0 ? only : undefined;
}
