import type { Diagnostic } from '../../../model/coverage.ts';
import type { Block } from '../configuration/blocks.ts';
import { dataDirOf } from '../configuration/installed-modules.ts';
import type { ModuleSource } from '../configuration/module-reader.ts';
import type { ReadFile } from '../configuration/repository-file.ts';
import { DATA_DIR, filesOf, isTofu, STATE_FILE } from '../file-names.ts';
import { type Backend, backendOfBlock, LOCAL } from './backend.ts';
import { readInitialised } from './initialised.ts';
import { backendsIn } from './marks.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The backend of one root, or why it cannot be told. */
export interface RootBackend {
  readonly backend: Backend | { readonly gap: string };
  /** The workspace that `terraform workspace select` left. */
  readonly selected: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What `terraform init` found out counts before what is written, which may be a part of it only; a root without either
 * keeps its state in its directory.
 */
export async function backendOf(source: ModuleSource, env: Env, read: ReadFile): Promise<RootBackend> {
  const { backend: init, workspace } = await readInitialised(dataDirOf(source.dir, env), read);
  const written = writtenBackend(source);
  if (typeof workspace === 'object' && workspace !== null) {
    const gap = `what terraform workspace select left (${DATA_DIR}/environment) does not tell which of its states is meant: ${workspace.unreadable}`;
    return { backend: { gap }, selected: null, diagnostics: [] };
  }
  if (init === 'none') return { backend: written, selected: workspace ?? defaultAfterInit(source), diagnostics: [] };
  if ('unreadable' in init) {
    const gap = `what terraform init left (${DATA_DIR}/${STATE_FILE}) does not tell where its state is: ${init.unreadable}`;
    return { backend: { gap }, selected: workspace, diagnostics: [] };
  }
  const isOther = !('gap' in written) && written.type !== init.type;
  return { backend: init, selected: workspace ?? 'default', diagnostics: isOther ? [otherBackend(init, written)] : [] };
}

/** The last one counts: override files come behind the others (Terraform language, "Override Files"). */
function writtenBackend(source: ModuleSource): Backend | { readonly gap: string } {
  const unread = source.files.find(({ blocks }) => !blocks.ok);
  const block = inOrder(source).flatMap(backendsIn).at(-1);
  if (block !== undefined) return backendOfBlock(block) ?? { gap: 'its backend block cannot be read' };
  if (unread === undefined) return LOCAL;
  return { gap: `${unread.path} could not be read, and may say where its state is` };
}

/** Who writes `.tofu` files runs OpenTofu, which takes them in place of others. */
function inOrder({ files }: ModuleSource): readonly Block[] {
  const names = files.map(({ name }) => name);
  const { primary, overriding } = filesOf(names.some(isTofu) ? 'opentofu' : 'terraform', names);
  const sources = [...primary, ...overriding].flatMap((name) => files.find((file) => file.name === name) ?? []);
  return sources.flatMap(({ blocks }) => (blocks.ok ? blocks.value.filter(({ type }) => type === 'terraform') : []));
}

const defaultAfterInit = ({ directories, links }: ModuleSource): string | null =>
  [...directories, ...links].includes(DATA_DIR) ? 'default' : null;

const otherBackend = (init: Backend, written: Backend): Diagnostic => ({
  level: 'warning',
  source: 'state',
  message: `terraform init was run for a ${init.type} backend, and its configuration ${
    written === LOCAL ? 'has none' : `says ${written.type}`
  } now: states are read where init left them`,
});
