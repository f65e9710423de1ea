import { copyFile, writeFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { HOUR } from '../../src/model/time.ts';
import { appliedEstate, lineOf, STATE } from './estate.ts';
import { describeWith } from './programs.ts';

const createdSchema = z.object({ KeyMetadata: z.object({ KeyId: z.string(), Arn: z.string() }) });

/** One story: each test begins where the one before it ended. */
describeWith('terraform', 'aws')('keys that come and go', () => {
  const { arn, aws, emulator, path, plan, scan, terraform } = appliedEstate('families.tf');
  const standing = (report: Awaited<ReturnType<typeof scan>>['report'], keyArn: string) =>
    report.keys.find((key) => key.arn === keyArn)?.standing;
  let replica = '';
  let handmade = '';

  it('a replica that somebody made of a managed primary, where Terraform plans nothing', async () => {
    const primary = await arn('aws_kms_key.family');
    replica = primary.replace('eu-west-1', 'us-east-1');
    await aws('kms', 'replicate-key', '--key-id', primary, '--replica-region', 'us-east-1');
    const { code, findings, report } = await scan();
    expect([code, findings]).toEqual([1, [`unmanaged-replica ${replica}`]]);
    expect(report.findings[0]?.message).toMatch(/made by user\/bob with the AWS CLI$/);
    expect((await plan()).code).toBe(0);
  });

  it('a key that somebody made, unmanaged where all states were read', async () => {
    const { KeyMetadata } = createdSchema.parse(await aws('kms', 'create-key', '--description', 'by hand'));
    handmade = KeyMetadata.Arn;
    const complete = await scan();
    expect([complete.code, complete.findings]).toEqual([
      1,
      [`unmanaged-key ${handmade}`, `unmanaged-replica ${replica}`],
    ]);
    const partial = await scan('--estate', 'partial');
    expect([partial.code, partial.findings]).toEqual([1, [`unmanaged-replica ${replica}`, `handmade-key ${handmade}`]]);
    expect((await plan()).code).toBe(0);
  });

  it('that key named by an import block, then imported', async () => {
    const id = handmade.split('/')[1];
    const block = 'resource "aws_kms_key" "handmade" {';
    await writeFile(
      path('handmade.tf'),
      `import {\n  to = aws_kms_key.handmade\n  id = "${id}"\n}\n\n${block}\n  description = "by hand"\n}\n`,
    );
    const planned = await scan();
    expect(planned.findings).toEqual([`unmanaged-replica ${replica}`]);
    expect(standing(planned.report, handmade)).toBe('import-planned');
    await terraform('apply', '-auto-approve');
    const imported = await scan();
    expect(imported.findings).toEqual([`unmanaged-replica ${replica}`, 'created-outside-iac aws_kms_key.handmade']);
    expect(imported.report.findings[1]).toMatchObject({
      severity: 'info',
      location: { path: 'handmade.tf', line: await lineOf(path('handmade.tf'), block) },
    });
    expect(standing(imported.report, handmade)).toBe('managed');
  });

  it('a key of an apply whose state is not persisted yet', async () => {
    emulator().advance(2 * HOUR);
    await copyFile(path(STATE), path('before.tfstate'));
    await writeFile(path('young.tf'), 'resource "aws_kms_key" "young" {\n  deletion_window_in_days = 7\n}\n');
    await terraform('apply', '-auto-approve');
    const young = await arn('aws_kms_key.young');
    const known = [`unmanaged-replica ${replica}`, 'created-outside-iac aws_kms_key.handmade'];
    const before = await scan('--state', 'before.tfstate');
    expect([before.findings, standing(before.report, young)]).toEqual([known, 'settling']);
    const impatient = await scan('--state', 'before.tfstate', '--grace', '0s');
    expect(impatient.findings).toContain(`unrecorded-key ${young}`);
    const after = await scan();
    expect([after.findings, standing(after.report, young)]).toEqual([known, 'managed']);
  });

  it('everything destroyed: Terraform’s keys retire, and the replica is left to nobody', async () => {
    const retiring = [
      await arn('aws_kms_key.family'),
      await arn('aws_kms_replica_key.family'),
      await arn('aws_kms_key.this'),
      await arn('aws_kms_key.young'),
      handmade,
    ];
    await terraform('destroy', '-auto-approve');
    const { code, findings, report } = await scan();
    expect(code).toBe(1);
    expect([...findings].sort()).toEqual(
      [`unmanaged-key ${replica}`, ...retiring.map((each) => `key-retiring ${each}`)].sort(),
    );
    for (const key of report.keys.filter((each) => each.standing === 'retiring')) {
      expect(key.deletion).toMatchObject({ via: 'terraform', principal: expect.stringContaining('deploy/ci') });
    }
  });
});
