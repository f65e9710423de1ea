import { describe, expect, it } from '@jest/globals';
import {
  automaticValues,
  filesOf,
  isKeptByPeople,
  isReadByTerraform,
  isState,
  isStateOrBackup,
} from '../../../src/sources/terraform/file-names.ts';

const NAMES = [
  'z.tf',
  'a.tf',
  'b.tf.json',
  'a.tofu',
  'c.tofu.json',
  'b.tofu.json',
  'README.md',
  'terraform.tfvars',
  'x.tftest.hcl',
  'tf',
];

describe('filesOf', () => {
  it.each([
    ['terraform', ['a.tf', 'b.tf.json', 'z.tf']],
    ['opentofu', ['a.tofu', 'b.tofu.json', 'c.tofu.json', 'z.tf']],
  ] as const)('knows what %s reads', (program, primary) => {
    expect(filesOf(program, NAMES)).toEqual({ primary, overriding: [] });
  });

  it('sorts names by their bytes, as Go does', () => {
    const names = ['\u{1f600}_override.tf', '\uff5e_override.tf', 'b.tf', 'B.tf'];
    expect(filesOf('terraform', names)).toEqual({
      primary: ['B.tf', 'b.tf'],
      overriding: ['\uff5e_override.tf', '\u{1f600}_override.tf'],
    });
  });

  it('takes a twin of the same syntax only in place of another file', () => {
    expect(filesOf('opentofu', ['a.tf', 'a.tofu.json', 'b.tf.json', 'b.tofu']).primary).toEqual([
      'a.tf',
      'a.tofu.json',
      'b.tf.json',
      'b.tofu',
    ]);
  });

  it('passes over hidden files and what editors leave behind, as Terraform does', () => {
    expect(filesOf('terraform', ['.hidden.tf', 'a.tf~', '#a.tf#', '.tf', '#a.tf']).primary).toEqual(['#a.tf']);
  });

  it.each(['override.tf', 'x_override.tf', 'override.tf.json', '_override.tf'])('merges %s last', (name) => {
    expect(filesOf('terraform', ['zz.tf', name])).toEqual({ primary: ['zz.tf'], overriding: [name] });
  });

  it('lets OpenTofu override with files of its own', () => {
    expect(filesOf('opentofu', ['override.tf', 'override.tofu']).overriding).toEqual(['override.tofu']);
  });

  it('takes no other name for an override', () => {
    expect(filesOf('terraform', ['my-override.tf', 'overrides.tf']).primary).toEqual([
      'my-override.tf',
      'overrides.tf',
    ]);
  });
});

describe('the name of a file', () => {
  const READ = [isReadByTerraform, isKeptByPeople, isState, isStateOrBackup];
  it.each<[string, readonly boolean[]]>([
    ['infra/main.tf', [true, true, false, false]],
    ['main.tofu.json', [true, true, false, false]],
    ['envs/prod.tfvars', [true, true, false, false]],
    ['terraform.tfstate', [true, true, true, true]],
    ['OLD.TFSTATE', [true, true, true, true]],
    ['terraform.tfstate.backup', [false, true, false, true]],
    ['terraform.tfstate.1700000000.backup', [false, true, false, true]],
    ['.terraform.lock.hcl', [true, true, false, false]],
    ['terragrunt.hcl', [false, true, false, false]],
    ['.terraform/modules/modules.json', [true, false, false, false]],
    ['plan.json', [false, false, false, false]],
    ['report.tf.html', [false, false, false, false]],
  ])('%s tells whether Terraform reads it, people keep it, and it is a state', (name, told) => {
    expect(READ.map((is) => is(name))).toEqual(told);
  });

  it('tells values that are read by themselves, the strongest last', () => {
    expect(automaticValues(['a.auto.tfvars', 'b.auto.tfvars.json', 'c.tfvars', 'terraform.tfvars'])).toEqual([
      'terraform.tfvars',
      'a.auto.tfvars',
      'b.auto.tfvars.json',
    ]);
  });
});
