import { describe, expect, it } from '@jest/globals';
import { readFiles } from './read-files.ts';

const keyOf = async (files: Readonly<Record<string, string>>) => {
  const { facts, coverage } = await readFiles(files);
  const [key] = facts.filter((fact) => fact.kind === 'configuration');
  return { ...key, complete: coverage.every(({ status }) => status === 'complete') };
};

const KEY = `resource "aws_kms_key" "k" {
  customer_master_key_spec = "RSA_2048"
  description              = "as it was"
  lifecycle {
    prevent_destroy = true
    ignore_changes  = [policy]
  }
}
`;
const over = (body: string): string => `resource "aws_kms_key" "k" {\n${body}\n}\n`;

describe('an override file', () => {
  it('takes the place of arguments, and leaves the block where it stands', async () => {
    expect(await keyOf({ 'main.tf': KEY, 'override.tf': over('description = "other"') })).toMatchObject({
      path: 'main.tf',
      line: 1,
      attributes: { keySpec: 'RSA_2048', description: 'other' },
      complete: true,
    });
  });

  it('is merged in the order of names, JSON too', async () => {
    const files = {
      'a_override.tf': over('description = "a"\nis_enabled = false'),
      'b_override.tf.json': '{"resource": {"aws_kms_key": {"k": {"description": "b"}}}}',
      'main.tf': KEY,
    };
    expect((await keyOf(files)).attributes).toMatchObject({ description: 'b', enabled: false });
  });

  it.each([
    ['lifecycle {\n  ignore_changes = [description]\n}', undefined],
    ['lifecycle {\n  create_before_destroy = true\n}', 'as it was'],
  ])('is merged into lifecycle argument by argument: %j', async (body, description) => {
    expect((await keyOf({ 'main.tf': KEY, 'override.tf': over(body) })).attributes?.description).toBe(description);
  });

  it('overrides locals, defaults of variables, module arguments and providers', async () => {
    const files = {
      'main.tf': `locals {
  spec = "RSA_2048"
}
variable "text" {
  type    = string
  default = "a"
}
provider "aws" {
  region = "eu-west-1"
}
module "m" {
  source = "./m"
  spec   = local.spec
  text   = "x"
}
`,
      'x_override.tf': `locals {
  spec = "RSA_4096"
}
variable "text" {
  default = "b"
}
provider "aws" {
  region = "us-east-1"
}
module "m" {
  text = var.text
}
`,
      'm/main.tf':
        'variable "spec" {}\nvariable "text" {}\nresource "aws_kms_key" "k" {\n  customer_master_key_spec = var.spec\n  description = var.text\n}\n',
    };
    expect(await keyOf(files)).toMatchObject({
      region: 'us-east-1',
      attributes: { keySpec: 'RSA_4096', description: 'b' },
      complete: true,
    });
  });

  it('may configure a provider that no other file does', async () => {
    const files = { 'main.tf': KEY, 'override.tf': 'provider "aws" {\n  region = "eu-west-1"\n}\n' };
    expect(await keyOf(files)).toMatchObject({ region: 'eu-west-1', complete: true });
  });

  it.each([
    [
      'resource "aws_kms_key" "other" {}\n',
      'override.tf:1: the resource block overrides a block that is not there: Terraform refuses that',
    ],
    [
      'moved {\n  from = aws_kms_key.a\n  to = aws_kms_key.b\n}\n',
      'override.tf:1: a moved block stands in an override file: Terraform refuses that',
    ],
    [over('x = = 1'), 'override.tf:1: the resource block cannot be read as HCL'],
  ])('is partly read where it holds %j', async (text, reason) => {
    const { coverage } = await readFiles({ 'main.tf': KEY, 'override.tf': text });
    expect(coverage.map(({ reason: why }) => why)).toContainEqual(
      expect.stringContaining(reason.replace(/^override.tf/, '')),
    );
  });
});
