import { isAbsolute, resolve, sep } from 'node:path';
import type { SettingsFile } from './settings-schema.ts';
import type { YamlFile } from './yaml-document.ts';

/** A path that a settings file names, absolute, without wildcards and what follows them. */
export interface NamedPath {
  /** The setting, as messages name it: `roots.0.path`. */
  readonly field: string;
  /** `path:line:column` of it. */
  readonly at: string;
  readonly path: string;
}

/** Every path of this machine that a settings file names; relative ones start from `dir`. */
export function namedPaths(
  file: SettingsFile,
  dir: string,
  { placeOf }: Pick<YamlFile, 'placeOf'>,
): readonly NamedPath[] {
  return fieldsOf(file).flatMap(({ field, text, isWhere }) => {
    const path = isWhere === true ? fixedPart(text, dir) : resolve(dir, text);
    return path === undefined ? [] : [{ field, at: placeOf(stepsOf(field)), path }];
  });
}

const stepsOf = (field: string): readonly (string | number)[] =>
  field.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** A WHERE as the settings mean it: a path with its wildcards becomes absolute, an address stays as it is. */
export function whereFrom(where: string, dir: string): string {
  const path = pathIn(where);
  if (path === undefined) return where;
  return isAbsolute(path) ? path : resolve(dir, path);
}

interface Field {
  readonly field: string;
  readonly text: string;
  readonly isWhere?: boolean;
}

function fieldsOf(file: SettingsFile): readonly Field[] {
  const list = (field: string, texts: readonly string[] = []): readonly Field[] =>
    texts.map((text, index) => ({ field: `${field}.${index}`, text }));
  const one = (field: string, text: string | undefined): readonly Field[] =>
    text === undefined ? [] : [{ field, text }];
  return [
    ...(file.roots ?? []).flatMap((root, index) => [
      ...one(`roots.${index}.path`, root.path),
      ...wheres(`roots.${index}.state`, root.state),
      ...list(`roots.${index}.var-files`, root['var-files']),
      ...one(`roots.${index}.plan`, root.plan),
    ]),
    ...wheres('state', file.state),
    ...list('config-dirs', file['config-dirs']),
    ...list('plans', file.plans),
    ...(file.owners ?? []).flatMap((owner, index) =>
      'pulumi' in owner ? one(`owners.${index}.pulumi`, owner.pulumi) : [],
    ),
    ...list('rules.directories', file.rules?.directories),
    ...one('baseline', file.baseline),
  ];
}

function wheres(field: string, given: string | readonly string[] = []): readonly Field[] {
  if (typeof given === 'string') return [{ field, text: given, isWhere: true }];
  return given.map((text, index) => ({ field: `${field}.${index}`, text, isWhere: true }));
}

const ADDRESS = /^[a-z][a-z0-9+.-]+:/i;

/** undefined: what is named is not on this machine. */
function pathIn(where: string): string | undefined {
  const place = where.replace(/^tfstate(?:\+|:\/\/)/, '');
  const path = place.replace(/^file:\/\//i, '');
  return path === place && ADDRESS.test(place) ? undefined : path;
}

/** What stands before the first wildcard; where those lead is seen when the states are looked for. */
function fixedPart(where: string, dir: string): string | undefined {
  const path = pathIn(where);
  if (path === undefined) return undefined;
  const steps = resolve(dir, path).split(sep);
  const first = steps.findIndex((step) => /[*?]/.test(step));
  return first === -1 ? steps.join(sep) : steps.slice(0, first).join(sep) || sep;
}
