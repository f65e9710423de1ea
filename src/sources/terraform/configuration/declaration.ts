import { ATTRIBUTE_NAMES } from '../../../model/attributes.ts';
import type { ConfigurationFact } from '../../../model/facts.ts';
import { attestBy } from '../readers.ts';
import { type Arguments, ignoring, type ReadBlock, type Setting, wholeNumber } from './arguments.ts';
import { ignoredChanges } from './ignore-changes.ts';
import { KEY_TYPES } from './key-types.ts';

/** What a resource block declares, apart from where it stands. */
export type Declaration = Pick<ConfigurationFact, 'instances' | 'attributes' | 'unknown'>;

/** What a key resource says of its key; an argument whose changes are ignored is undeclared. */
export function declarationOf(resourceType: string, { settings, body }: ReadBlock): Declaration {
  const ignored = ignoredChanges(body);
  const readers = ignored === 'all' ? {} : (KEY_TYPES.get(resourceType) ?? {});
  const compared = ignored === 'all' ? settings : ignoring(settings, ignored);
  return { instances: instancesOf(settings), ...attestBy(readers, compared) };
}

/** The same declaration where another file may override it: what it says may not be what counts. */
export function shaded<D extends Declaration>(declaration: D, reason: string): D {
  const names = ATTRIBUTE_NAMES.filter((name) => declaration.attributes[name] !== undefined);
  const unknown = { ...declaration.unknown, ...Object.fromEntries(names.map((name) => [name, reason])) };
  return { ...declaration, instances: 'unknown', attributes: {}, unknown };
}

function instancesOf(settings: Arguments): ConfigurationFact['instances'] {
  const forEach = settings('for_each');
  if (forEach.kind !== 'unset') return instancesOver(forEach);
  const count = wholeNumber('count')(settings);
  if (count.kind === 'silent') return 'one';
  if (count.kind === 'unknown' || count.value < 0) return 'unknown';
  return count.value === 0 ? 'none' : 'unknown';
}

/** A literal map names its instances; anything else for_each takes is an expression. */
function instancesOver(forEach: Setting): ConfigurationFact['instances'] {
  if (forEach.kind !== 'literal' || typeof forEach.value !== 'object' || forEach.value === null) return 'unknown';
  if (Array.isArray(forEach.value)) return 'unknown';
  return Object.keys(forEach.value).length === 0 ? 'none' : 'unknown';
}
