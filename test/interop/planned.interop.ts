import { writeFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { appliedEstate, type Edit, lineOf, type Scanned } from './estate.ts';
import { describeWith } from './programs.ts';
import type { PlannedActions } from './terraform-json.ts';

const createdSchema = z.object({ KeyMetadata: z.object({ KeyId: z.string(), Arn: z.string() }) });

const CODES = `resource "aws_kms_key" "codes" {
  description              = "codes"
  customer_master_key_spec = "HMAC_256"
  key_usage                = "GENERATE_VERIFY_MAC"
  deletion_window_in_days  = 7
}
`;

const head = (name: string): string => `resource "aws_kms_key" "${name}" {`;

/** A block under another name, with the `moved` block that says so. */
const renamed = (from: string, to: string): readonly Edit[] => [
  [head(from), `moved {\n  from = aws_kms_key.${from}\n  to   = aws_kms_key.${to}\n}\n${head(to)}`],
];

/** The attributes for which keys are replaced, over all keys. */
const forcedIn = ({ keys }: Scanned['report']): readonly string[] =>
  keys.flatMap(({ planned = [] }) => planned.flatMap(({ because }) => because)).sort();

interface Both {
  readonly terraform: PlannedActions;
  readonly keydrift: Scanned;
  /** What keydrift says of the configuration and the state alone. */
  readonly unplanned: Scanned;
}

describeWith('terraform', 'aws')('what the next apply of a configuration would do', () => {
  const { arn, aws, emulator, path, plan, scan, terraform, whileEdited, withStateRestored } = appliedEstate(
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
      expect(forcedIn(report)).toEqual(['keySpec']);
      expect(report.findings[0]).toMatchObject({
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
      const forcing = ['customKeyStoreId', 'keySpec', 'keySpec', 'keySpec', 'keyUsage'];
      expect(forcedIn(report)).toEqual([...forcing, 'multiRegion', 'multiRegion', 'xksKeyId']);
      // The store that the edit names is not there either.
      expect(findings.filter((finding) => !finding.startsWith('replacement-planned'))).toEqual([
        'key-store-missing aws_kms_key.hsm',
      ]);
      const { changes } = await plan();
      const replaced = Object.keys(changes).filter((address) => changes[address]?.includes('delete'));
      // An argument that follows another resource is an expression, which only the plan evaluates.
      const followers = ['aws_kms_replica_key.family'];
      const said = findings.filter((finding) => finding.startsWith('replacement-planned'));
      expect([...said.map((finding) => finding.split(' ')[1]), ...followers].sort()).toEqual(replaced.sort());
      expect(changes).toMatchObject({ 'aws_kms_key.orders': ['update'], 'aws_kms_key.counted[0]': ['update'] });
      expect(changes).not.toHaveProperty(['aws_kms_external_key.family']);
    });
  });

  /** What keydrift says of the plan of these edits, and what Terraform itself plans. */
  const withPlan = async (
    edits: Readonly<Record<string, readonly Edit[]>>,
    use: (both: Both) => Promise<void> | void,
  ) =>
    whileEdited(edits, async () => {
      const terraform = await plan();
      await use({ terraform, keydrift: await scan('--plan', 'plan.json'), unplanned: await scan() });
    });

  it('passes a plan that only adds keys', async () => {
    const added = 'resource "aws_kms_key" "added" {\n  count = 2\n}\n\nresource "aws_kms_key" "agreement" {';
    await withPlan({ 'keys.tf': [['resource "aws_kms_key" "agreement" {', added]] }, ({ terraform, keydrift }) => {
      expect(terraform.changes).toEqual({ 'aws_kms_key.added[0]': ['create'], 'aws_kms_key.added[1]': ['create'] });
      expect([keydrift.code, keydrift.stderr, keydrift.findings]).toEqual([0, '', []]);
      expect(keydrift.report.summary.standings).toMatchObject({ 'not-created': 2 });
    });
  });

  it('destroys keys whose block is gone, or whose instance', async () => {
    const edits: readonly Edit[] = [
      [CODES, ''],
      ['toset(["blue", "green"])', 'toset(["green"])'],
      ['count                   = 2', 'count                   = 1'],
    ];
    const gone = ['aws_kms_key.codes', 'aws_kms_key.counted[1]', 'aws_kms_key.each["blue"]'];
    await withPlan({ 'keys.tf': edits }, ({ terraform, keydrift, unplanned }) => {
      expect(terraform.changes).toEqual(Object.fromEntries(gone.map((address) => [address, ['delete']])));
      for (const { code, findings, report } of [keydrift, unplanned]) {
        expect([code, [...findings].sort()]).toEqual([1, gone.map((address) => `destroy-planned ${address}`)]);
        for (const { severity, message } of report.findings) {
          expect([severity, message]).toEqual(['critical', expect.stringMatching(/gone 7 days later/)]);
        }
      }
      const places = ({ report }: Scanned) => report.findings.map(({ location }) => location);
      expect(places(keydrift)).toEqual(places(unplanned));
    });
  });

  it('lets go of a key with removed { destroy = false }, and moves another', async () => {
    const edits: readonly Edit[] = [
      [CODES, 'removed {\n  from = aws_kms_key.codes\n  lifecycle {\n    destroy = false\n  }\n}\n'],
      ...renamed('agreement', 'agreed'),
      ...renamed('counted', 'tallied'),
    ];
    await withPlan({ 'keys.tf': edits }, ({ terraform, keydrift, unplanned }) => {
      expect(terraform.changes).toEqual({ 'aws_kms_key.codes': ['forget'] });
      for (const { code, stderr, findings, report } of [keydrift, unplanned]) {
        expect([code, stderr, findings]).toEqual([0, '', ['forget-planned aws_kms_key.codes']]);
        expect(report.summary.standings).toMatchObject({ managed: report.keys.length });
      }
    });
  });

  it('destroys a key that is moved to where the state holds another, and moves what count alone moves', async () => {
    const moved = 'moved {\n  from = aws_kms_key.codes\n  to   = aws_kms_key.agreement\n}\n';
    const edits: readonly Edit[] = [
      [CODES, moved],
      ...renamed('each', 'another'),
      ['count                   = 2', ''],
      [`\${count.index}`, '0'],
    ];
    const gone = ['aws_kms_key.codes', 'aws_kms_key.counted[1]'];
    await withPlan({ 'keys.tf': edits }, ({ terraform, keydrift, unplanned }) => {
      expect(
        Object.keys(terraform.changes).filter((address) => terraform.changes[address]?.includes('delete')),
      ).toEqual(gone);
      for (const { findings } of [keydrift, unplanned]) {
        expect([...findings].sort()).toEqual(gone.map((address) => `destroy-planned ${address}`));
      }
    });
  });

  it('counts no plan that was made before the state and the code were what they are', async () => {
    const added = 'resource "aws_kms_key" "added" {}\n\n';
    await whileEdited({ 'keys.tf': [[head('agreement'), added + head('agreement')]] }, async () => void (await plan()));
    const { code, findings, report } = await scan('--plan', 'plan.json');
    expect([code, findings]).toEqual([3, []]);
    expect(report.coverage.filter(({ status }) => status !== 'complete')).toEqual([
      expect.objectContaining({ source: 'plan', reason: expect.stringMatching(/^it has aws_kms_key\.added, which /) }),
    ]);
  });

  it('replaces a tainted key, which only the state and a plan can know', async () => {
    await withStateRestored(async () => {
      await terraform('taint', 'aws_kms_key.codes');
      await withPlan({}, ({ terraform, keydrift, unplanned }) => {
        expect(terraform.changes).toEqual({ 'aws_kms_key.codes': ['delete', 'create'] });
        for (const { code, findings } of [keydrift, unplanned]) {
          expect([code, findings]).toEqual([1, ['replacement-planned aws_kms_key.codes']]);
        }
      });
    });
  });

  it('makes another key in the place of one that waits for its deletion', async () => {
    const key = await arn('aws_kms_key.codes');
    await aws('kms', 'schedule-key-deletion', '--key-id', key, '--pending-window-in-days', '7');
    await withPlan({}, ({ terraform, keydrift }) => {
      // Terraform also calls it drift where the provider fills in an empty map of tags.
      expect([terraform.drift['aws_kms_key.codes'], terraform.changes]).toEqual([
        ['delete'],
        { 'aws_kms_key.codes': ['create'] },
      ]);
      expect(keydrift.findings).toEqual([
        'key-pending-deletion aws_kms_key.codes',
        'deleted-outside-iac aws_kms_key.codes',
      ]);
      expect(keydrift.report.findings[0]).toMatchObject({ severity: 'critical', arn: key });
    });
    await aws('kms', 'cancel-key-deletion', '--key-id', key);
    await aws('kms', 'enable-key', '--key-id', key);
    expect((await scan()).findings).toEqual([]);
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
    const { changes } = await plan();
    expect(changes).toEqual({ 'aws_kms_key.rolled': ['delete'] });
    const planned = await scan('--plan', 'plan.json');
    expect(planned.report.findings.map(({ rule, severity, arn: keyArn }) => [rule, severity, keyArn])).toEqual([
      ['destroy-planned', 'critical', old],
      ['deposed-key', 'high', old],
    ]);
    await terraform(...apply);
    const after = await scan();
    expect(after.findings).toEqual([`key-retiring ${old}`]);
    expect(after.report.findings.find(({ arn: key }) => key === old)?.message).toContain(
      'assumed-role/deploy/ci with Terraform',
    );
  });

  it('imports a key that somebody made, and plans the rest of what a change says', async () => {
    const { KeyMetadata } = createdSchema.parse(await aws('kms', 'create-key', '--description', 'by hand'));
    const block = 'resource "aws_kms_key" "agreement" {';
    const imported = `import {\n  for_each = { handmade = "${KeyMetadata.KeyId}" }\n  to       = aws_kms_key.taken[each.key]\n  id       = each.value\n}\nresource "aws_kms_key" "taken" {\n  for_each    = toset(["handmade"])\n  description = "by hand"\n}\n\n${block}`;
    const edits: readonly Edit[] = [
      [block, imported],
      ['"RSA_2048"', '"RSA_3072"'],
    ];
    await withPlan({ 'keys.tf': edits }, async ({ keydrift, unplanned }) => {
      const line = await lineOf(path('keys.tf'), 'resource "aws_kms_key" "signing"');
      for (const { code, findings, report } of [keydrift, unplanned]) {
        // The rolled key of the test before is on its way out.
        const others = findings.filter((finding) => !finding.startsWith('key-retiring'));
        expect([code, others]).toEqual([1, ['replacement-planned aws_kms_key.signing']]);
        expect(report.findings[0]).toMatchObject({ location: { path: 'keys.tf', line } });
        expect(report.keys.find((each) => each.arn === KeyMetadata.Arn)?.standing).toBe('import-planned');
      }
    });
  });
});
