import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { formerReader } from '../../../../src/sources/terraform/configuration/former-reader.ts';
import { createModuleReader } from '../../../../src/sources/terraform/configuration/module-reader.ts';
import { tree } from '../roots/tree.ts';

const there = tree();

describe('what stood here before a change', () => {
  it('is read in place of what stands here: altered, removed, added', async () => {
    await there.put({
      'a/same.tf': 'variable "same" {}',
      'a/altered.tf': 'variable "now" {}',
      'a/added.tf': 'variable "added" {}',
      'a/x.tfvars': 'v = 2',
      'a/.terraform/modules/modules.json': '{}',
    });
    const were: Record<string, string> = {
      'a/same.tf': 'not asked for',
      'a/altered.tf': 'variable "then" {}',
      'a/gone.tf': 'variable "gone" {}',
      'a/x.tfvars': 'v = 1',
      'b/c/main.tf': 'variable "c" {}',
    };
    const former = {
      paths: Object.keys(were),
      texts: async (paths: readonly string[]) => new Map(paths.map((path) => [path, were[path] ?? ''])),
    };
    const changed = ['a/altered.tf', 'a/added.tf', 'a/gone.tf', 'a/x.tfvars', 'b/c/main.tf'];
    const reader = (await formerReader(former, changed, there.path))(createModuleReader(there.path));
    const { files, names } = await reader.read('a');
    const declared = files.flatMap(({ blocks }) => (blocks.ok ? blocks.value.map(({ labels }) => labels[0]) : []));
    expect(declared).toEqual(['then', 'gone', 'same']);
    expect(names).toEqual(['altered.tf', 'gone.tf', 'same.tf', 'x.tfvars']);
    expect((await reader.list('.')).directories).toEqual(['a', 'b']);
    expect(await reader.read('b')).toMatchObject({ directories: ['c'], files: [], unreadable: null });
    expect(await reader.text(join(there.path, 'a/x.tfvars'))).toBe('v = 1');
    expect(await reader.text(join(there.path, 'a/added.tf'))).toMatchObject({ isMissing: true });
    expect(await reader.text(join(there.path, 'a/.terraform/modules/modules.json'))).toBe('{}');
  });
});
