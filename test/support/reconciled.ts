import type { Inventory } from '../../src/model/inventory.ts';
import { reconcile } from '../../src/reconcile/reconcile.ts';
import type { StandingOptions } from '../../src/reconcile/standing.ts';

/** Nothing but coverage stands between a key and its standing. */
const SETTLED: StandingOptions = { estate: 'complete', graceMs: 0, secondLook: 'assumed' };

/** What reconcile gives, with all records made. */
export function reconciled(inventory: Inventory, options = SETTLED) {
  const { keys, diagnostics } = reconcile(inventory, options);
  return { keys: [...keys], diagnostics };
}

/** What it says that the next applies do to the key of this id, or why that is not known. */
export function outlookOf(id: string, inventory: Inventory) {
  const key = reconciled(inventory).keys.find((each) => each.id === id);
  return { changes: key?.planned ?? [], gap: key?.unknown.planned };
}
