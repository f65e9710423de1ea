import { join } from 'node:path';
import type { Diagnostic } from '../../../model/coverage.ts';
import { isTracked } from '../../git/tracked.ts';
import type { Block } from '../configuration/blocks.ts';
import { dataDirOf } from '../configuration/installed-modules.ts';
import type { ModuleSource } from '../configuration/module-reader.ts';
import type { ReadFile } from '../configuration/repository-file.ts';
import { DATA_DIR, filesOf, isTofu, STATE_FILE } from '../file-names.ts';
import { agreementOf } from './agreement.ts';
import { type Backend, backendOfBlock, LOCAL } from './backend.ts';
import { readInitialised } from './initialised.ts';
import { backendsIn } from './marks.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Why the backend of a root cannot be told: its state may be anywhere. */
interface Gap {
  readonly gap: string;
}

/** The backend of one root, or why it cannot be told. */
export interface RootBackend {
  readonly backend: Backend | Gap;
  /** The workspace that `terraform workspace select` left. */
  readonly selected: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What `terraform init` found out counts before what is written, which may be a part of it only; a root without either
 * keeps its state in its directory. What git tracks no init left: it counts for nothing.
 */
export async function backendOf(
  source: ModuleSource,
  env: Env,
  { read, signal }: { readonly read: ReadFile; readonly signal: AbortSignal },
): Promise<RootBackend> {
  const dataDir = dataDirOf(source.dir, env);
  const { backend: init, workspace } = await readInitialised(dataDir, read);
  const written = writtenBackend(source);
  if (typeof workspace === 'object' && workspace !== null) {
    const gap = `what terraform workspace select left (${DATA_DIR}/environment) does not tell which of its states is meant: ${workspace.unreadable}`;
    return { backend: { gap }, selected: null, diagnostics: [] };
  }
  if (init === 'none') return { backend: written, selected: workspace ?? defaultAfterInit(source), diagnostics: [] };
  const isCommitted = () => isTracked(join(dataDir, STATE_FILE), env, signal);
  if ('unreadable' in init) {
    if (await isCommitted()) return { backend: written, selected: workspace, diagnostics: [warning(COMMITTED)] };
    const gap = `what terraform init left (${DATA_DIR}/${STATE_FILE}) does not tell where its state is: ${init.unreadable}`;
    return { backend: { gap }, selected: workspace, diagnostics: [] };
  }
  const selected = workspace ?? 'default';
  const agreement = 'gap' in written ? undefined : agreementOf(init, written);
  if (agreement?.kind === 'same') return { backend: init, selected, diagnostics: [] };
  if (await isCommitted()) {
    return { backend: written, selected, diagnostics: [warning(COMMITTED)] };
  }
  if (agreement?.kind === 'contradicts') {
    return { backend: { gap: contradiction(agreement.what) }, selected, diagnostics: [] };
  }
  const isOverridden = agreement?.kind === 'overridden';
  return { backend: init, selected, diagnostics: isOverridden ? [warning(overridden(agreement.what))] : [] };
}

/**
 * What its blocks alone say. The last one counts: override files come behind the others (Terraform language, "Override
 * Files").
 */
export function writtenBackend(source: ModuleSource): Backend | Gap {
  const unread = source.files.find(({ blocks }) => !blocks.ok);
  const block = backendBlock(source);
  if (block !== undefined) return backendOfBlock(block) ?? { gap: 'its backend block cannot be read' };
  if (unread === undefined) return LOCAL;
  return { gap: `${unread.path} could not be read, and may say where its state is` };
}

/** The backend or cloud block of a root that counts, of the files that could be read. */
export const backendBlock = (source: ModuleSource): Block | undefined => inOrder(source).flatMap(backendsIn).at(-1);

/** Who writes `.tofu` files runs OpenTofu, which takes them in place of others. */
function inOrder({ files }: ModuleSource): readonly Block[] {
  const names = files.map(({ name }) => name);
  const { primary, overriding } = filesOf(names.some(isTofu) ? 'opentofu' : 'terraform', names);
  const sources = [...primary, ...overriding].flatMap((name) => files.find((file) => file.name === name) ?? []);
  return sources.flatMap(({ blocks }) => (blocks.ok ? blocks.value.filter(({ type }) => type === 'terraform') : []));
}

const defaultAfterInit = ({ directories, links }: ModuleSource): string | null =>
  [...directories, ...links].includes(DATA_DIR) ? 'default' : null;

const LEFT = `what terraform init left (${DATA_DIR}/${STATE_FILE})`;

const COMMITTED = `${LEFT} says more than its backend block, or something else, and is committed: whoever makes the change may have written it, so that the block alone counts; take it out of git`;

const contradiction = (what: string): string =>
  `${LEFT} and its backend block contradict each other (${what}), so that the state there is not certain to be of this configuration: run terraform init, or say where its state is with --state or in keydrift.yaml`;

const overridden = (what: string): string =>
  `${LEFT} has another ${what} than its backend block: if that was not given with -backend-config, run terraform init; states are read where init left them`;

const warning = (message: string): Diagnostic => ({ level: 'warning', source: 'state', message });
