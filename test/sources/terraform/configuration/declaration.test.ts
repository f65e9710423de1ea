import { describe, expect, it } from '@jest/globals';
import { reading } from '../../../../src/model/attributes.ts';
import { configurationFactSchema } from '../../../../src/model/facts/configuration.ts';
import { declared, factsIn, readFiles } from './read-files.ts';

describe('a key resource without arguments', () => {
  const noStore = { customKeyStoreId: null, xksKeyId: null };
  const replica = { ...noStore, multiRegion: true, multiRegionRole: 'REPLICA' };

  it.each([
    [
      'aws_kms_key',
      {
        ...noStore,
        keySpec: 'SYMMETRIC_DEFAULT',
        keyUsage: 'ENCRYPT_DECRYPT',
        origin: 'AWS_KMS',
        enabled: true,
        rotationEnabled: false,
      },
    ],
    ['aws_kms_external_key', { ...noStore, origin: 'EXTERNAL', description: '' }],
    ['aws_kms_replica_key', { ...replica, origin: 'AWS_KMS', description: '', enabled: true }],
    ['aws_kms_replica_external_key', { ...replica, origin: 'EXTERNAL', description: '' }],
    ['awscc_kms_key', noStore],
    ['awscc_kms_replica_key', replica],
  ])('of type %s declares its defaults, and nothing that is Optional and Computed', async (type, attributes) => {
    const fact = await declared(type);
    expect(fact).toMatchObject({
      address: `${type}.this`,
      resourceType: type,
      instances: 'one',
      attributes,
      unknown: {},
    });
    expect(Object.keys(fact.attributes).sort()).toEqual(Object.keys(attributes).sort());
    expect(configurationFactSchema.parse(fact)).toEqual(fact);
  });
});

const POLICY = '{"Version":"2012-10-17","Statement":[]}';

