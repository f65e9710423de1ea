import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { AttributeName } from '../../src/model/attributes.ts';
import { copyEstate, REGIONS, STATE, scanned } from './estate.ts';
import { MOTO_ENVIRONMENT, type Moto, startMoto } from './moto.ts';
import { describeWith, workshop } from './programs.ts';
import { arnIn } from './terraform-json.ts';

/** What moto 5 answers otherwise than AWS, and what keydrift must make of it: no claim, for this reason. */
const KNOWN_BUGS: Readonly<Record<string, Partial<Record<AttributeName, string>>>> = {
  // ReplicateKey turns the primary into a REPLICA, which still names itself as the primary.
  'aws_kms_key.family': {
    multiRegionRole: 'DescribeKey contradicts itself: REPLICA, but the primary that it names is this key',
    primaryKeyArn: 'DescribeKey contradicts itself: REPLICA, but the primary that it names is this key',
    rotationPeriodDays: 'GetKeyRotationStatus gave no RotationPeriodInDays',
  },
  // GetKeyRotationStatus has no RotationPeriodInDays, also where one was set.
  'aws_kms_key.orders': { rotationPeriodDays: 'GetKeyRotationStatus gave no RotationPeriodInDays' },
  'aws_kms_replica_key.family': { rotationPeriodDays: 'GetKeyRotationStatus gave no RotationPeriodInDays' },
};

describeWith(
  'terraform',
  'aws',
  'moto_server',
)('an estate that Terraform applied to moto', () => {
  let moto: Moto;
  const shop = workshop(() => ({ ...MOTO_ENVIRONMENT, AWS_ENDPOINT_URL: moto.url }));
  const regions = REGIONS.flatMap((region) => ['--region', region]);
  // The keys are new: without --grace 0s a key in no state would be settling.
  const scan = (...flags: readonly string[]) =>
    scanned(shop, [
      ...regions,
      '--state',
      STATE,
      '--config-dir',
      '.',
      '--estate',
      'complete',
      '--grace',
      '0s',
      ...flags,
    ]);

  beforeAll(async () => {
    moto = await startMoto();
    // moto has no custom key stores and no GetParametersForImport.
    await copyEstate(shop.path(), ['keys.tf', 'families.tf']);
    await shop.terraform('init');
    await shop.terraform('apply', '-auto-approve', '-parallelism=20');
  });
  afterAll(() => moto.stop());

  it('holds managed keys alone, and what moto says wrong is Unknown, not a difference', async () => {
    const { code, stderr, findings, report } = await scan('--events', 'off');
    expect([code, stderr, findings]).toEqual([0, '', []]);
    expect(report.summary).toMatchObject({ keys: 11, standings: { managed: 11 }, iacCoverage: 1 });
    for (const key of report.keys) {
      const address = key.state[0]?.address ?? key.id;
      expect([address, key.differences, key.live?.unknown]).toEqual([address, [], KNOWN_BUGS[address] ?? {}]);
    }
  });

  it('with a key made and one disabled by hand is that and nothing else', async () => {
    await shop.aws('kms', 'create-key', '--description', 'by hand', '--region', 'eu-central-1');
    // moto's DisableKey takes an id and no ARN.
    const orders = arnIn(await readFile(shop.path(STATE), 'utf8'), 'aws_kms_key.orders').split('/')[1] ?? '';
    await shop.aws('kms', 'disable-key', '--key-id', orders);
    const { code, findings } = await scan('--events', 'off');
    expect([code, findings]).toEqual([
      1,
      [expect.stringMatching(/^unmanaged-key arn:aws:kms:eu-central-1:/), 'key-disabled aws_kms_key.orders'],
    ]);
  });

  it('with an alias pointed at another key and a tag edited is that and nothing else', async () => {
    const state = await readFile(shop.path(STATE), 'utf8');
    const signing = arnIn(state, 'aws_kms_key.signing');
    const orders = arnIn(state, 'aws_kms_key.orders');
    const before = (await scan('--events', 'off')).findings;
    await shop.kms('update-alias', '--alias-name', 'alias/orders', '--target-key-id', signing);
    await shop.kms('tag-resource', '--key-id', orders, '--tags', 'TagKey=team,TagValue=other');
    const { code, findings } = await scan('--events', 'off');
    expect([code, [...findings].sort()]).toEqual([
      1,
      [...before, 'alias-drift aws_kms_key.orders', 'tags-drift aws_kms_key.orders'].sort(),
    ]);
  });

  it('has neither creation records nor last uses: what moto does not know is a gap in one clear line each', async () => {
    const { code, stderr, report } = await scan('--fail-on', 'critical');
    expect([code, stderr]).toEqual([3, expect.stringMatching(/^keydrift: exit 3: .+ incomplete .+\n$/)]);
    const gaps = report.coverage.filter(({ status }) => status !== 'complete');
    expect(gaps.map(({ source, operation, region }) => `${source} ${operation} ${region}`).sort()).toEqual([
      ...REGIONS.map((region) => `cloudtrail CreateKey ${region}`).sort(),
      // Asked for the key that somebody made there, and for no other.
      'kms GetKeyLastUsage eu-central-1',
    ]);
    for (const { status, reason } of gaps) {
      expect([status, reason]).toEqual([
        'failed',
        expect.stringMatching(
          /^HTTP 500, and its body is none that AWS gives: .+ is not valid JSON \((after \d tries|1 of 1 keys)\)$/,
        ),
      ]);
    }
  });
});
