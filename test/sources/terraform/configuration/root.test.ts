import { describe, expect, it } from '@jest/globals';
import { coverageSchema } from '../../../../src/model/coverage.ts';
import { factSchema } from '../../../../src/model/facts.ts';
import fc from '../../../support/fast-check.ts';
import { damagedConfigurations } from './hcl-text.ts';
import { READ_AT, readFiles } from './read-files.ts';

const KEY = 'resource "aws_kms_key" "this" {\n  customer_master_key_spec = "RSA_2048"\n}\n';
describe('a root module', () => {
  it('passes over everything that is not about keys', async () => {
    const { facts, coverage } = await readFiles({
      'main.tf': [
        'data "aws_kms_key" "d" {\n  key_id = "alias/x"\n}',
        'resource "aws_kms_grant" "g" {\n  name = "x"\n}',
        'resource "aws_s3_bucket" "b" {\n  not hcl at all\n}',
        'variable "v" {}\noutput "o" {\n  value = 1\n}',
        'locals {\n  aws_kms_key = { this = {} }\n}',
      ].join('\n'),
    });
    expect(facts).toEqual([]);
    expect(coverage).toEqual([{ source: 'configuration', locator: '.', status: 'complete', readAt: READ_AT }]);
  });

  it('names modules that cannot be read, and gives each an entry of its own', async () => {
    const { facts, coverage } = await readFiles({
      'main.tf': `${KEY}
module "keys" {
  source   = "./keys"
  for_each = var.regions
}
module "kms" {
  source = "terraform-aws-modules/kms/aws"
}
module "off" {
  count  = 0
  source = "./off"
}
`,
    });
    expect(facts).toEqual([expect.objectContaining({ instances: 'one', unknown: {} })]);
    const keys = 'module "keys" (main.tf:5) is not followed: ./keys: cannot be read: no such file or directory';
    const kms =
      'module "kms" (main.tf:9) is not followed: terraform-aws-modules/kms/aws is not installed: run terraform init';
    const entry = { source: 'configuration', readAt: READ_AT };
    expect(coverage).toEqual([
      { ...entry, locator: '.', status: 'complete' },
      { ...entry, operation: 'module', locator: '.#module.keys[*]', status: 'failed', reason: keys },
      { ...entry, operation: 'module', locator: '.#module.kms', status: 'failed', reason: kms },
    ]);
  });

  it('names ten gaps and counts the rest', async () => {
    const broken = Array.from({ length: 12 }, (_, n) => [`${String.fromCharCode(97 + n)}.tf`, 'resource {']);
    const { coverage } = await readFiles(Object.fromEntries(broken));
    expect(coverage[0]?.reason).toContain('j.tf could not be read in full; and 2 more: keys');
    expect(coverage[0]?.reason).not.toContain('k.tf');
  });

  it.each([
    ['without a name', 'resource "aws_kms_key" {}', ':4: a resource block needs a type and a name, and no more'],
    [
      'with a label too many',
      'resource "aws_kms_key" "a" "b" {}',
      ':4: a resource block needs a type and a name, and no more',
    ],
    ['without sense', 'resource "aws_kms_key" "b" {\n  x\n}', ':5: neither an argument nor a block begins here'],
    [
      'with a syntax error',
      'resource "aws_kms_key" "b" {\n  x = = 1\n}',
      ':4: the resource block cannot be read as HCL',
    ],
    [
      'of enormous length',
      `resource "aws_kms_key" "b" {\n  description = "${'x'.repeat(140_000)}"\n}`,
      ':4: the resource block is longer than 131072 characters',
    ],
  ])('gives its other keys when there is a key block %s', async (_, text, reason) => {
    const { facts, coverage } = await readFiles({ 'main.tf': `${KEY}${text}\n` });
    expect(facts).toEqual([expect.objectContaining({ address: 'aws_kms_key.this' })]);
    expect(coverage).toEqual([
      expect.objectContaining({ locator: '.', status: 'partial' }),
      { source: 'configuration', locator: 'main.tf', status: 'partial', reason: `main.tf${reason}`, readAt: READ_AT },
    ]);
  });

  it('says when an address is declared twice, and takes neither block at its word', async () => {
    const { facts, diagnostics } = await readFiles({ 'a.tf': KEY, 'b.tf': `\n${KEY}` });
    const keySpec = 'declared twice, at a.tf:1 and b.tf:2: Terraform refuses that';
    const refused = { instances: 'one', attributes: {}, unknown: expect.objectContaining({ keySpec }) };
    expect(facts).toEqual([
      expect.objectContaining({ path: 'a.tf', ...refused }),
      expect.objectContaining({ path: 'b.tf', ...refused }),
    ]);
    expect(diagnostics).toEqual([
      {
        level: 'warning',
        source: 'configuration',
        message: 'aws_kms_key.this is declared twice, at a.tf:1 and b.tf:2: Terraform refuses that',
      },
    ]);
  });

  it('gives facts and coverage of their schema for any text, and a reason for what is not read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(damagedConfigurations, fc.string({ unit: 'binary' })), async (text) => {
        const { facts, coverage } = await readFiles({ 'main.tf': text });
        expect(factSchema.array().parse(facts)).toEqual(facts);
        expect(coverageSchema.array().parse(coverage)).toEqual(coverage);
        for (const entry of coverage) expect(entry.reason === undefined).toBe(entry.status === 'complete');
      }),
      { numRuns: 60 },
    );
  });
});
