import type { Inventory } from '../../src/model/inventory.ts';
import { reconcile } from '../../src/reconcile/reconcile.ts';
import type { StandingOptions } from '../../src/reconcile/standing.ts';

/** What reconcile gives, with all records made. */
export function reconciled(inventory: Inventory, options: StandingOptions) {
  const { keys, diagnostics } = reconcile(inventory, options);
  return { keys: [...keys], diagnostics };
}
