import type { AnchorFact } from '../../../model/facts.ts';
import { type Block, type Cut, cutBody } from './blocks.ts';

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
