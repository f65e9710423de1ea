import type { AnchorFact } from '../model/facts.ts';
import type { Realm } from '../model/key-arn.ts';
import { by, inTurn } from '../model/order.ts';

/**
 * Where a finding on a key without a block of its own is shown: the provider block of its account and Region, else
 * one that may be it, else the backend.
 */
export function anchorOf(unordered: readonly AnchorFact[]): (realm: Realm) => AnchorFact | null {
  const anchors = unordered.toSorted(
    inTurn<AnchorFact>(
      by(({ path }) => path),
      (a, b) => a.line - b.line,
    ),
  );
  return ({ account, region }) => {
    const mayServe = (anchor: AnchorFact): boolean =>
      anchor.block === 'provider' && (anchor.accounts.length === 0 || anchor.accounts.includes(account));
    return (
      anchors.find((anchor) => mayServe(anchor) && anchor.region === region) ??
      anchors.find((anchor) => mayServe(anchor) && anchor.region === null) ??
      anchors.find((anchor) => anchor.block !== 'provider') ??
      null
    );
  };
}
