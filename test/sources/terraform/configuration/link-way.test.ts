import { realpathSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createWayfinder } from '../../../../src/sources/terraform/configuration/link-way.ts';
import { tree } from '../roots/tree.ts';

const there = tree();

async function way(links: Readonly<Record<string, string>>, path: string) {
  await there.put({ 'real/deep/x.tf': '', 'other/y.tf': '' });
  const top = realpathSync(there.path);
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(top, name));
  const found = await createWayfinder()(join(top, path));
  return { top, links: found.links.map((link) => relative(top, link)), end: relative(top, found.end) };
}

describe('the way to a file', () => {
  it.each<readonly [string, Readonly<Record<string, string>>, string, readonly string[], string]>([
    ['without a link', {}, 'real/deep/x.tf', [], 'real/deep/x.tf'],
    ['to what is not there', {}, 'real/none/x.tf', [], 'real/none/x.tf'],
    ['by a link', { 'a.tf': 'real/deep/x.tf' }, 'a.tf', ['a.tf'], 'real/deep/x.tf'],
    [
      'by a chain',
      { 'a.tf': 'other/b.tf', 'other/b.tf': '../real/deep/x.tf' },
      'a.tf',
      ['a.tf', 'other/b.tf'],
      'real/deep/x.tf',
    ],
    ['by a link to a directory', { mod: 'real' }, 'mod/deep/x.tf', ['mod'], 'real/deep/x.tf'],
    [
      'out of where a link ends',
      { mod: 'real/deep', 'a.tf': 'mod/../deep/x.tf' },
      'a.tf',
      ['a.tf', 'mod'],
      'real/deep/x.tf',
    ],
    ['to a link that leads nowhere', { 'a.tf': 'b.tf' }, 'a.tf', ['a.tf'], 'b.tf'],
  ])('%s', async (_, links, path, expected, end) => {
    expect(await way(links, path)).toMatchObject({ links: expected, end });
  });

  it('has an end in a circle', async () => {
    const { links } = await way({ 'a.tf': 'b.tf', 'b.tf': 'a.tf' }, 'a.tf');
    expect(links).toEqual(['a.tf', 'b.tf']);
  });

  it('is the real path of all that is there', async () => {
    const { top, end } = await way({ one: 'real', two: 'one/deep', 'three.tf': 'two/../../two/x.tf' }, 'three.tf');
    expect(join(top, end)).toBe(realpathSync.native(join(top, 'three.tf')));
  });
});
