import type { Value } from './language/value.ts';

/** Arguments by which data sources name files or directories (providers local, archive, external; sops). */
const NAMING: ReadonlySet<string> = new Set(['filename', 'source_file', 'source_dir', 'program']);

/** Whether an argument of a data source names files that it reads; `backend` is that of its block. */
export const namesFiles = (dataSource: string, argument: string, backend: Value | undefined): boolean =>
  dataSource === 'terraform_remote_state' ? argument === 'config' && isLocal(backend) : NAMING.has(argument);

/** Any other keeps states elsewhere (Terraform language, "The terraform_remote_state Data Source"). */
const isLocal = (backend: Value | undefined): boolean => backend?.kind !== 'string' || backend.value === 'local';

/** Every text in a value; undefined where not all of it is known. */
export function textsOf(value: Value): readonly Value[] | undefined {
  switch (value.kind) {
    case 'string':
      return [value];
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

function allTexts(values: readonly Value[]): readonly Value[] | undefined {
  const found = values.map(textsOf);
  return found.every((texts) => texts !== undefined) ? found.flat() : undefined;
}
