import type { Diagnostic } from '../../../model/coverage.ts';
import type { SourceFile } from './module-reader.ts';
import type { ModuleNode } from './module-tree.ts';

/** Comments for keydrift that hold for nothing, in any file of the repository's own modules. */
export function idleComments(trees: readonly ModuleNode[]): readonly Diagnostic[] {
  const messages = filesIn(trees).flatMap(({ path, faults }) =>
    faults.flatMap(({ line, reason }) =>
      reason === null ? [] : [`${path}:${line}: this comment for keydrift ${reason}`],
    ),
  );
  return [...new Set(messages)].map((message) => ({ level: 'warning', source: 'suppressions', message }));
}

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
