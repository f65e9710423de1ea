import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Collect, run } from '../../src/cli/run.ts';
import { InterruptedError, UserError } from '../../src/errors.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import { reportSchema } from '../../src/model/report.ts';
import type { CollectRequest } from '../../src/scan.ts';
import { writeInventory } from '../../src/sources/inventory/write.ts';
import { absent, held, inventory, keyArn, kmsCovered, live, stateCovered } from '../support/facts.ts';
import { type MemoryHost, type MemoryHostOptions, memoryHost } from './memory-host.ts';

const quiet = new AbortController().signal;

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'keydrift-cli-'));
});
afterEach(() => rm(cwd, { recursive: true }));

const hostHere = (options: MemoryHostOptions = {}): MemoryHost => memoryHost({ cwd, ...options });

/** One managed key, and one in no state although the estate is complete. */
const drifted = inventory(
  [live(keyArn(1)), held(keyArn(1)), live(keyArn(2)), live(keyArn(2), { readAt: '2026-11-23T12:00:20.000Z' })],
  {
    header: { estate: 'complete', requested: ['kms', 'state'] },
    coverage: [kmsCovered(), stateCovered()],
  },
);
const clean = inventory([live(keyArn(1)), held(keyArn(1))], {
  header: { requested: ['kms', 'state'] },
  coverage: [kmsCovered(), stateCovered()],
});
const gapped: Inventory = {
  ...clean,
  coverage: [
    ...clean.coverage,
    { source: 'kms', operation: 'DescribeKey', locator: keyArn(1), status: 'failed', reason: 'denied' },
  ],
};

const finding =
  (seen: Inventory): Collect =>
  async () =>
    seen;

describe('keydrift scan', () => {
  it.each([
    ['an unmanaged key', drifted, [], 1],
    ['an unmanaged key that the gate lets pass', drifted, ['--fail-on', 'critical'], 0],
    ['no finding', clean, [], 0],
    ['a gap', gapped, [], 3],
    ['a gap that is allowed', gapped, ['--allow-partial'], 0],
    ['a finding, in Terraform order', drifted, ['--detailed-exitcode'], 2],
    ['a gap, in Terraform order', gapped, ['--detailed-exitcode'], 1],
  ])('answers %s', async (_, seen, flags, code) => {
    const host = hostHere();
    expect(await run(['scan', '--region', 'eu-west-1', '--state', '.', ...flags], host, finding(seen))).toBe(code);
    expect(host.said.stdout).not.toBe('');
    expect(host.said.stderr).toMatch(code === 0 ? /^$/ : new RegExp(`^keydrift: exit ${code}: .+\n$`));
  });
});
