import { blockPath, isModuleCall, stepsOf } from '../model/address.ts';
import type { AnchorFact } from '../model/facts.ts';
import { grouped } from '../model/grouped.ts';
import { type Realm, realmKey } from '../model/key-arn.ts';
import { by, inTurn } from '../model/order.ts';

/** A key that is to be shown somewhere. */
export interface Unplaced {
  /** null of a key that is not created, or whose ARN nobody names. */
  readonly realm: Realm | null;
  /** Whose configuration, state or plan names it; null where that is not known. */
  readonly root: string | null;
  /** Its addresses in that root, what configuration says first. */
  readonly addresses: readonly string[];
}

/**
 * Where a finding on a key is shown that has no block which git can show. In the key's own root, where that is known: the
 * innermost call of its module, else the provider block of its account and Region, else the backend, another provider, or
 * a file. Of any root's otherwise: the provider block of its account and Region, else one that may be it, else the backend.
 */
export function anchorOf(unordered: readonly AnchorFact[]): (key: Unplaced) => AnchorFact | null {
  const anchors = unordered.toSorted(
    inTurn<AnchorFact>(
      by(({ path }) => path),
      (a, b) => a.line - b.line,
    ),
  );
  const byRoot = grouped(anchors, ({ root }) => root);
  const calls = new Map(anchors.flatMap((anchor) => (anchor.address === undefined ? [] : [[callKey(anchor), anchor]])));
  const anywhere = new Map<string, AnchorFact | null>();
  return ({ realm, root, addresses }) => {
    if (root !== null) {
      const own = byRoot.get(root) ?? [];
      const call = addresses.flatMap(callsTo).map((address) => calls.get(callKey({ root, address })));
      return call.find((found) => found !== undefined) ?? covering(own, realm) ?? inFile(own);
    }
    if (realm === null) return null;
    const key = realmKey(realm);
    const known = anywhere.get(key);
    if (known !== undefined) return known;
    const found = covering(anchors, realm);
    anywhere.set(key, found);
    return found;
  };
}

const callKey = ({ root, address }: Pick<AnchorFact, 'root' | 'address'>): string => JSON.stringify([root, address]);

/** The module calls on the way to an address, the innermost first. */
function callsTo(address: string): readonly string[] {
  const steps = stepsOf(blockPath(address)).map(({ name }) => name);
  const end = steps.findIndex((name) => !isModuleCall(name));
  const calls = end === -1 ? steps : steps.slice(0, end);
  return calls.map((_, at) => calls.slice(0, calls.length - at).join('.'));
}

function covering(anchors: readonly AnchorFact[], realm: Realm | null): AnchorFact | null {
  const mayServe = ({ block, accounts }: AnchorFact): boolean =>
    block === 'provider' && (realm === null || accounts.length === 0 || accounts.includes(realm.account));
  return (
    anchors.find((anchor) => mayServe(anchor) && anchor.region === (realm?.region ?? null)) ??
    anchors.find((anchor) => mayServe(anchor) && anchor.region === null) ??
    anchors.find(({ block }) => block === 'backend' || block === 'cloud') ??
    null
  );
}

/** What does not cover the key, and stands in its root all the same. */
const inFile = (anchors: readonly AnchorFact[]): AnchorFact | null =>
  anchors.find(({ block }) => block === 'provider') ?? anchors.find(({ block }) => block === 'file') ?? null;
