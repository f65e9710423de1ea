import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode, whyUnreadable } from '../../../errors.ts';
import { leavesRepository } from '../configuration/bounds.ts';
import { type Backend, backendOfInit } from './backend.ts';

/** What `terraform init` and `terraform workspace select` left in a root's directory. */
export interface Initialised {
  /** `none`: nothing there, or the root has no backend; text: why what is there cannot be read. */
  readonly backend: Backend | 'none' | { readonly unreadable: string };
  /** The workspace that is selected; null when nothing says so. */
  readonly workspace: string | null;
}

/** Bytes; such files hold one backend's settings, or one name. */
const LARGEST = 1024 * 1024;

/** Reads a root's data directory. Of the backend's settings only those on its list leave here. */
export async function readInitialised(dataDir: string): Promise<Initialised> {
  const [state, environment] = await Promise.all([
    textAt(join(dataDir, 'terraform.tfstate')),
    textAt(join(dataDir, 'environment')),
  ]);
  const name = typeof environment === 'string' ? environment.trim() : '';
  return { backend: backendIn(state), workspace: isWorkspace(name) ? name : null };
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

async function textAt(file: string): Promise<Text> {
  try {
    const outside = await leavesRepository(file, dirname(dirname(file)));
    if (outside !== undefined) return { unreadable: outside };
    const found = await stat(file);
    if (!found.isFile()) return { unreadable: 'it is no regular file' };
    return found.size > LARGEST ? { unreadable: `it is larger than ${LARGEST} bytes` } : await readFile(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
    return { unreadable: whyUnreadable(error) };
  }
}
