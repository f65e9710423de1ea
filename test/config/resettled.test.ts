import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { resettledIn, resettledRoots } from '../../src/config/resettled.ts';

const A = '{ path: a, var-files: [prod.tfvars] }';
const B = '{ path: b }';

describe('roots of which settings say something else than before', () => {
  it.each<readonly [string, string | undefined, string | undefined, readonly string[] | 'all']>([
    ['nothing changed', `roots: [${A}]`, `roots: [${A}]`, []],
    ['a comment changed', `roots: [${A}] # old`, `roots: [${A}]`, []],
    ['the order of roots changed', `roots: [${A}, ${B}]`, `roots: [${B}, ${A}]`, []],
    ['a root was added', `roots: [${A}]`, `roots: [${A}, ${B}]`, ['/repo/b']],
    ['a root was taken out', `roots: [${A}, ${B}]`, `roots: [${A}]`, ['/repo/b']],
    ['its files of values changed', `roots: [${A}, ${B}]`, `roots: [{ path: a }, ${B}]`, ['/repo/a']],
    [
      'a workspace was added',
      'roots: [{ path: a, workspace: x }]',
      'roots: [{ path: a, workspace: x }, { path: ./a, workspace: y }]',
      ['/repo/a'],
    ],
    ['a file was added', undefined, `roots: [${B}]`, ['/repo/b']],
    ['a file was deleted', `roots: [${B}]`, undefined, ['/repo/b']],
    [
      'a suppression was added',
      `roots: [${B}]`,
      `roots: [${B}]\nsuppressions: [{ rule: unused-key, match: { alias: alias/a }, reason: kept }]`,
      [],
    ],
    ['the gate changed', 'fail-on: low', 'fail-on: high\nallow-partial: true', []],
    ['a state of all changed', 'state: a.tfstate', 'state: b.tfstate', 'all'],
    [
      'whose keys they are changed',
      'estate: partial',
      'estate: partial\nownership: { accounts: ["111122223333"] }',
      'all',
    ],
    ['it could not be read before', 'roots: nowhere', `roots: [${B}]`, 'all'],
    ['it was no YAML', 'roots: [', `roots: [${B}]`, 'all'],
  ])('%s', (_, before, now, expected) => {
    expect(resettledRoots(before, now, '/repo')).toEqual(expected);
  });

  it('are told of a file by what it was', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'keydrift-resettled-'));
    const file = join(dir, 'keydrift.yaml');
    await writeFile(file, `roots: [${B}]`);
    expect(await resettledIn(file, async () => Buffer.from(`roots: [${A}, ${B}]`))).toEqual([join(dir, 'a')]);
    await rm(dir, { recursive: true });
  });
});