describe('an argument', () => {
  it.each([
    ['aws_kms_key', 'customer_master_key_spec = "RSA_4096"', 'keySpec', 'RSA_4096'],
    ['aws_kms_key', 'customer_master_key_spec = "ML_DSA_999"', 'keySpec', 'ML_DSA_999'],
    ['aws_kms_key', 'customer_master_key_spec = null', 'keySpec', 'SYMMETRIC_DEFAULT'],
    ['aws_kms_key', 'key_usage = "SIGN_VERIFY"', 'keyUsage', 'SIGN_VERIFY'],
    ['aws_kms_key', 'is_enabled = false', 'enabled', false],
    ['aws_kms_key', 'is_enabled = "false"', 'enabled', false],
    ['aws_kms_key', 'is_enabled = "0"', 'enabled', false],
    ['aws_kms_key', 'enable_key_rotation = "true"', 'rotationEnabled', true],
    ['aws_kms_key', 'enable_key_rotation = true\nrotation_period_in_days = 90', 'rotationPeriodDays', 90],
    ['aws_kms_key', 'enable_key_rotation = true\nrotation_period_in_days = "90"', 'rotationPeriodDays', 90],
    ['aws_kms_key', 'description = "two  spaces"', 'description', 'two  spaces'],
    ['aws_kms_key', `description = "$\${name}"`, 'description', `\${` + 'name}'],
    ['aws_kms_key', 'description = 42', 'description', '42'],
    ['aws_kms_key', 'description = true', 'description', 'true'],
    ['aws_kms_key', `policy = <<EOT\n${POLICY}\nEOT`, 'policy', `${POLICY}\n`],
    ['aws_kms_key', 'multi_region = true', 'multiRegionRole', 'PRIMARY'],
    ['aws_kms_key', 'multi_region = false', 'multiRegionRole', null],
    ['aws_kms_key', 'multi_region = false', 'primaryKeyArn', null],
    ['aws_kms_key', 'custom_key_store_id = "cks-1"', 'origin', 'AWS_CLOUDHSM'],
    ['aws_kms_key', 'custom_key_store_id = "cks-1"', 'customKeyStoreId', 'cks-1'],
    ['aws_kms_key', 'custom_key_store_id = ""', 'customKeyStoreId', null],
    ['aws_kms_key', 'custom_key_store_id = "cks-1"\nxks_key_id = "x"', 'origin', 'EXTERNAL_KEY_STORE'],
    ['aws_kms_key', 'custom_key_store_id = var.store\nxks_key_id = "x"', 'origin', 'EXTERNAL_KEY_STORE'],
    ['aws_kms_external_key', 'multi_region = true', 'multiRegionRole', 'PRIMARY'],
    ['aws_kms_external_key', 'enabled = false', 'enabled', false],
    ['aws_kms_external_key', 'key_spec = "HMAC_256"', 'keySpec', 'HMAC_256'],
    ['aws_kms_replica_key', 'primary_key_arn = "arn:aws:kms:x"', 'primaryKeyArn', 'arn:aws:kms:x'],
    ['aws_kms_replica_key', 'enabled = false', 'enabled', false],
    ['awscc_kms_key', 'origin = "EXTERNAL"', 'origin', 'EXTERNAL'],
    ['awscc_kms_key', `key_policy = ${JSON.stringify(POLICY)}`, 'policy', POLICY],
    ['awscc_kms_key', 'tags = [{ key = "a", value = "b" }]', 'tags', { a: 'b' }],
    ['awscc_kms_replica_key', 'primary_key_arn = "arn:aws:kms:x"', 'primaryKeyArn', 'arn:aws:kms:x'],
  ] as const)('of %s, %j, is declared', async (type, text, attribute, value) => {
    expect(reading(await declared(type, text), attribute)).toEqual({ kind: 'known', value });
  });

  it.each([
    [
      'aws_kms_key',
      'customer_master_key_spec = var.spec',
      'keySpec',
      'customer_master_key_spec: var.spec is not declared',
    ],
    ['aws_kms_key', 'key_usage = ["x"]', 'keyUsage', 'key_usage is not text'],
    ['aws_kms_key', 'is_enabled = "yes"', 'enabled', 'is_enabled is not true or false'],
    ['aws_kms_key', 'is_enabled = 1', 'enabled', 'is_enabled is not true or false'],
    [
      'aws_kms_key',
      'description = 12345678901234567890',
      'description',
      'description: 12345678901234567890 is not known: a number that is not held exactly here',
    ],
    [
      'aws_kms_key',
      `description = "a-\${var.b}"`,
      'description',
      `description: "a-\${var.b}" is not known: var.b is not declared`,
    ],
    [
      'aws_kms_key',
      'policy = file("policy.json")',
      'policy',
      'policy: file("policy.json") is not known: file is not evaluated here',
    ],
    ['aws_kms_key', 'policy = "none"', 'policy', 'policy is not JSON'],
    ['aws_kms_key', 'multi_region = var.m', 'multiRegionRole', 'multi_region: var.m is not declared'],
    ['aws_kms_key', 'multi_region = var.m', 'primaryKeyArn', 'multi_region: var.m is not declared'],
    ['aws_kms_key', 'custom_key_store_id = local.s', 'origin', 'custom_key_store_id: local.s is not declared'],
    ['aws_kms_key', 'xks_key_id = each.value', 'origin', 'xks_key_id: each.value is not known here'],
    [
      'aws_kms_key',
      'enable_key_rotation = var.r\nrotation_period_in_days = 90',
      'rotationPeriodDays',
      'enable_key_rotation: var.r is not declared',
    ],
    [
      'aws_kms_key',
      'tags = { Team = "a" }',
      'tags',
      "the provider's default_tags, which may come from the environment, are merged into the declared tags",
    ],
    [
      'aws_kms_replica_key',
      'primary_key_arn = aws_kms_key.a.arn',
      'primaryKeyArn',
      'primary_key_arn: aws_kms_key.a.arn is not known: aws_kms_key.a is known to Terraform alone',
    ],
    ['awscc_kms_key', 'tags = [{ key = "a" }]', 'tags', 'tags is not a set of keys and values'],
    ['awscc_kms_key', 'tags = [{ key = "a", value = var.v }]', 'tags', 'tags: var.v is not declared'],
  ] as const)('of %s, %j, is Unknown', async (type, text, attribute, reason) => {
    expect(reading(await declared(type, text), attribute)).toEqual({ kind: 'unknown', reason });
  });

  it.each([
    ['aws_kms_key', 'rotation_period_in_days = 90', 'rotationPeriodDays'],
    ['aws_kms_key', 'enable_key_rotation = true', 'rotationPeriodDays'],
    ['aws_kms_key', 'multi_region = null', 'multiRegion'],
    ['aws_kms_key', 'multi_region = true', 'primaryKeyArn'],
    ['aws_kms_key', 'policy = ""', 'policy'],
    ['aws_kms_key', 'description = ""', 'description'],
    ['aws_kms_key', 'lifecycle { ignore_changes = [policy] }\npolicy = "{}"', 'policy'],
    ['aws_kms_key', 'lifecycle { ignore_changes = [is_enabled] }', 'enabled'],
    ['aws_kms_key', 'lifecycle { ignore_changes = [tags["a"]] }\ntags = { a = 1 }', 'tags'],
    [
      'aws_kms_key',
      'lifecycle { ignore_changes = [custom_key_store_id] }\ncustom_key_store_id = "c"',
      'customKeyStoreId',
    ],
    ['aws_kms_key', 'lifecycle { ignore_changes = [custom_key_store_id] }\ncustom_key_store_id = "c"', 'origin'],
    ['aws_kms_key', 'lifecycle { ignore_changes = [customer_master_key_spec] }', 'keySpec'],
    ['aws_kms_key', 'lifecycle { ignore_changes = [multi_region] }\nmulti_region = true', 'multiRegionRole'],
    ['aws_kms_key', 'lifecycle { ignore_changes = all }', 'keyUsage'],
  ] as const)('of %s, %j, leaves %s undeclared', async (type, text, attribute) => {
    expect(reading(await declared(type, text), attribute)).toEqual({ kind: 'silent' });
  });

  it.each(['keySpec', 'multiRegion', 'policy'] as const)('leaves %s Unknown where any may be ignored', async (name) => {
    const text = 'lifecycle { ignore_changes = [" tags"] }\npolicy = "{}"\nmulti_region = true';
    expect(reading(await declared('aws_kms_key', text), name)).toEqual({
      kind: 'unknown',
      reason: 'what its lifecycle block ignores cannot be read',
    });
  });

  it('of another kind is neither read nor in the way', async () => {
    const plain = await declared('aws_kms_key');
    const text = ['provider = aws.euw1', 'depends_on = [aws_iam_role.r]', 'timeouts { create = "5m" }'];
    expect(await declared('aws_kms_key', ...text, 'dynamic "timeouts" {\nfor_each = []\ncontent {}\n}')).toEqual(plain);
  });
});

