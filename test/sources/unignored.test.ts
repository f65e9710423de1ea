import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { unignoredSecrets } from '../../src/sources/unignored.ts';

let top = '';
beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), 'keydrift-unignored-'));
});
afterEach(() => rm(top, { recursive: true }));

async function found(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(top, path)), { recursive: true });
    await writeFile(join(top, path), text);
  }
  const paths = await unignoredSecrets(top, [join(top, 'live/a'), join(top, 'nowhere')]);
  return paths.map((path) => relative(top, path));
}

const SECRETS = {
  'live/a/main.tf': '',
  'live/a/terraform.tfstate': '{}',
  'live/a/terraform.tfstate.backup': '{}',
  'live/a/tfplan': '',
};
const ALL = ['live/a/terraform.tfstate', 'live/a/terraform.tfstate.backup', 'live/a/tfplan'];

describe('states and plans that git would take in', () => {
  it('are all that no file tells it to ignore', async () => {
    expect(await found(SECRETS)).toEqual(ALL);
  });

  it.each([
    ['*.tfstate\n*.tfstate.*\n# tfplan\n', ['live/a/tfplan']],
    ['live/\n', []],
    ['/a/\n', ALL],
    ['live/a\n', []],
    ['live/**/tfplan\r\n**/*.tfstate\r\n', ['live/a/terraform.tfstate.backup']],
    ['live/*\n', []],
    ['*\n!tfplan\n', ['live/a/tfplan']],
    ['!tfplan\n*\n', []],
    ['/tfplan\n', ALL],
  ])('are without those that .gitignore names: %j', async (text, expected) => {
    expect(await found({ ...SECRETS, '.gitignore': text })).toEqual(expected);
  });

  it('go by the file that is nearest', async () => {
    const files = { ...SECRETS, '.gitignore': '*.tfstate*\n', 'live/a/.gitignore': '!terraform.tfstate\n/tfplan\n' };
    expect(await found(files)).toEqual(['live/a/terraform.tfstate']);
  });
});
