import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Inventory } from '../src/model/inventory.ts';
import { NO_OWNERSHIP } from '../src/model/ownership.ts';
import { DAY, HOUR, MINUTE } from '../src/model/time.ts';
import { type CollectRequest, collect } from '../src/scan.ts';
import type { Progress } from '../src/sources/source.ts';
import { byFlag } from '../src/sources/terraform/state/where.ts';
import { awsEnvironment } from './support/emulator/clients.ts';
import { type Emulator, startEmulator } from './support/emulator/emulator.ts';
import { keyArn, REALM } from './support/facts.ts';
import { reconciled } from './support/reconciled.ts';

const NOW = '2026-11-23T12:00:00.000Z';
const stateOf = (lineage: string) => JSON.stringify({ version: 4, serial: 1, lineage, resources: [] });

describe('a scan', () => {
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

  const scanning = (onProgress: (progress: Progress) => void, over: Partial<CollectRequest> = {}): Promise<Inventory> =>
    collect(
      {
        regions: [REALM.region],
        states: [byFlag('.')],
        roots: [],
        configDirs: [],
        varFiles: [],
        plans: [],
        pulumi: [],
        estate: 'complete',
        ownership: NO_OWNERSHIP,
        events: 'off',
        sinceMs: 90 * DAY,
        graceMs: HOUR,
        needs: new Set(['live']),
        tool: { name: 'keydrift', version: '0.0.0' },
        ...over,
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
    ['from its start', undefined, '2026-11-22T12:00:00.000Z', NOW],
    ['from an earlier time', '2026-11-20T00:00:00.000Z', '2026-11-19T00:00:00.000Z', '2026-11-20T00:00:00.000Z'],
    ['from a time to come, which has no records yet', '2027-06-01T00:00:00.000Z', '2026-11-22T12:00:00.000Z', NOW],
  ])('asks for the records of a day back %s', async (_, asOf, start, end) => {
    const request = { events: 'lookup' as const, sinceMs: DAY, ...(asOf === undefined ? {} : { asOf }) };
    const { header, coverage } = await scanning(() => {}, request);
    expect(header).toMatchObject({ asOf: asOf ?? NOW, window: { start, end } });
    const windows = coverage.flatMap(({ source, window }) => (source === 'cloudtrail' ? [window] : []));
    expect(windows).toEqual([{ start, end }]);
  });

  it.each([
    ['nothing was given or found', {}],
    ['roots keep their states nobody knows where', { configDirs: ['infra'] }],
  ])('is refused as of the whole estate where %s', async (_, over) => {
    mkdirSync(join(cwd, 'infra'));
    writeFileSync(join(cwd, 'infra/main.tf'), 'provider "aws" {}');
    await expect(scanning(() => {}, { states: [], ...over })).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(
        /^--estate complete says that the given states are all there are, and none is given/,
      ),
    });
  });

  it('keeps the grace that it was made with', async () => {
    expect((await scanning(() => {}, { graceMs: 5 * MINUTE })).header.graceMs).toBe(5 * MINUTE);
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
