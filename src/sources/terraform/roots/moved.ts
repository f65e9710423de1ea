import type { Block } from '../configuration/blocks.ts';
import type { ModuleReader, ModuleSource } from '../configuration/module-reader.ts';
import { backendsIn } from './marks.ts';

/**
 * Of directories, absolute, those that a root's state went to, by what their backends name; who names none leads nowhere.
 * An apply where the root was still reaches the state as long as a backend is said there, whichever: nothing moved then.
 */
export async function heirs(
  dirs: readonly string[],
  reader: ModuleReader,
): Promise<(root: ModuleSource) => Promise<readonly string[]>> {
  const sources = await Promise.all(dirs.map((dir) => reader.read(dir)));
  const named = sources.map((source) => ({ path: source.path, state: stateNamed(source) }));
  return async (root) => {
    const state = stateNamed(root);
    if (state === undefined || mayHaveBackend(await reader.read(root.dir))) return [];
    return named.flatMap((heir) => (heir.state === state && heir.path !== root.path ? [heir.path] : []));
  };
}

const mayHaveBackend = ({ files }: ModuleSource): boolean =>
  files.some(({ blocks }) => !blocks.ok) || backendBlocks(files).length > 0;

/** The last backend block as it is written, if it says by itself which state is meant, from wherever it is asked. */
function stateNamed({ files }: ModuleSource): string | undefined {
  const block = backendBlocks(files).at(-1);
  if (block === undefined || block.labels[0] === 'local' || !NAMES_A_STATE.test(block.text)) return undefined;
  return `${block.type} ${block.labels.join(' ')} ${block.text.replace(/\s+/g, ' ')}`;
}

const backendBlocks = (files: ModuleSource['files']): readonly Block[] =>
  files
    .flatMap(({ blocks: cut }) => (cut.ok ? cut.value : []))
    .flatMap((block) => (block.type === 'terraform' ? backendsIn(block) : []));

/** Settings that tell the states of one backend apart (Terraform documentation, "Backend Type" of each). */
const NAMES_A_STATE = /\b(?:key|prefix|address|name|path|schema_name|secret_suffix)"?\s*[=:]\s*"[^"$]/;
