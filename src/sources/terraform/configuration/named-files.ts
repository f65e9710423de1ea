import { posix } from 'node:path';
import type { Value } from './language/value.ts';

/** How an argument of a data source names what it reads. */
export interface Naming {
  /** Directories, with all that is in them. */
  readonly isDirectory?: true;
  /** The argument with the directory that paths start from; the root without. */
  readonly from?: string;
}

/** Arguments by which data sources name files or directories (providers local, archive, external; sops). */
const NAMING: ReadonlyMap<string, Naming> = new Map([
  ['filename', {}],
  ['source_file', {}],
  ['source_dir', { isDirectory: true }],
  ['program', { from: 'working_dir' }],
]);

/** How an argument of a data source names files that it reads, if it does; `backend` is that of its block. */
export function namingOf(dataSource: string, argument: string, backend: Value | undefined): Naming | undefined {
  if (dataSource !== 'terraform_remote_state') return NAMING.get(argument);
  return argument === 'config' && isLocal(backend) ? {} : undefined;
}

/** Any other keeps states elsewhere (Terraform language, "The terraform_remote_state Data Source"). */
const isLocal = (backend: Value | undefined): boolean => backend?.kind !== 'string' || backend.value === 'local';

/** Every path in a value, from a directory where one is given; undefined where not all of it is known. */
export function pathsIn(value: Value, from?: Value): readonly string[] | undefined {
  const texts = textsIn(value);
  if (from === undefined || from.kind === 'null') return texts;
  if (from.kind !== 'string') return undefined;
  return texts?.map((text) => (posix.isAbsolute(text) ? text : posix.join(from.value, text)));
}

function textsIn(value: Value): readonly string[] | undefined {
  switch (value.kind) {
    case 'string':
      return value.value === '' ? [] : [value.value];
    case 'tuple':
    case 'list':
    case 'set':
      return allTexts([...value.elements]);
    case 'object':
    case 'map':
      return allTexts([...value.entries.values()]);
    case 'unknown':
      return undefined;
    default:
      return [];
  }
}

function allTexts(values: readonly Value[]): readonly string[] | undefined {
  const found = values.map(textsIn);
  return found.every((texts) => texts !== undefined) ? found.flat() : undefined;
}
