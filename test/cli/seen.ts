import type { Collect } from '../../src/cli/cli.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import { held, inventory, keyArn, kmsCovered, live, stateCovered, T } from '../support/facts.ts';

const coverage = [kmsCovered(), stateCovered()];
const requested = ['kms', 'state'] as const;

/** One managed key, and one in no state of a complete estate. */
export const drifted: Inventory = inventory(
  [live(keyArn(1)), held(keyArn(1)), live(keyArn(2)), live(keyArn(2), { readAt: T.secondLook })],
  { header: { estate: 'complete', requested: [...requested] }, coverage },
);

/** One managed key, and nothing else. */
export const clean: Inventory = inventory([live(keyArn(1)), held(keyArn(1))], {
  header: { requested: [...requested] },
  coverage,
});

/** The same, but DescribeKey was denied for one more key. */
export const gapped: Inventory = {
  ...clean,
  coverage: [
    ...coverage,
    {
      source: 'kms',
      operation: 'DescribeKey',
      locator: keyArn(3),
      region: 'eu-west-1',
      status: 'failed',
      reason: 'denied',
    },
  ],
};

/** Nothing answered. */
export const unseen: Inventory = {
  ...clean,
  facts: [],
  coverage: [{ source: 'kms', operation: 'ListKeys', region: 'eu-west-1', status: 'failed', reason: 'no credentials' }],
};

/** In place of a scan: these were seen. */
export const having =
  (inventory: Inventory): Collect =>
  async () =>
    inventory;
