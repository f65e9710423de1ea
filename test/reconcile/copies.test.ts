import { describe, expect, it } from '@jest/globals';
import type { Inventory } from '../../src/model/inventory.ts';
import { HOUR } from '../../src/model/time.ts';
import { absent, held, inventory, keyArn, kmsCovered, live, STATE, stateCovered } from '../support/facts.ts';
import { reconciled } from '../support/reconciled.ts';

const K = keyArn(1);
const options = { estate: 'partial', graceMs: HOUR, secondLook: 'required' } as const;

const standingIn = (scan: Inventory) => reconciled(scan, options).keys.find(({ id }) => id === K);

describe('copies of one state', () => {
  const backup = stateCovered({ locator: `${STATE}.backup`, serial: 3, digest: 'd0' });
  it('the highest serial counts: a key that only the backup holds is in no state', () => {
    const scan = inventory([live(K), held(K, { source: `${STATE}.backup`, serial: 3 })], {
      coverage: [kmsCovered(), stateCovered(), backup],
    });
    expect(standingIn(scan)?.standing).toBe('unclaimed');
    expect(reconciled(scan, options).diagnostics[0]?.message).toContain(
      'superseded by terraform.tfstate (serial 3 before 4)',
    );
  });

  it('a key that only the backup holds and KMS does not find ended long ago: there is nothing to account for', () => {
    const backup = { source: 'terraform.tfstate.backup', serial: 3 };
    const coverage = [kmsCovered(), stateCovered(), stateCovered({ locator: backup.source, serial: 3, digest: 'd0' })];
    const { keys } = reconciled(inventory([held(K, backup), absent(K)], { coverage }), options);
    expect(keys).toEqual([]);
  });

  it('a copy of the same content claims nothing twice', () => {
    const copy = stateCovered({ locator: 'copy.tfstate' });
    const scan = inventory([live(K), held(K), held(K, { source: 'copy.tfstate' })], {
      coverage: [kmsCovered(), stateCovered(), copy],
    });
    expect(reconciled(scan, options).keys[0]).toMatchObject({ claims: [], split: [], standing: 'managed' });
  });

  it('the same serial with other content is a split, shown on the keys it is about', () => {
    const fork = stateCovered({ locator: 'fork.tfstate', digest: 'd2' });
    const [both, one] = [keyArn(1), keyArn(2)];
    const scan = inventory(
      [
        live(both),
        live(one),
        held(both),
        held(both, { source: 'fork.tfstate' }),
        held(one, { source: 'fork.tfstate' }),
      ],
      { coverage: [kmsCovered(), stateCovered(), fork] },
    );
    const { keys } = reconciled(scan, options);
    expect(keys.map((key) => [key.standing, key.split.length])).toEqual([
      ['managed', 0],
      ['managed', 2],
    ]);
  });

  it('two lineages that hold one key both claim it', () => {
    const scan = inventory([live(K), held(K), held(K, { source: 'b.tfstate', lineage: 'b' })], {
      coverage: [kmsCovered(), stateCovered(), stateCovered({ locator: 'b.tfstate', lineage: 'b' })],
    });
    expect(reconciled(scan, options).keys[0]?.claims).toHaveLength(2);
  });
});
