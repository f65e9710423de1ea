import { describe, expect, it } from '@jest/globals';
import { sortFiles, tofuTwin } from '../../../../src/sources/terraform/configuration/files.ts';

describe('sortFiles', () => {
  it('reads .tf files, and knows which others Terraform or OpenTofu would read', () => {
    const names = [
      'z.tf',
      'a.tf',
      'b.tf.json',
      'a.tofu',
      'c.tofu.json',
      'README.md',
      'terraform.tfvars',
      'x.tftest.hcl',
      'tf',
    ];
    expect(sortFiles(names)).toEqual({
      read: ['a.tf', 'z.tf'],
      unread: ['a.tofu', 'b.tf.json', 'c.tofu.json'],
      overriding: [],
    });
  });

  it('passes over hidden files and what editors leave behind, as Terraform does', () => {
    expect(sortFiles(['.hidden.tf', 'a.tf~', '#a.tf#', '.tf', '#a.tf'])).toEqual({
      read: ['#a.tf'],
      unread: [],
      overriding: [],
    });
  });

  it.each(['override.tf', 'x_override.tf', 'override.tf.json', 'x_override.tofu', '_override.tf'])(
    'knows that %s overrides other files',
    (name) => {
      expect(sortFiles(['main.tf', name])).toEqual({ read: ['main.tf'], unread: [name], overriding: [name] });
    },
  );

  it('takes no other name for an override', () => {
    expect(sortFiles(['my-override.tf', 'overrides.tf']).read).toEqual(['my-override.tf', 'overrides.tf']);
  });
});

describe('tofuTwin', () => {
  it.each([
    ['main.tf', 'main.tofu'],
    ['keys.tf', undefined],
  ])('of %s is %s', (name, twin) => {
    expect(tofuTwin(name, sortFiles(['main.tf', 'main.tofu', 'keys.tf', 'keys.tf.json']))).toBe(twin);
  });
});
