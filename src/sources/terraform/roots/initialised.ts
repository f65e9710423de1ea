import { join } from 'node:path';
import type { ReadFile } from '../configuration/repository-file.ts';
import { STATE_FILE } from '../file-names.ts';
import { type Backend, backendOfInit } from './backend.ts';

/** What `terraform init` and `terraform workspace select` left in a root's directory. */
export interface Initialised {
  /** `none`: nothing there, or the root has no backend; text: why what is there cannot be read. */
  readonly backend: Backend | 'none' | { readonly unreadable: string };
  /** The workspace that is selected; null when nothing says so; text: why what says so cannot be read. */
  readonly workspace: string | null | { readonly unreadable: string };
}

/** Characters; such files hold one backend's settings, or one name. */
const LARGEST = 1024 * 1024;

/** Reads a root's data directory. Of the backend's settings only those on its list leave here. */
export async function readInitialised(dataDir: string, read: ReadFile): Promise<Initialised> {
  const [state, environment] = await Promise.all([
    textAt(join(dataDir, STATE_FILE), read),
    textAt(join(dataDir, 'environment'), read),
  ]);
  return { backend: backendIn(state), workspace: workspaceIn(environment) };
}

function workspaceIn(text: Text): Initialised['workspace'] {
  if (text !== undefined && typeof text !== 'string') return text;
  const name = text?.trim() ?? '';
  return isWorkspace(name) ? name : null;
}

function backendIn(text: Text): Initialised['backend'] {
  if (text === undefined) return 'none';
  if (typeof text !== 'string') return text;
  const backend = backendOfInit(text);
  if (backend === undefined) return { unreadable: 'it is not what terraform init leaves there' };
  return backend ?? 'none';
}

/** Terraform refuses names that would have to be escaped in a URL (Terraform CLI documentation, "workspace new"). */
export const isWorkspace = (name: string): boolean => /^[\w.~-]{1,90}$/.test(name) && !/^\.{1,2}$/.test(name);

type Text = string | { readonly unreadable: string } | undefined;

async function textAt(file: string, read: ReadFile): Promise<Text> {
  const text = await read(file);
  if (typeof text !== 'string') return text.isMissing ? undefined : { unreadable: text.unreadable };
  return text.length > LARGEST ? { unreadable: `it is longer than ${LARGEST} characters` } : text;
}