describe('instances', () => {
  it.each([
    ['', ['one', '']],
    ['count = 0', ['none', '']],
    ['count = "0"', ['none', '']],
    ['count = 2', ['one', '[0]'], ['one', '[1]']],
    ['count = true ? 1 : 0', ['one', '[0]']],
    // hashicorp/terraform, eval_count.go: "The given count argument value is null".
    ['count = null', ['unknown', '[*]']],
    ['count = var.n', ['unknown', '[*]']],
    ['count = -1', ['unknown', '[*]']],
    ['count = 1.5', ['unknown', '[*]']],
    ['for_each = {}', ['none', '']],
    ['for_each = { a = 1, "b c" = var.x }', ['one', '["a"]'], ['one', '["b c"]']],
    ['for_each = toset(["a"])', ['one', '["a"]']],
    ['for_each = toset([var.x])', ['unknown', '[*]']],
    ['for_each = ["a"]', ['unknown', '[*]']],
    ['for_each = var.keys', ['unknown', '[*]']],
    ['for_each = null', ['unknown', '[*]']],
    ['count = 1\nfor_each = {}', ['unknown', '[*]']],
  ])('of %j', async (text, ...instances) => {
    const facts = await factsIn(`resource "aws_kms_key" "this" {\n${text}\n}\n`);
    expect(facts).toEqual(
      instances.map(([is, index]) => expect.objectContaining({ instances: is, address: `aws_kms_key.this${index}` })),
    );
  });

  it('are not told apart where there are more than 10,000, which is a gap', async () => {
    const { facts, coverage } = await readFiles({ 'main.tf': 'resource "aws_kms_key" "this" {\n  count = 10001\n}\n' });
    expect(facts).toMatchObject([{ instances: 'unknown', address: 'aws_kms_key.this[*]' }]);
    expect(coverage).toContainEqual(expect.objectContaining({ status: 'partial', operation: 'instances' }));
  });

  it('each say their own', async () => {
    const facts = await factsIn(`resource "aws_kms_key" "this" {
  for_each                 = { a = "RSA_2048", b = "RSA_4096" }
  customer_master_key_spec = each.value
  description              = upper(each.key)
}
resource "aws_kms_key" "counted" {
  count       = 2
  description = "key \${count.index}"
}
`);
    expect(facts.map((fact) => 'attributes' in fact && [fact.attributes.keySpec, fact.attributes.description])).toEqual(
      [
        ['RSA_2048', 'A'],
        ['RSA_4096', 'B'],
        ['SYMMETRIC_DEFAULT', 'key 0'],
        ['SYMMETRIC_DEFAULT', 'key 1'],
      ],
    );
  });
});

describe('beside its attributes a key says', () => {
  it.each([
    ['aws_kms_key', 'deletion_window_in_days = 7', { deletionWindowInDays: 7, region: null }],
    ['awscc_kms_key', 'pending_window_in_days = 8', { deletionWindowInDays: 8, region: null }],
    ['aws_kms_key', 'deletion_window_in_days = var.d', { deletionWindowInDays: null, region: null }],
    ['aws_kms_key', 'region = "eu-west-1"', { deletionWindowInDays: null, region: 'eu-west-1' }],
    ['aws_kms_key', 'region = var.r', { deletionWindowInDays: null, region: null }],
  ])('of %s: %s', async (type, text, said) => {
    expect(await declared(type, text)).toMatchObject(said);
  });
});
