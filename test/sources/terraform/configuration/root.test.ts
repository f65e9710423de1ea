import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coverageSchema } from '../../../../src/model/coverage.ts';
import { factSchema } from '../../../../src/model/facts.ts';
import { damagedConfigurations } from './hcl-text.ts';
import { READ_AT, readFiles } from './read-files.ts';

const KEY = 'resource "aws_kms_key" "this" {\n  customer_master_key_spec = "RSA_2048"\n}\n';
const declared = (reason: string) =>
  expect.objectContaining({
    instances: 'unknown',
    attributes: {},
    unknown: expect.objectContaining({ keySpec: reason }),
  });

describe('a root module', () => {
  it('passes over everything that is not about keys', async () => {
    const { facts, coverage } = await readFiles({
      'main.tf': [
        'data "aws_kms_key" "d" {\n  key_id = "alias/x"\n}',
        'resource "aws_kms_alias" "a" {\n  name = "alias/x"\n}',
        'resource "aws_s3_bucket" "b" {\n  not hcl at all\n}',
        'variable "v" {}\noutput "o" {\n  value = 1\n}',
        'locals {\n  aws_kms_key = { this = {} }\n}',
      ].join('\n'),
    });
    expect(facts).toEqual([]);
    expect(coverage).toEqual([{ source: 'configuration', locator: '.', status: 'complete', readAt: READ_AT }]);
  });

  it('is partly covered when it calls modules, and names them', async () => {
    const { coverage } = await readFiles({ 'main.tf': '\nmodule "keys" {\n  source = "./keys"\n}\nmodule "net" {}\n' });
    expect(coverage).toEqual([
      {
        source: 'configuration',
        locator: '.',
        status: 'partial',
        reason:
          'module "keys" (main.tf:2) is not followed; module "net" (main.tf:5) is not followed: keys declared there are not known',
        readAt: READ_AT,
      },
    ]);
  });

  it('names ten gaps and counts the rest', async () => {
    const modules = Array.from({ length: 12 }, (_, n) => `module "m${n}" {}\n`);
    const { coverage } = await readFiles({ 'main.tf': modules.join('') });
    expect(coverage[0]?.reason).toContain('module "m9" (main.tf:10) is not followed; and 2 more: keys');
    expect(coverage[0]?.reason).not.toContain('m10');
  });

  it.each(['main.tf.json', 'other.tofu'])('is partly covered beside %s, and its keys are as declared', async (name) => {
    const { facts, coverage } = await readFiles({ 'main.tf': KEY, [name]: '' });
    expect(facts).toEqual([expect.objectContaining({ instances: 'one', unknown: {} })]);
    expect(coverage[0]).toMatchObject({
      status: 'partial',
      reason: `${name} is not read: keys declared there are not known`,
    });
  });

  it.each([
    ['override.tf', 'override.tf, which may override it, is not read'],
    ['x_override.tf.json', 'x_override.tf.json, which may override it, is not read'],
    ['main.tofu', 'main.tofu, which OpenTofu reads in place of main.tf, is not read'],
  ])('knows of its keys only that they are there beside %s', async (name, reason) => {
    const { facts, coverage } = await readFiles({ 'main.tf': KEY, [name]: '' });
    expect(facts).toEqual([declared(reason)]);
    expect(coverage[0]).toMatchObject({ status: 'partial' });
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
