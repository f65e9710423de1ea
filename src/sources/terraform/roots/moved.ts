import type { ModuleReader, ModuleSource } from '../configuration/module-reader.ts';
import { backendsIn } from './marks.ts';

/** Of directories, absolute, those by the state that their backends name; who names none leads nowhere. */
export async function heirs(dirs: readonly string[], reader: ModuleReader): Promise<(root: ModuleSource) => string[]> {
  const sources = await Promise.all(dirs.map((dir) => reader.read(dir)));
  const named = sources.map((source) => ({ path: source.path, state: stateNamed(source) }));
  return (root) => {
    const state = stateNamed(root);
    if (state === undefined) return [];
    return named.flatMap((heir) => (heir.state === state && heir.path !== root.path ? [heir.path] : []));
  };
}

/** The last backend block as it is written, if it says by itself which state is meant, from wherever it is asked. */
function stateNamed({ files }: ModuleSource): string | undefined {
  const blocks = files.flatMap(({ blocks: cut }) => (cut.ok ? cut.value : []));
  const block = blocks.flatMap((each) => (each.type === 'terraform' ? backendsIn(each) : [])).at(-1);
  if (block === undefined || block.labels[0] === 'local' || !NAMES_A_STATE.test(block.text)) return undefined;
  return `${block.type} ${block.labels.join(' ')} ${block.text.replace(/\s+/g, ' ')}`;
}

/** Settings that tell the states of one backend apart (Terraform documentation, "Backend Type" of each). */
const NAMES_A_STATE = /\b(?:key|prefix|address|name|path|schema_name|secret_suffix)"?\s*[=:]\s*"[^"$]/;
