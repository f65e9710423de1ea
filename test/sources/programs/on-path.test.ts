import { chmodSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { programOnPath } from '../../../src/sources/programs/on-path.ts';
import { scratch } from '../../cli/scratch.ts';

const here = scratch();

function program(name: string, mode = 0o755): string {
  const path = here.file(name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, mode);
  return path;
}

describe('a program on PATH', () => {
  it('is the first that can be run, of directories that are absolute', async () => {
    program('data/tool', 0o644);
    const path = program('bin/tool');
    program('later/tool');
    const PATH = ['bin', '.', here.file('none'), here.file('data'), here.file('bin'), here.file('later')].join(':');
    expect(await programOnPath('tool', { PATH })).toBe(path);
    expect(await programOnPath('other', { PATH })).toBeUndefined();
    expect(await programOnPath('tool', {})).toBeUndefined();
  });

  it('lies not in the repository, by name or by link, from either side', async () => {
    program('repo/bin/tool');
    program('outside/tool');
    mkdirSync(here.file('repo/links'));
    symlinkSync(here.file('outside/tool'), here.file('repo/links/tool'));
    mkdirSync(here.file('bin'));
    symlinkSync(here.file('repo/bin/tool'), here.file('bin/tool'));
    symlinkSync(here.file('repo/bin'), here.file('linked'));
    const inside = ['repo/bin', 'repo/links', 'bin', 'linked'].map(here.file);
    const except = realpathSync(here.file('repo'));
    expect(await programOnPath('tool', { PATH: inside.join(':') }, except)).toBeUndefined();
    const PATH = [...inside, here.file('outside')].join(':');
    expect(await programOnPath('tool', { PATH }, except)).toBe(here.file('outside/tool'));
  });
});
