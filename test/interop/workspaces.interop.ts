import { cp, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { HOUR, toInstant } from '../../src/model/time.ts';
import { awsEnvironment } from '../support/emulator/clients.ts';
import { type Emulator, startEmulator } from '../support/emulator/emulator.ts';
import { REGIONS, scanned } from './estate.ts';
import { describeWith, workshop } from './programs.ts';

const WORKSPACES = ['staging', 'production'] as const;

const settings = (...workspaces: readonly string[]): string =>
  `estate: complete\nroots:\n${workspaces
    .map((name) => `  - path: .\n    workspace: ${name}\n    var-files: [${name}.tfvars]\n`)
    .join('')}`;

const ORDERS = 'module.key["orders"].aws_kms_key.this';
const TOKENS = 'module.key["tokens"].aws_kms_key.this';

describeWith('terraform')('two workspaces of one configuration, each with variables of its own', () => {
  let emulator: Emulator;
  const shop = workshop(() => awsEnvironment(emulator));
  const { path, terraform } = shop;
  const regions = REGIONS.flatMap((region) => ['--region', region]);
  const scan = (...flags: readonly string[]) => scanned(shop, [...regions, ...flags]);

  beforeAll(async () => {
    emulator = await startEmulator({ now: toInstant(Date.now() - 2 * HOUR), limits: { lookupEventsPerSecond: null } });
    await cp(new URL('staged', import.meta.url), path(), { recursive: true });
    await terraform('init');
    for (const name of WORKSPACES) {
      await terraform('workspace', 'new', name);
      await terraform('apply', '-auto-approve', `-var-file=${name}.tfvars`);
    }
  });
  afterAll(() => emulator.stop());

  it('are two roots, of which each has its own keys', async () => {
    await writeFile(path('keydrift.yaml'), settings(...WORKSPACES));
    const { code, stderr, findings, report } = await scan();
    expect([code, stderr, findings]).toEqual([0, '', []]);
    expect(report.summary).toMatchObject({ keys: 3, standings: { managed: 3 }, iacCoverage: 1 });
    const held = report.keys.map(({ region, state, configuration }) => [
      region,
      state.map(({ address }) => address),
      configuration.map(({ root, address, description, keySpec }) => [root, address, description, keySpec]),
    ]);
    expect(held.sort()).toEqual([
      ['eu-central-1', [ORDERS], [['.@staging', ORDERS, 'staging-orders', 'SYMMETRIC_DEFAULT']]],
      ['eu-west-1', [ORDERS], [['.@production', ORDERS, 'production-orders', 'RSA_2048']]],
      ['eu-west-1', [TOKENS], [['.@production', TOKENS, 'production-tokens', 'RSA_2048']]],
    ]);
  });

  it('a change of one workspace’s variables is about its keys alone', async () => {
    await writeFile(path('production.tfvars'), 'keys = ["orders"]\nspec = "RSA_4096"\n');
    const { code, findings, report } = await scan();
    expect([code, [...findings].sort()]).toEqual([1, [`destroy-planned ${TOKENS}`, `replacement-planned ${ORDERS}`]]);
    expect(report.findings.map(({ arn }) => arn?.split(':')[3])).toEqual(['eu-west-1', 'eu-west-1']);
  });

  it('one of which nobody told leaves its keys unmanaged, where the estate is said to be complete', async () => {
    await writeFile(path('keydrift.yaml'), settings('staging'));
    const { code, findings, report } = await scan();
    expect([code, findings.map((finding) => finding.split(' ')[0])]).toEqual([1, ['unrecorded-key', 'unrecorded-key']]);
    expect(report.summary.standings).toMatchObject({ managed: 1, unmanaged: 2 });
  });

  it('that are found and not told hold all keys, and what depends on the workspace is open', async () => {
    await writeFile(path('keydrift.yaml'), 'regions: [eu-west-1, eu-central-1]\n');
    const { findings, report } = await scan('--config-dir', '.');
    expect(findings).toEqual([]);
    expect(report.summary.standings).toMatchObject({ managed: 3, 'not-created': 0 });
  });
});
