import { copyFile, rm } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import type { Report, ReportKey } from '../../src/model/report.ts';
import { appliedEstate, differencesIn, type Scanned, STATE } from './estate.ts';
import { describeWith } from './programs.ts';

const KEYS = [
  'aws_kms_external_key.family',
  'aws_kms_external_key.imported',
  'aws_kms_key.agreement',
  'aws_kms_key.codes',
  'aws_kms_key.counted[0]',
  'aws_kms_key.counted[1]',
  'aws_kms_key.each["blue"]',
  'aws_kms_key.each["green"]',
  'aws_kms_key.family',
  'aws_kms_key.hsm',
  'aws_kms_key.orders',
  'aws_kms_key.signing',
  'aws_kms_key.xks',
  'aws_kms_replica_external_key.family',
  'aws_kms_replica_key.family',
  'module.vault[0].aws_kms_key.this',
];

const addressOf = (key: ReportKey): string => key.state[0]?.address ?? key.id;
const addressesOf = ({ keys }: Report): readonly string[] => keys.map(addressOf).sort();
const standingsOf = ({ summary }: Report) =>
  Object.fromEntries(Object.entries(summary.standings).filter(([, keys]) => keys > 0));
function expectNothing({ code, stderr, report, findings }: Scanned): void {
  expect(findings).toEqual([]);
  expect(differencesIn(report)).toEqual([]);
  expect(report.coverage.filter(({ status }) => status !== 'complete')).toEqual([]);
  expect([code, stderr]).toEqual([0, '']);
}

