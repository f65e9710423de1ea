import { describe, expect, it } from '@jest/globals';
import { find, here, homeOf, namedRoot } from './finding.ts';
import { BACKEND, KEY } from './tree.ts';

const backend = (type: string, body: string) => `terraform {\n  backend "${type}" {\n${body}\n  }\n}\n`;

describe('roots that settings name', () => {
  it('are the configuration where no directory is given', async () => {
    await here.put({ 'a/main.tf': KEY, 'b/main.tf': BACKEND });
    const named = [namedRoot('a', { accounts: ['111122223333'], varFiles: ['/x.tfvars'], plan: '/plan.json' })];
    const { roots } = await find({ dirs: [], named });
    expect(roots).toMatchObject([
      {
        root: { root: 'a', varFiles: ['/x.tfvars'], reach: { accounts: ['111122223333'], regions: null } },
        isSaid: false,
        plan: '/plan.json',
      },
    ]);
  });

  it('add what they say to those found below a directory that is given', async () => {
    await here.put({ 'a/main.tf': BACKEND, 'b/main.tf': BACKEND, 'c/main.tf': BACKEND });
    const named = [namedRoot('a', { states: ['s3://x/a'] }), namedRoot('c', { states: ['s3://x/c'] })];
    const { roots, left } = await find({ dirs: ['a', 'b'], named });
    expect(left).toEqual([{ root: 'c', states: ['s3://x/c'], reach: { accounts: null, regions: null } }]);
    expect(roots.map(({ root, isSaid }) => [root.root, root.states, isSaid])).toEqual([
      ['a', ['s3://x/a'], true],
      ['b', [], false],
    ]);
  });

  it.each<[string, string, readonly string[]]>([
    ['default', 'default', ['a/terraform.tfstate']],
    ['prod', 'prod', ['a/terraform.tfstate.d/prod/terraform.tfstate']],
    ['gone', 'gone', []],
  ])('of the workspace %s have its state alone', async (workspace, known, states) => {
    const files = { 'a/terraform.tfstate': '{}', 'a/terraform.tfstate.d/prod/terraform.tfstate': '{}' };
    expect(await homeOf(files, { named: [namedRoot('a', { workspace })] })).toMatchObject({ states, workspace: known });
  });

  it('of workspaces in S3 have each its key', async () => {
    const block = backend('s3', 'bucket = "states"\nkey = "k"');
    const named = ['default', 'prod'].map((workspace) => namedRoot('a', { workspace }));
    await here.put({ 'a/main.tf': block });
    expect((await find({ named })).roots.map(({ root }) => [root.root, root.workspace, root.states])).toEqual([
      ['a@default', 'default', ['s3://states/k']],
      ['a@prod', 'prod', ['s3://states/env:/prod/k']],
    ]);
  });

  it.each([
    ['gone', 'cannot read the configuration directory gone: no such file or directory'],
    ['empty', 'no .tf files in empty: name the directory of a root module'],
  ])('are refused where there is no configuration: %s', async (dir, message) => {
    await here.put({ 'empty/README.md': '' });
    await expect(find({ dirs: [], named: [namedRoot(dir)] })).rejects.toMatchObject({ name: 'UserError', message });
  });

  it('are refused by the place in the settings that names them', async () => {
    const named = [namedRoot('gone', { at: 'keydrift.yaml:3:11: roots.0' })];
    await expect(find({ dirs: [], named })).rejects.toThrow(
      'keydrift.yaml:3:11: roots.0: cannot read the configuration directory gone: no such file or directory; if the root is gone, take it out here',
    );
  });

  it('have the variable files of the command line in place of their own', async () => {
    await here.put({ 'a/main.tf': KEY });
    const { roots } = await find({ dirs: [], named: [namedRoot('a', { varFiles: ['/x'] })], varFiles: ['/y'] });
    expect(roots[0]?.root.varFiles).toEqual(['/y']);
  });
});
