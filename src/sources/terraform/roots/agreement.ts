import { isDeepStrictEqual } from 'node:util';
import type { Backend } from './backend.ts';

/**
 * How what `terraform init` left stands to the backend block. `completed`: it has what the block leaves out, or what is an
 * expression there. `overridden`: other values than the block's, which `-backend-config` may have given (Terraform
 * documentation, "Partial Configuration"). `contradicts`: nothing but another block can have left it; Terraform wants a
 * new init then. Names of settings only: a value may be a secret.
 */
export type Agreement =
  | { readonly kind: 'same' | 'completed' }
  | { readonly kind: 'overridden' | 'contradicts'; readonly what: string };

/** Settings that decide where states are. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  local: ['path', 'workspace_dir'],
  s3: ['bucket', 'key', 'workspace_key_prefix'],
  http: ['address'],
  remote: ['hostname', 'organization', 'workspaces.name', 'workspaces.prefix'],
  cloud: ['hostname', 'organization', 'workspaces.name'],
};

/** Lays the two beside each other. */
export function agreementOf(init: Backend, written: Backend): Agreement {
  if (init.type !== written.type) return { kind: 'contradicts', what: 'type' };
  const names = PLACES[init.type] ?? [];
  const unset = names.filter((name) => textIn(written, name) !== undefined && !init.settings.has(name));
  if (unset.length > 0) return { kind: 'contradicts', what: unset.join(', ') };
  const other = names.filter((name) => {
    const [said, found] = [textIn(written, name), textIn(init, name)];
    return said !== undefined && found !== undefined && said !== found;
  });
  if (other.length > 0) return { kind: 'overridden', what: other.join(', ') };
  const isSame = names.every((name) => isDeepStrictEqual(init.settings.get(name), written.settings.get(name)));
  return { kind: isSame ? 'same' : 'completed' };
}

/** An empty text is as good as none. */
function textIn({ settings }: Backend, name: string): string | undefined {
  const setting = settings.get(name);
  return setting?.kind === 'text' && setting.text !== '' ? setting.text : undefined;
}
