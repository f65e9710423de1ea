import { writeFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { appliedEstate, type Edit, lineOf } from './estate.ts';
import { describeWith } from './programs.ts';

describeWith('terraform')('what the next apply of a configuration would do', () => {
  const { arn, emulator, path, plan, scan, terraform, whileEdited } = appliedEstate(
    'keys.tf',
    'key-stores.tf',
    'families.tf',
    'imported.tf',
  );

  it('one word of customer_master_key_spec replaces the key: said at its block, and Terraform agrees', async () => {
    await whileEdited({ 'keys.tf': [['"RSA_2048"', '"RSA_4096"']] }, async () => {
      const { code, findings, report } = await scan();
      expect(findings).toEqual(['replacement-planned aws_kms_key.signing']);
      expect(code).toBe(1);
      expect(report.findings[0]).toMatchObject({
        attribute: 'keySpec',
        location: { path: 'keys.tf', line: await lineOf(path('keys.tf'), 'resource "aws_kms_key" "signing"') },
      });
      expect(await plan()).toMatchObject({ code: 2, changes: { 'aws_kms_key.signing': ['delete', 'create'] } });
    });
  });

  it('replaces what keydrift says it replaces, and what only a plan can know', async () => {
    const edits: Readonly<Record<string, readonly Edit[]>> = {
      'keys.tf': [
        ['key_usage                = "KEY_AGREEMENT"', 'key_usage                = "SIGN_VERIFY"'],
        ['"counted $', '"counted otherwise $'],
        ['toset(["blue", "green"])', 'toset(["blue", "green"])\n  customer_master_key_spec = "RSA_4096"'],
        ['"HMAC_256"', '"HMAC_512"'],
        ['rotation_period_in_days = 180', 'rotation_period_in_days = 365'],
        [
          'description              = "signing"',
          'description              = "signing"\n  multi_region             = true',
        ],
      ],
      'key-stores.tf': [
        ['cks-1234567890abcdef0', 'cks-34567890abcdef012'],
        ['bb8562717f809024', 'cc8562717f809024'],
      ],
      // Optional+Computed: unset leaves a multi-Region key alone, and an explicit false replaces it.
      'families.tf': [['multi_region            = true', 'multi_region            = false']],
      'imported.tf': [['  multi_region            = true\n', '']],
    };
    await whileEdited(edits, async () => {
      const { findings, report } = await scan();
      expect(report.findings.map(({ rule, attribute }) => `${rule} ${attribute}`).sort()).toEqual(
        ['customKeyStoreId', 'keySpec', 'keySpec', 'keySpec', 'keyUsage', 'multiRegion', 'multiRegion', 'xksKeyId'].map(
          (attribute) => `replacement-planned ${attribute}`,
        ),
      );
      const { changes } = await plan();
      const replaced = Object.keys(changes).filter((address) => changes[address]?.includes('delete'));
      // An argument that follows another resource is an expression, which only the plan evaluates.
      const followers = ['aws_kms_replica_key.family'];
      expect([...findings.map((finding) => finding.split(' ')[1]), ...followers].sort()).toEqual(replaced.sort());
      expect(changes).toMatchObject({ 'aws_kms_key.orders': ['update'], 'aws_kms_key.counted[0]': ['update'] });
      expect(changes).not.toHaveProperty(['aws_kms_external_key.family']);
    });
  });

  it('destroys a deposed key, which is said until it is done', async () => {
    const rolled = (spec: string) => `resource "aws_kms_key" "rolled" {
  customer_master_key_spec = "${spec}"
  key_usage                = "SIGN_VERIFY"
  deletion_window_in_days  = 7
  lifecycle { create_before_destroy = true }
}
`;
    const apply = ['apply', '-auto-approve', '-no-color', '-target=aws_kms_key.rolled'] as const;
    await writeFile(path('rolled.tf'), rolled('RSA_2048'));
    await terraform(...apply);
    const old = await arn('aws_kms_key.rolled');
    await writeFile(path('rolled.tf'), rolled('RSA_3072'));
    emulator().addFault({ fault: 'deny', api: 'ScheduleKeyDeletion' });
    await expect(terraform(...apply)).rejects.toThrow('AccessDeniedException');
    emulator().clearFaults();
    const before = await scan();
    expect(before.findings).toEqual(['deposed-key aws_kms_key.rolled']);
    expect(before.report.findings[0]?.arn).toBe(old);
    expect(before.report.keys.find((key) => key.arn === old)).toMatchObject({
      standing: 'managed',
      state: [{ status: 'deposed' }],
      differences: [],
    });
    await terraform(...apply);
    const after = await scan();
    expect(after.findings).toEqual([`key-retiring ${old}`]);
    expect(after.report.findings[0]?.message).toContain('assumed-role/deploy/ci with Terraform');
  });
});
