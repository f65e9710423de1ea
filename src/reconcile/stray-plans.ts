import { blockPath } from '../model/address.ts';
import type { PlannedFact, StateFact } from '../model/facts.ts';
import { grouped } from '../model/grouped.ts';
import type { Inventory } from '../model/inventory.ts';
import { by } from '../model/order.ts';
import { blocksByRoot, ofKind, type RootBlocks } from './blocks.ts';
import { proofsOf } from './proofs.ts';
import { type Roots, rootsOf } from './roots.ts';
import { chooseStates } from './states.ts';

/**
 * Lays what each plan says beside its root: the keys that it knows must stand in the root's state, what it makes must
 * not, and what it keeps must be declared. A plan of another root or workspace, or of what was before another apply or
 * commit, would speak of these keys with a certainty that it does not have. Resource instances that a plan leaves as they
 * are stand in it too (Terraform documentation, "JSON Output Format", resource_changes). Gives why a plan does not count,
 * by its locator.
 */
function strayPlans(inventory: Inventory): ReadonlyMap<string, string> {
  const { facts } = inventory;
  const planned = grouped(ofKind(facts, 'planned'), ({ plan, root }) => JSON.stringify([plan, root]));
  const seen = seenOf(inventory);
  const reasons = new Map<string, string>();
  for (const changes of planned.values()) {
    const { plan, root } = changes[0];
    const reason = root === null ? undefined : mismatch(root, changes, seen);
    if (reason !== undefined) reasons.set(plan, `${reason}: it is of another root or workspace, or of an earlier time`);
  }
  return reasons;
}

/** What was seen, and of plans that are not of their roots only that they were not read. */
export function withoutStrayPlans(inventory: Inventory): Inventory {
  const strays = strayPlans(inventory);
  if (strays.size === 0) return inventory;
  return {
    ...inventory,
    facts: inventory.facts.filter((fact) => !('plan' in fact && strays.has(fact.plan))),
    coverage: inventory.coverage.map((entry) => {
      const reason = entry.source === 'plan' ? strays.get(entry.locator ?? '') : undefined;
      return reason === undefined ? entry : { ...entry, status: 'failed' as const, reason };
    }),
  };
}

/** What is known of roots beside plans. */
export interface Seen {
  readonly roots: Roots;
  readonly blocks: ReadonlyMap<string, RootBlocks>;
  /** What each root's states hold, and of what nobody knows whose it is; undefined where not all of those were read. */
  readonly heldBy: (root: string) => Held | undefined;
  readonly isRead: (root: string) => boolean;
  /** The roots whose states hold a key; null for states of which nobody knows whose they are. */
  readonly rootsWith: (arn: string) => readonly (string | null)[];
  /** Where a plan may make a key although the state holds one: a refresh dropped that. */
  readonly drifted: ReadonlySet<string>;
  /** Where an `import` block brings in a key that the state does not hold yet. */
  readonly imported: ReadonlySet<string>;
}

interface Held {
  readonly own: readonly StateFact[];
  /** Of states that belong to no root for certain. */
  readonly perhaps: readonly StateFact[];
}

/** Lays out what plans are compared with. */
export function seenOf(inventory: Inventory): Seen {
  const { facts, coverage } = inventory;
  const { authoritative } = chooseStates(coverage, ofKind(facts, 'root'));
  const proofs = proofsOf(inventory);
  const roots = rootsOf(facts, coverage, proofs);
  const counted = ofKind(facts, 'state').filter(
    ({ mode, source, errored }) => mode === 'managed' && !errored && authoritative.has(source),
  );
  const ownerOf = (instance: StateFact): string | null => {
    const owner = roots.ofState(instance);
    return 'gap' in owner ? null : owner.root;
  };
  const byRoot = grouped(counted, ownerOf);
  const byArn = grouped(counted, ({ arn }) => String(arn));
  return {
    roots,
    blocks: blocksByRoot(facts),
    heldBy: (root) =>
      roots.stateGap(root) === undefined ? { own: byRoot.get(root) ?? [], perhaps: byRoot.get(null) ?? [] } : undefined,
    isRead: (root) => proofs.configurationRoots.has(root),
    rootsWith: (arn) => [...new Set((byArn.get(arn) ?? []).map(ownerOf))],
    drifted: new Set(ofKind(facts, 'plan-drift').map(placeOf)),
    imported: new Set(ofKind(facts, 'import').map(({ root, to }) => `${root}#${blockPath(to)}`)),
  };
}

/** Why a plan is not of a root; undefined where nothing speaks against it. */
export function mismatch(root: string, changes: readonly PlannedFact[], seen: Seen): string | undefined {
  const { heldBy, isRead } = seen;
  const held = heldBy(root);
  const sorted = changes.toSorted(by(({ address }) => address));
  if (held !== undefined) {
    const reason = againstState(root, sorted, held, seen);
    if (reason !== undefined) return reason;
  }
  return isRead(root) ? againstCode(root, sorted, seen) : undefined;
}

/** Why a plan is not of the code of a root, which was read: it keeps what nothing there declares. */
export function againstCode(
  root: string,
  changes: readonly PlannedFact[],
  { roots, blocks }: Pick<Seen, 'roots' | 'blocks'>,
): string | undefined {
  const declared = blocks.get(root);
  const stray = changes.find(
    (change) =>
      isKept(change) &&
      roots.configurationGap(root, change.address) === undefined &&
      (declared?.beside(change.address) ?? []).length === 0,
  );
  return stray === undefined ? undefined : `it has ${stray.address}, which ${root} does not declare`;
}

function againstState(
  root: string,
  changes: readonly PlannedFact[],
  { own, perhaps }: Held,
  { drifted, imported }: Seen,
): string | undefined {
  const all = [...own, ...perhaps];
  const arns = new Set(all.map(({ arn }) => arn));
  const ids = new Set(all.map(({ keyId }) => keyId));
  const left = new Set(changes.map(({ previousAddress }) => previousAddress));
  const filled = new Set(
    own.flatMap(({ status, address }) => (status === 'deposed' || left.has(address) ? [] : [address])),
  );
  for (const change of changes) {
    const { action, address, arn, keyId } = change;
    const isNamed = arn !== null || keyId !== null;
    const isHeld = arn === null ? ids.has(keyId) : arns.has(arn);
    const isImport = action === 'import' || imported.has(`${root}#${blockPath(address)}`);
    if (isNamed && !isHeld && !isImport) return `it has a key at ${address} that the state of ${root} does not hold`;
    const isMade = action === 'create' && !isNamed && !drifted.has(placeOf(change));
    if (isMade && filled.has(address)) return `it makes ${address}, where the state of ${root} holds a key already`;
  }
  return undefined;
}

/** The configuration that the plan was made of has a block for it. */
export const isKept = ({ action, deposed }: PlannedFact): boolean =>
  !deposed && action !== 'destroy' && action !== 'forget';

const placeOf = ({ plan, address }: Pick<PlannedFact, 'plan' | 'address'>): string => `${plan}#${address}`;
