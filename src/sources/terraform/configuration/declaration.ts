import { ATTRIBUTE_NAMES } from '../../../model/attributes.ts';
import type { ConfigurationFact } from '../../../model/facts.ts';
import { attestBy } from '../readers.ts';
import { ignoring, settingsOf, text, wholeNumber } from './arguments.ts';
import type { Argument } from './blocks.ts';
import type { Repetition } from './expansion.ts';
import { IGNORED_UNREAD, ignoredChanges } from './ignore-changes.ts';
import { KEY_TYPES } from './key-types.ts';
import type { MergedBlock } from './merged-block.ts';
import type { ModuleInstance } from './module-instance.ts';
import { providerReference } from './providers.ts';

/** What a resource block declares of one instance, apart from where it stands. */
export type Declaration = Pick<
  ConfigurationFact,
  'attributes' | 'unknown' | 'region' | 'regionBy' | 'deletionWindowInDays'
> & {
  /** The block names a Region that is not known. */
  readonly isRegionOpen: boolean;
};

/** What a key resource says of one of its instances; an argument whose changes are ignored is undeclared. */
export function declarationOf(
  resourceType: string,
  block: MergedBlock,
  module: ModuleInstance,
  repetition: Repetition,
): Declaration {
  const settings = settingsOf(block.arguments, (argument) => module.checked(argument, repetition));
  const ignored = ignoredChanges(block);
  const readers = ignored === 'all' ? {} : (KEY_TYPES.get(resourceType) ?? {});
  const compared = typeof ignored === 'string' ? settings : ignoring(settings, ignored);
  const own = text('region')(settings);
  const window = wholeNumber(resourceType.startsWith('awscc_') ? 'pending_window_in_days' : 'deletion_window_in_days')(
    settings,
  );
  const isOwnIgnored = ignored === 'all' || text('region')(compared).kind === 'silent';
  const region =
    own.kind === 'silent' ? providerOf(resourceType, block, module).region : own.kind === 'known' ? own.value : null;
  const regionBy = own.kind === 'silent' ? 'provider' : isOwnIgnored ? undefined : 'resource';
  const said = attestBy(readers, compared);
  return {
    ...(ignored === 'unread' ? shaded(said, IGNORED_UNREAD) : said),
    region,
    ...(region === null || regionBy === undefined ? {} : { regionBy }),
    isRegionOpen: own.kind === 'unknown',
    deletionWindowInDays: window.kind === 'known' ? window.value : null,
  };
}

/** The provider that manages a resource: the one it names, else the default one of its type's name (Terraform language, "provider"). */
export function providerOf(
  resourceType: string,
  block: { readonly arguments: ReadonlyMap<string, Argument> },
  module: ModuleInstance,
): ReturnType<ModuleInstance['provider']> {
  const written = block.arguments.get('provider')?.text;
  return module.provider(written === undefined ? resourceType.split('_', 1).join('') : providerReference(written));
}

/** The same declaration where what it says may not be what counts. */
export function shaded<D extends Pick<ConfigurationFact, 'attributes' | 'unknown'>>(declaration: D, reason: string): D {
  const names = ATTRIBUTE_NAMES.filter((name) => declaration.attributes[name] !== undefined);
  const unknown = { ...declaration.unknown, ...Object.fromEntries(names.map((name) => [name, reason])) };
  return { ...declaration, attributes: {}, unknown };
}
