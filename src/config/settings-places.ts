import type { YamlFile } from './yaml-document.ts';

/** Where a setting stands, by its dotted path (`rules.off.0`): `path:line:column` of its name, of an item of a list its own. */
export type SettingPlaces = ReadonlyMap<string, string>;

/** The places of everything that a file says. */
export function placesOf(file: YamlFile): SettingPlaces {
  const places = new Map<string, string>();
  const visit = (value: unknown, at: readonly (string | number)[]): void => {
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        const path = [...at, index];
        places.set(path.join('.'), file.placeOf(path));
        visit(item, path);
      });
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        places.set([...at, key].join('.'), file.placeOfKey(at, key));
        visit(inner, [...at, key]);
      }
    }
  };
  visit(file.data, []);
  return places;
}
