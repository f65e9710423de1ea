import type { Diagnostic } from '../../../model/coverage.ts';
import type { SourceFile } from './module-reader.ts';
import { isRead, type ModuleCall, type ModuleNode } from './module-tree.ts';
import type { BlockReader } from './read-blocks.ts';

/** Comments for keydrift that hold for nothing, in any file of the repository's own modules. */
export function idleComments(trees: readonly ModuleNode[], blocksOf: BlockReader): readonly Diagnostic[] {
  const faulty = filesIn(trees).flatMap(({ path, faults }) =>
    faults.flatMap(({ line, reason }) => (reason === null ? [] : [{ path, line, reason }])),
  );
  const messages = [...faulty, ...trees.flatMap((tree) => aboveNoKey(tree, blocksOf))].map(
    ({ path, line, reason }) => `${path}:${line}: this comment for keydrift ${reason}`,
  );
  return [...new Set(messages)].map((message) => ({ level: 'warning', source: 'suppressions', message }));
}

interface IdleComment {
  readonly path: string;
  readonly line: number;
  readonly reason: string;
}

/** Comments above module calls without a key below: of keys that were there no block tells that they were. */
function aboveNoKey({ calls }: ModuleNode, blocksOf: BlockReader): readonly IdleComment[] {
  return [...calls.values()].flatMap(({ block, target }) => {
    if (!isRead(target)) return [];
    if (mayHaveKeys(target, blocksOf)) return aboveNoKey(target, blocksOf);
    const above = block === undefined ? [] : [block.source, ...block.overrides];
    const comments = above.flatMap(({ suppressions = [] }) => suppressions);
    return [...comments.map(({ path, line }) => ({ path, line, reason: NO_KEY })), ...aboveNoKey(target, blocksOf)];
  });
}

const mayHaveKeys = ({ module, calls }: ModuleNode, blocksOf: BlockReader): boolean =>
  module.source.files.some(({ blocks }) => !blocks.ok) ||
  blocksOf(module).keys.length > 0 ||
  [...calls.values()].some(({ target }: ModuleCall) => !isRead(target) || mayHaveKeys(target, blocksOf));

const NO_KEY =
  'stands above a module call that leads to no key, so it holds for nothing: for keys that were there, name their address in keydrift.yaml (suppressions)';

/** Those of modules that were installed, in one note for all roots. */
export function foreignComments(roots: readonly { readonly trees: readonly ModuleNode[] }[]): readonly Diagnostic[] {
  const places = filesIn(roots.flatMap(({ trees }) => trees)).flatMap(({ path, faults }) =>
    faults.flatMap(({ line, reason }) => (reason === null ? [`${path}:${line}`] : [])),
  );
  const [first, ...others] = [...new Set(places)].sort();
  if (first === undefined) return [];
  const rest = others.length === 0 ? '' : ` and ${others.length} more`;
  const message = `comments for keydrift in installed modules suppress nothing (${first}${rest}): put them above the module call`;
  return [{ level: 'warning', source: 'suppressions', message }];
}

const filesIn = (trees: readonly ModuleNode[]): readonly SourceFile[] =>
  trees.flatMap(({ module, calls }) => [
    ...module.source.files,
    ...filesIn([...calls.values()].flatMap(({ target }) => ('module' in target ? [target] : []))),
  ]);
