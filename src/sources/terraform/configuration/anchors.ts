import type { AnchorFact, Fact } from '../../../model/facts.ts';
import { type Block, type Cut, cutBody } from './blocks.ts';
import type { Module } from './module.ts';
import type { ModuleNode } from './module-tree.ts';

/** A `backend` or `cloud` block, and where it stands. */
export type BackendAnchor = Pick<AnchorFact, 'block' | 'line'>;

/** The `backend` and `cloud` blocks within a terraform block; their arguments may hold credentials and are not read. */
export function backendAnchors(block: Block): Cut<readonly BackendAnchor[]> {
  const body = cutBody(block);
  if (!body.ok) return body;
  const anchors = body.value.blocks.flatMap(({ type, startLine }): BackendAnchor[] =>
    type === 'backend' || type === 'cloud' ? [{ block: type, line: startLine }] : [],
  );
  return { ok: true, value: anchors };
}

/** The calls in a module, but for one that is installed: what it calls is led to by the call of it. */
export function callAnchors({ module, path, calls }: ModuleNode): readonly Omit<AnchorFact, 'root'>[] {
  if (module.source.isInstalled) return [];
  return [...calls.values()].flatMap(({ name, block, declared }) => {
    const first = declared.base[0] ?? declared.overrides[0];
    if (first === undefined) return [];
    const address = [...path, name].map((step) => `module.${step}`).join('.');
    const line = block?.line ?? first.block.startLine;
    return [{ kind: 'anchor', block: 'module', address, region: null, accounts: [], path: first.path, line }];
  });
}

/** The first file of a root, where no provider or backend block stands in any of its own. */
export function fileAnchor({ source }: Module, root: string, facts: readonly Fact[]): readonly AnchorFact[] {
  const own = new Set(source.files.map(({ path }) => path));
  const isThere = facts.some((fact) => fact.kind === 'anchor' && fact.block !== 'module' && own.has(fact.path));
  const [first] = source.files;
  if (isThere || first === undefined) return [];
  return [{ kind: 'anchor', block: 'file', region: null, accounts: [], root, path: first.path, line: 1 }];
}
