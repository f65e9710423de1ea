import { readdir } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import { readInventory } from '../../src/sources/inventory/read.ts';
import { memoryHost } from './memory-host.ts';
import { scratch } from './scratch.ts';
import { clean, drifted, gapped, having, unseen } from './seen.ts';

const here = scratch();

describe('keydrift collect', () => {
  it.each([
    ['all that was asked for', clean, [], 0, ''],
    ['an unmanaged key, which it does not judge', drifted, [], 0, ''],
    ['a gap', gapped, [], 3, /not everything was covered .*: kms DescribeKey eu-west-1 of arn:aws:kms:.*: denied$/],
    ['a gap that is allowed', gapped, ['--allow-partial'], 0, ''],
    ['a gap, in Terraform order', gapped, ['--detailed-exitcode'], 1, /not everything was covered/],
    [
      'nothing',
      unseen,
      ['--allow-partial'],
      2,
      /nothing was seen: kms ListKeys eu-west-1: no credentials \(and 1 more gap\)$/,
    ],
  ])('saves %s', async (_, seen, flags, code, told) => {
    const host = memoryHost({ cwd: here.path });
    expect(await run(['collect', '--save-inventory', 'keys.ndjson', ...flags], host, having(seen))).toBe(code);
    expect(await readInventory(here.file('keys.ndjson'), host.signal)).toEqual(seen);
    expect(host.said.stdout).toBe('');
    expect(host.said.stderr.trimEnd()).toMatch(told === '' ? /^$/ : told);
  });

  it('leaves no file when it cannot look', async () => {
    const host = memoryHost({ cwd: here.path });
    const broken = () => Promise.reject(new TypeError('broken'));
    expect(await run(['collect', '--save-inventory', 'keys.ndjson'], host, broken)).toBe(2);
    expect(await readdir(here.path)).toEqual([]);
  });
});
