import { describe, expect, it } from '@jest/globals';
import { reading } from '../../../../src/model/attributes.ts';
import { readFiles } from './read-files.ts';

const policiesOf = async (text: string, files: Readonly<Record<string, string>> = {}): Promise<unknown> => {
  const { facts } = await readFiles({ 'main.tf': text, ...files });
  return Object.fromEntries(
    facts.flatMap((fact) => (fact.kind === 'configuration' ? [[fact.address, reading(fact, 'policy')]] : [])),
  );
};

const KEY = 'resource "aws_kms_key" "k" {\n  policy = "{\\"own\\":1}"\n}\n';
const policyBlock = (keyId: string, more = ''): string =>
  `resource "aws_kms_key_policy" "p" {\n  key_id = ${keyId}\n  policy = "{\\"set\\":1}"\n${more}}\n`;

const OWN = { kind: 'known', value: '{"own":1}' };
const SET = { kind: 'known', value: '{"set":1}' };
const perhaps = (line: number) => ({ kind: 'unknown', reason: `the aws_kms_key_policy at main.tf:${line} may set it` });

describe('an aws_kms_key_policy', () => {
  it.each(['aws_kms_key.k.id', 'aws_kms_key.k.key_id', 'aws_kms_key.k.arn', `"\${aws_kms_key.k.id}"`])(
    'with key_id = %s sets the policy of the key',
    async (keyId) => {
      const other = 'resource "aws_kms_key" "kk" {\n  policy = "{\\"own\\":1}"\n}\n';
      expect(await policiesOf(KEY + other + policyBlock(keyId))).toEqual({
        'aws_kms_key.k': SET,
        'aws_kms_key.kk': OWN,
      });
    },
  );

  it.each([
    ['var.id', perhaps(4)],
    ['module.m.key_id', perhaps(4)],
    ['"1234abcd-0000-4000-8000-000000000001"', perhaps(4)],
    ['try(aws_kms_key.k.id, null)', perhaps(4)],
    ['one(aws_kms_key.elsewhere[*].id)', OWN],
    ['aws_kms_key.elsewhere.id', OWN],
    ['coalesce(aws_kms_key.elsewhere["var.x"].id)', OWN],
    ['[for k in [aws_kms_key.elsewhere] : k.id][0]', OWN],
    ['element([aws_kms_key.elsewhere.id], count.index)', OWN],
    ['coalesce(aws_kms_key.elsewhere.id, var.id)', perhaps(4)],
    ['coalesce(aws_kms_key.elsewhere.id, terraform_data.id.output)', perhaps(4)],
  ])('with key_id = %s leaves the policy of the key as %j', async (keyId, policy) => {
    expect(await policiesOf(KEY + policyBlock(keyId))).toEqual({ 'aws_kms_key.k': policy });
  });

  it.each([
    ['', { address: 'aws_kms_key_policy.p', path: 'main.tf', line: 4 }],
    ['count = 1\n', { address: 'aws_kms_key_policy.p[0]', path: 'main.tf', line: 4 }],
    ['count = var.n\n', undefined],
    ['lifecycle {\nignore_changes = [policy]\n}\n', undefined],
  ])('with %j is what sets the policy', async (more, by) => {
    const { facts } = await readFiles({ 'main.tf': KEY + policyBlock('aws_kms_key.k.id', more) });
    const [key] = facts.flatMap((fact) => (fact.kind === 'configuration' ? [fact] : []));
    expect(key?.policyBy).toEqual(by);
  });

  it('says nothing where its policy is not known, is ignored or is not there', async () => {
    const one = (more: string) => `resource "aws_kms_key_policy" "p" {\n  key_id = aws_kms_key.k.id\n${more}}\n`;
    expect(await policiesOf(KEY + one('policy = data.aws_iam_policy_document.d.json\n'))).toEqual({
      'aws_kms_key.k': {
        kind: 'unknown',
        reason:
          'policy: data.aws_iam_policy_document.d.json is not known: data.aws_iam_policy_document is known to Terraform alone',
      },
    });
    expect(
      await policiesOf(KEY + policyBlock('aws_kms_key.k.id', 'lifecycle {\nignore_changes = [policy]\n}\n')),
    ).toEqual({
      'aws_kms_key.k': { kind: 'silent' },
    });
    expect(await policiesOf(KEY + policyBlock('aws_kms_key.k.id', 'count = 0\n'))).toEqual({ 'aws_kms_key.k': OWN });
  });

  it('may be there or not', async () => {
    expect(await policiesOf(KEY + policyBlock('aws_kms_key.k.id', 'count = var.n\n'))).toEqual({
      'aws_kms_key.k': perhaps(4),
    });
  });

  it('goes with its key, index by index', async () => {
    const keys = 'resource "aws_kms_key" "k" {\n  for_each = { a = 1, b = 2 }\n}\n';
    expect(await policiesOf(keys + policyBlock('aws_kms_key.k[each.key].id', 'for_each = { a = 1 }\n'))).toEqual({
      'aws_kms_key.k["a"]': SET,
      'aws_kms_key.k["b"]': { kind: 'silent' },
    });
    expect(await policiesOf(keys + policyBlock('aws_kms_key.k[var.x].id'))).toEqual({
      'aws_kms_key.k["a"]': perhaps(4),
      'aws_kms_key.k["b"]': perhaps(4),
    });
    const open = 'resource "aws_kms_key" "k" {\n  for_each = var.keys\n}\n';
    expect(await policiesOf(open + policyBlock('aws_kms_key.k["a"].id'))).toEqual({ 'aws_kms_key.k[*]': perhaps(4) });
  });

  it('is of its own module', async () => {
    const call = 'module "m" {\n  source = "./m"\n  count = 2\n}\n';
    expect(await policiesOf(KEY + call, { 'm/main.tf': KEY + policyBlock('aws_kms_key.k.id') })).toEqual({
      'aws_kms_key.k': OWN,
      'module.m[0].aws_kms_key.k': SET,
      'module.m[1].aws_kms_key.k': SET,
    });
  });

  it('is one too many beside another', async () => {
    const second = policyBlock('aws_kms_key.k.id').replace('"p"', '"q"');
    expect(await policiesOf(KEY + policyBlock('aws_kms_key.k.id') + second)).toEqual({ 'aws_kms_key.k': perhaps(8) });
  });
});
