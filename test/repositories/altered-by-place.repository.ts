import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, it } from '@jest/globals';
import { scratch } from '../cli/scratch.ts';
import { repositoryIn, type TestRepository } from '../support/git.ts';
import { changeGaps, type Files } from './change-gaps.ts';
import { GAP, listed } from './fates.ts';

const here = scratch();
let repo: TestRepository;

beforeEach(() => {
  repo = repositoryIn(here.file('repo'));
});

function link(name: string, target: string): void {
  const path = join(repo.dir, name);
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  symlinkSync(target, path);
}

const reading = (path: string): Files => listed(`toset(jsondecode(file("\${path.module}/${path}")))`);
const listing = (pattern: string): Files => listed(`fileset(path.module, "${pattern}")`);
const rendering = (template: string): Files => ({
  ...listed(`toset(split(",", templatefile("\${path.module}/names.tftpl", { dir = "." })))`),
  'infra/names.tftpl': template,
});

it.each<readonly [string, Files, Files, readonly (readonly [string, string])[]]>([
  ['what a link to a directory leads to', reading('cfg/k.json'), { 'infra/d/k.json': '1' }, [['infra/cfg', 'd']]],
  ['what a link to a file leads to', reading('k.json'), { 'infra/d.json': '1' }, [['infra/k.json', 'd.json']]],
  ['what a link leads to outside', reading('k.json'), { 'd/k.json': '1' }, [['infra/k.json', '../d/k.json']]],
  [
    'a link on the way',
    reading('cfg/k.json'),
    { 'infra/b': null },
    [
      ['infra/cfg', 'b'],
      ['infra/b', 'd'],
    ],
  ],
  ['a link of a directory that is listed', listing('cfg/*'), { 'infra/cfg': null }, [['infra/cfg', 'd']]],
  ['a file of a directory that a link leads to', listing('cfg/*'), { 'infra/d/new': '' }, [['infra/cfg', 'd']]],
  ['a file outside of the root', reading('../d/k.json'), { 'd/k.json': '1' }, []],
  ['a file that a template reads', rendering(`\${file("in.txt")}`), { 'infra/in.txt': '1' }, []],
  [
    'a file that a template reads in a directive',
    rendering(`%{ if true }\${file/**/("./in.txt")}%{ endif }`),
    { 'infra/in.txt': '1' },
    [],
  ],
  ['a path that only a template knows', rendering(`\${file("\${dir}/in.txt")}`), { 'infra/in.txt': '1' }, []],
  ['what a template lists', rendering(`\${join(",", fileset(".", "in/*"))}`), { 'infra/in/a': '' }, []],
])('%s decides', async (_, before, change, links) => {
  for (const [name, target] of links) link(name, target);
  expect(await changeGaps(repo, here.path, { before: { 'infra/d/old': '', ...before }, change })).toEqual([GAP]);
});

it('a link that leads elsewhere decides', async () => {
  link('infra/cfg', 'd');
  const files = { ...reading('cfg/k.json'), 'infra/d/k.json': '1', 'infra/e/k.json': '2' };
  const also = (): void => link('infra/cfg', 'e');
  expect(await changeGaps(repo, here.path, { before: files, change: {}, also })).toEqual([GAP]);
});

it.each([
  ['a file that is read', reading('vendor/k.json')],
  ['a directory that is listed', listing('vendor/*')],
])('another commit of a submodule with %s decides, whatever is to be ignored of it', async (_, before) => {
  const inner = repositoryIn(join(repo.dir, 'infra/vendor'));
  inner.commit({ 'k.json': '1' });
  const also = (): void => void inner.commit({ 'k.json': '2' });
  const modules = '[submodule "vendor"]\n\tpath = infra/vendor\n\turl = ../vendor\n\tignore = all\n';
  const files = { ...before, '.gitmodules': modules };
  expect(await changeGaps(repo, here.path, { before: files, change: {}, also })).toEqual([GAP]);
});

it.each<readonly [string, Files, Files, readonly (readonly [string, string])[]]>([
  ['another file of the directory', reading('cfg/k.json'), { 'infra/d/x.json': '1' }, [['infra/cfg', 'd']]],
  ['a link to another file', reading('k.json'), { 'infra/x.json': '1' }, [['infra/y.json', 'x.json']]],
  ['what a listed file says', listing('cfg/*'), { 'infra/d/old': '1' }, [['infra/cfg', 'd']]],
  ['another file than a template reads', rendering(`\${file("in.txt")}`), { 'infra/other.txt': '1' }, []],
  ['a template that nobody renders', rendering('a'), { 'infra/x.tftpl': `\${file("in.txt")}` }, []],
  ['what a template only says', rendering('file("in.txt")'), { 'infra/in.txt': '1' }, []],
])('%s does not', async (_, before, change, links) => {
  for (const [name, target] of links) link(name, target);
  expect(await changeGaps(repo, here.path, { before: { 'infra/d/old': '', ...before }, change })).toEqual([]);
});
