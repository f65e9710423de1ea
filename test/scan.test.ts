import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Inventory } from '../src/model/inventory.ts';
import { DAY, HOUR } from '../src/model/time.ts';
import { collect } from '../src/scan.ts';
import type { Progress } from '../src/sources/source.ts';
import { awsEnvironment } from './support/emulator/clients.ts';
import { type Emulator, startEmulator } from './support/emulator/emulator.ts';
import { keyArn, REALM } from './support/facts.ts';
import { reconciled } from './support/reconciled.ts';

const NOW = '2026-11-23T12:00:00.000Z';
const stateOf = (lineage: string) => JSON.stringify({ version: 4, serial: 1, lineage, resources: [] });

describe('a scan that something happens beside', () => {
  const saved = { ...process.env };
  let emulator: Emulator;
  let cwd = '';

  beforeEach(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'keydrift-scan-'));
    writeFileSync(join(cwd, 'a.tfstate'), stateOf('a'));
    emulator = await startEmulator({ now: NOW, keys: [{ id: 1, region: REALM.region }] }, { clock: 'frozen' });
    Object.assign(process.env, awsEnvironment(emulator), { AWS_CONFIG_FILE: '/dev/null' });
  });
  afterEach(async () => {
    process.env = saved;
    await emulator.stop();
    rmSync(cwd, { recursive: true });
  });

  const scanning = (onProgress: (progress: Progress) => void): Promise<Inventory> =>
    collect(
      {
        regions: [REALM.region],
        states: ['.'],
        configDirs: [],
        estate: 'complete',
        events: 'off',
        sinceMs: 90 * DAY,
        graceMs: HOUR,
        needs: new Set(['live']),
        tool: { name: 'keydrift', version: '0.0.0' },
      },
      {
        cwd,
        env: process.env,
        stdin: (async function* () {})(),
        signal: new AbortController().signal,
        now: () => NOW,
        onProgress,
      },
    );
  const standingOf = (inventory: Inventory) =>
    reconciled(inventory, { estate: 'complete', graceMs: HOUR, secondLook: 'required' }).keys.find(
      ({ id }) => id === keyArn(1),
    );

  it('is unmanaged where nothing happens', async () => {
    expect(standingOf(await scanning(() => {}))?.standing).toBe('unmanaged');
  });

  it.each([
    ['changes', 'a.tfstate', 'a.tfstate: changed during the scan: serial 1, then another lineage'],
    ['appears', 'b.tfstate', 'b.tfstate: appeared during the scan and was not read'],
  ])('calls no key unmanaged while a state %s', async (_, name, reason) => {
    const seen: string[] = [];
    const inventory = await scanning(({ source }) => {
      // KMS is asked once more after the states: that is when somebody else writes.
      if (source === 'kms' && seen.includes('state')) writeFileSync(join(cwd, name), stateOf('b'));
      seen.push(source);
    });
    expect(standingOf(inventory)).toMatchObject({
      standing: 'undetermined',
      reason: expect.stringContaining(reason),
    });
  });
});
