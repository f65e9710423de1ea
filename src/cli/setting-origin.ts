import type { SettingPlaces } from '../config/settings-places.ts';
import { HEADERS_VARIABLE } from '../sources/terraform/backends/http/headers.ts';
import type { SettingRow } from './setting-rows.ts';

/** Who says what a setting is. */
export type Origin =
  | { readonly by: 'flag'; readonly flag: string }
  | { readonly by: 'environment'; readonly variable: string }
  | FileOrigin
  | { readonly by: 'default'; readonly passedOver?: Place };

/** A settings file; `lines` are those of the items of a list, and of the entries of a mapping. */
interface FileOrigin extends Place {
  readonly by: 'file';
  readonly lines: readonly number[];
}

interface Place {
  readonly path: string;
  readonly line: number;
}

/** What says something beside defaults. */
export interface Said {
  /** The name of the variable, by the flag that it stands in for. */
  readonly variables: ReadonlyMap<string, string>;
  readonly flags: readonly string[];
  readonly places: SettingPlaces;
}

/** Flags, variables, the file, defaults: the first that says something. */
export function originOf({ name, flag = '', value, items, isPassedOver }: SettingRow, said: Said): Origin {
  if (said.flags.includes(flag)) return { by: 'flag', flag: `--${flag}` };
  const variable = name === 'state-headers' && !isNothing(value) ? HEADERS_VARIABLE : said.variables.get(flag);
  if (variable !== undefined) return { by: 'environment', variable };
  const at = said.places.get(items === undefined ? name : (items[0] ?? ''));
  if (at === undefined) return { by: 'default' };
  if (isPassedOver === true) return { by: 'default', passedOver: placeAt(at) };
  const each =
    typeof value === 'object' ? Object.keys(value ?? {}).map((key, at) => items?.[at] ?? `${name}.${key}`) : [];
  return { by: 'file', ...placeAt(at), lines: each.map((item) => placeAt(said.places.get(item) ?? at).line) };
}

/** Whether a value says nothing: null, or empty. */
export const isNothing = (value: SettingRow['value']): boolean =>
  value === null || (typeof value === 'object' && Object.keys(value).length === 0);

/** `path:line:column` taken apart. */
function placeAt(text: string): Place {
  const [, path = text, line = 1] = /^(.*):(\d+):\d+$/s.exec(text) ?? [];
  return { path, line: Number(line) };
}