describeWith('terraform', 'aws')('an estate that Terraform applied', () => {
  const estate = appliedEstate('keys.tf', 'key-stores.tf', 'families.tf', 'imported.tf');
  const { arn, plan, scan, terraform, path, withStateRestored } = estate;
  const kms = (command: string, keyId: string, ...args: readonly string[]) =>
    estate.kms(command, '--key-id', keyId, ...args);

  describe('as it was applied', () => {
    it('holds managed keys alone, made by Terraform, on which all witnesses agree', async () => {
      const scanned = await scan();
      expectNothing(scanned);
      const { report } = scanned;
      expect(addressesOf(report)).toEqual(KEYS);
      expect(standingsOf(report)).toEqual({ managed: KEYS.length });
      for (const key of report.keys) {
        const replica = addressOf(key).includes('_replica_');
        expect([addressOf(key), key.created?.via, key.replicated?.via]).toEqual(
          replica ? [addressOf(key), 'aws-service', 'terraform'] : [addressOf(key), 'terraform', undefined],
        );
        expect(key.live?.unknown).toEqual({});
        const { keySpec, keyUsage, origin, customKeyStoreId, xksKeyId, multiRegion } = key.live ?? {};
        expect(key.created).toMatchObject({ keySpec, keyUsage, origin, customKeyStoreId, xksKeyId, multiRegion });
        expect(key.state[0]).toMatchObject({ keyUsage, origin, multiRegion });
      }
    });

    it('has the policies and tags that the state has, in whatever form', async () => {
      const key = await arn('aws_kms_key.orders');
      const Statement = {
        Effect: 'Allow',
        Resource: ['*'],
        Action: 'kms:*',
        Principal: { AWS: ['arn:aws:iam::111122223333:root'] },
        Sid: 'all',
      };
      const put = (statement: object) =>
        kms('put-key-policy', key, '--policy', JSON.stringify({ Statement: [statement], Version: '2012-10-17' }));
      await put(Statement);
      expectNothing(await scan());
      expect((await plan()).code).toBe(0);
      await put({ ...Statement, Principal: { AWS: '*' } });
      await kms('tag-resource', key, '--tags', 'TagKey=team,TagValue=other');
      const { code, findings, report } = await scan();
      expect([code, findings]).toEqual([1, ['policy-drift aws_kms_key.orders', 'tags-drift aws_kms_key.orders']]);
      expect(differencesIn(report)).toEqual(
        ['policy', 'tags'].map((attribute) => `${attribute} of aws_kms_key.orders`),
      );
      expect((await plan()).changes).toEqual({ 'aws_kms_key.orders': ['update'] });
      await put(Statement);
      await kms('tag-resource', key, '--tags', 'TagKey=team,TagValue=orders');
    });

    it('is the same to keydrift when Terraform refreshed it, though Terraform sees changes', async () => {
      const refresh = ['-refresh-only', '-detailed-exitcode', '-no-color'] as const;
      const first = await estate.ran(['terraform', 'plan', ...refresh], [2]);
      expect([first.code, first.stdout]).toEqual([2, expect.stringContaining('changed outside of Terraform')]);
      await terraform('apply', '-refresh-only', '-auto-approve');
      // Terraform's own surprise, which a gate must not inherit: exit code 2, and nothing to change.
      const second = await estate.ran(['terraform', 'plan', ...refresh], [2]);
      expect([second.code, second.stdout]).toEqual([2, expect.stringContaining('No changes.')]);
      expectNothing(await scan());
    });
  });

  describe('changed with the aws CLI', () => {
    const ORDERS = 'aws_kms_key.orders';
    const back = ['--rotation-period-in-days', '180'];
    type Call = readonly [command: string, ...args: string[]];
    it.each<readonly [string, Call, readonly Call[], readonly string[], readonly string[]]>([
      ['disabled', ['disable-key'], [['enable-key']], ['key-disabled'], ['enabled']],
      [
        'no longer rotated',
        ['disable-key-rotation'],
        [['enable-key-rotation', ...back]],
        ['rotation-drift'],
        ['rotationEnabled', 'rotationPeriodDays'],
      ],
      [
        'rotated less often',
        ['enable-key-rotation', '--rotation-period-in-days', '365'],
        [['enable-key-rotation', ...back]],
        ['rotation-drift'],
        ['rotationPeriodDays'],
      ],
      [
        'described otherwise',
        ['update-key-description', '--description', 'by hand'],
        [['update-key-description', '--description', 'orders']],
        ['description-drift'],
        ['description'],
      ],
    ])('a key %s', async (_, change, undo, rules, attributes) => {
      const key = await arn(ORDERS);
      const [command, ...args] = change;
      await kms(command, key, ...args);
      const { code, findings, report } = await scan();
      expect(findings).toEqual(rules.map((rule) => `${rule} ${ORDERS}`));
      expect(differencesIn(report)).toEqual(attributes.map((attribute) => `${attribute} of ${ORDERS}`));
      expect(code).toBe(0);
      // The next scan would tell what this leaves behind.
      for (const [name, ...more] of undo) await kms(name, key, ...more);
    });

    it('a key scheduled for deletion: critical, where Terraform would quietly make another', async () => {
      const key = await arn(ORDERS);
      await kms('schedule-key-deletion', key, '--pending-window-in-days', '7');
      const { code, findings, report } = await scan();
      expect(findings).toEqual([`key-pending-deletion ${ORDERS}`, `deleted-outside-iac ${ORDERS}`]);
      expect(report.findings[0]?.message).toMatch(/ gone in 6 days, scheduled by user\/bob with the AWS CLI$/);
      expect([code, standingsOf(report), differencesIn(report)]).toEqual([1, { managed: KEYS.length }, []]);
      const { drift, changes } = await plan();
      expect([drift[ORDERS], changes[ORDERS]]).toEqual([['delete'], ['create']]);
      await kms('cancel-key-deletion', key);
      expect((await scan()).findings).toEqual([`key-disabled ${ORDERS}`]);
      await kms('enable-key', key);
      expectNothing(await scan());
    });

    it('the primary of a family moved: critical, where Terraform cannot even plan', async () => {
      const key = await arn('aws_kms_key.family');
      const replica = await arn('aws_kms_replica_key.family');
      await kms('update-primary-region', key, '--primary-region', 'eu-central-1');
      const { code, findings } = await scan();
      expect(findings).toEqual(['primary-moved aws_kms_replica_key.family', 'primary-moved aws_kms_key.family']);
      expect(code).toBe(1);
      const planned = await estate.ran(['terraform', 'plan', '-no-color'], [1]);
      expect(planned.stderr).toContain('is not a multi-Region primary key');
      await kms('update-primary-region', replica, '--region', 'eu-central-1', '--primary-region', 'eu-west-1');
      expectNothing(await scan());
    });
  });

  describe('with another state', () => {
    it('a key removed from it is unrecorded, or unclaimed where other states may exist', async () => {
      await withStateRestored(async () => {
        const key = await arn('aws_kms_key.signing');
        await terraform('state', 'rm', 'aws_kms_key.signing');
        const complete = await scan();
        expect(complete.findings).toEqual([`unrecorded-key ${key}`]);
        expect(complete.code).toBe(1);
        expect(complete.report.findings[0]?.message).toContain('assumed-role/deploy/ci with Terraform made it');
        const standings = { managed: KEYS.length - 1, 'not-created': 1 };
        expect(standingsOf(complete.report)).toEqual({ ...standings, unmanaged: 1 });
        const partial = await scan('--estate', 'partial');
        expect(partial.findings).toEqual([`unclaimed-key ${key}`]);
        expect([partial.code, standingsOf(partial.report)]).toEqual([0, { ...standings, unclaimed: 1 }]);
        // Terraform left a backup with the key in it: older, so that it does not count.
        const directory = await scan('--state', '.');
        expect(directory.findings).toEqual([`unrecorded-key ${key}`]);
      });
    });

    it('a copy beside it is nothing new, and a tainted key is to be replaced', async () => {
      await copyFile(path(STATE), path('copy.tfstate'));
      const copied = await scan('--state', '.');
      expectNothing(copied);
      expect(copied.report.diagnostics).toEqual([
        expect.objectContaining({ message: expect.stringMatching(/ is superseded by .+ \(the same content\)$/) }),
      ]);
      await rm(path('copy.tfstate'));
      await withStateRestored(async () => {
        await terraform('taint', 'aws_kms_key.signing');
        const { code, findings, report } = await scan();
        expect([code, findings]).toEqual([1, ['replacement-planned aws_kms_key.signing']]);
        expect(differencesIn(report)).toEqual([]);
        const key = report.keys.find((each) => addressOf(each) === 'aws_kms_key.signing');
        expect(key).toMatchObject({ standing: 'managed', state: [{ status: 'tainted' }] });
        expect((await plan()).changes).toEqual({ 'aws_kms_key.signing': ['delete', 'create'] });
      });
    });
  });
});
