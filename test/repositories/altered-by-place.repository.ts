import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, it } from '@jest/globals';
import { scratch } from '../cli/scratch.ts';
import { repositoryIn, type TestRepository } from '../support/git.ts';
import { changeGaps, type Files, key } from './change-gaps.ts';
import { aws, EU, GAP, listed, role } from './fates.ts';

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
  ['a file', false],
  ['a link to a file', true],
])('%s that is listed decides where it becomes another kind of thing', async (_, isLink) => {
  if (isLink) link('infra/cfg/x', '../d/old');
  const files = { ...listing('cfg/*'), 'infra/d/old': '', ...(isLink ? {} : { 'infra/cfg/x': '' }) };
  const also = (): void => link('infra/cfg/x', '../d');
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

const SHARED = {
  'infra/k.tf': key(),
  'infra/main.tf': aws(EU, 'shared_config_files = ["aws.cfg"]'),
  'infra/aws.cfg': '1',
};
const ENDPOINT = 'endpoints {\n    kms = "http://localhost:4566"\n  }';
const ACCOUNT = GAP.replace('which instances there are of aws_kms_key.k["a"]', 'the account of aws_kms_key.k');
const dataOf = (type: string, ...body: readonly string[]): Files => ({
  ...listed(`toset(data.${type}.d.names)`),
  'infra/d.tf': `data "${type}" "d" {\n${body.map((line) => `  ${line}\n`).join('')}}\n`,
});
const TAGS = 'default_tags {\n    tags = { a = 1 }\n  }';
const THERE = { ...dataOf('aws_region', 'provider = aws.there'), 'infra/p.tf': aws('alias = "there"', EU) };
const inJson = (more: object): Files => ({
  'infra/p.tf.json': JSON.stringify({ provider: { aws: [{ region: 'eu-west-1', ...more }] } }),
});
const REMOTE = ['config = {\n    path = "in.json"\n  }'];

it.each<readonly [string, Files, Files, string]>([
  ['a file of profiles', SHARED, { 'infra/aws.cfg': '2' }, ACCOUNT],
  ['an endpoint', { 'infra/k.tf': key() }, { 'infra/main.tf': aws(EU, ENDPOINT) }, ACCOUNT],
  [
    'an endpoint beside a role',
    { 'infra/k.tf': key(), 'infra/main.tf': aws(EU, role('111122223333')) },
    { 'infra/main.tf': aws(EU, role('111122223333'), ENDPOINT) },
    ACCOUNT,
  ],
  [
    'an endpoint of a dynamic block',
    { 'infra/k.tf': key() },
    {
      'infra/main.tf': aws(
        EU,
        'dynamic "endpoints" {\n    for_each = [1]\n    content {\n      kms = "http://x"\n    }\n  }',
      ),
    },
    ACCOUNT,
  ],
  ['the Region of a data source', THERE, { 'infra/p.tf': aws('alias = "there"', 'region = "us-east-1"') }, GAP],
  ['the tags of all resources', dataOf('aws_default_tags'), { 'infra/main.tf': aws(EU, TAGS) }, GAP],
  [
    'the tags of all resources, of one that triggers a replacement',
    {
      'infra/k.tf': key('lifecycle {\n    replace_triggered_by = [aws_x.y]\n  }'),
      'infra/x.tf': 'resource "aws_x" "y" {\n}\n',
    },
    { 'infra/main.tf': aws(EU, TAGS) },
    GAP.replace('which instances there are of aws_kms_key.k["a"]', 'whether an apply replaces aws_kms_key.k'),
  ],
  [
    'an endpoint in JSON',
    { 'infra/k.tf': key(), 'infra/main.tf': '', ...inJson({}) },
    inJson({ endpoints: [{ kms: 'http://a' }] }),
    ACCOUNT,
  ],
  [
    'another state of the local backend',
    dataOf('terraform_remote_state', 'backend = "local"', ...REMOTE),
    { 'infra/in.json': '1' },
    GAP,
  ],
  ['a file of a data source', dataOf('local_file', 'filename = "in.json"'), { 'infra/in.json': '1' }, GAP],
  ['a program', dataOf('external', 'program = ["sh", "in.sh"]'), { 'infra/in.sh': '1' }, GAP],
  [
    'a program in another directory',
    dataOf('external', 'program = ["sh", "in.sh"]', 'working_dir = "bin"'),
    { 'infra/bin/in.sh': '1' },
    GAP,
  ],
  [
    'a program in a directory outside of the root',
    dataOf('external', 'program = ["sh", "in.sh"]', `working_dir = "\${path.module}/../bin"`),
    { 'bin/in.sh': '1' },
    GAP,
  ],
  ['a file of a directory', dataOf('archive_file', 'source_dir = "../lambda"'), { 'lambda/a/b.py': '1' }, GAP],
  [
    'a program where its directory is not known',
    dataOf('external', 'program = ["sh", "in.sh"]', 'working_dir = data.x.y.z'),
    { 'infra/bin/in.sh': '1' },
    GAP,
  ],
])('%s decides', async (_, before, change, gap) => {
  expect(await changeGaps(repo, here.path, { before, change })).toEqual([gap]);
});

it.each<readonly [string, Files, Files]>([
  ['a file beside one of profiles', SHARED, { 'infra/README.md': '1' }],
  [
    'a file where that of profiles is not known',
    { 'infra/k.tf': key(), 'infra/main.tf': aws(EU, 'shared_config_files = [pathexpand("~/.aws/config")]') },
    { 'infra/README.md': '1', 'infra/k.tf': key('tags = {}') },
  ],
  [
    'an endpoint of another service',
    { 'infra/k.tf': key() },
    { 'infra/main.tf': aws(EU, ENDPOINT.replace('kms', 's3')) },
  ],
  [
    'an endpoint that was there',
    { 'infra/k.tf': key(), 'infra/main.tf': aws(EU, ENDPOINT) },
    { 'infra/main.tf': `${aws(EU, ENDPOINT)}# touched\n` },
  ],
  [
    'another state of a backend elsewhere',
    dataOf('terraform_remote_state', 'backend = "s3"', ...REMOTE),
    { 'infra/in.json': '1' },
  ],
  ['the tags of all resources, of a data source of none', dataOf('aws_region'), { 'infra/main.tf': aws(EU, TAGS) }],
  [
    'a file beside a program',
    dataOf('external', 'program = ["sh", "in.sh"]', `working_dir = "\${path.module}/bin"`),
    { 'infra/bin/x.sh': '1', 'infra/in.sh': '1' },
  ],
  ['a file beside a directory', dataOf('archive_file', 'source_dir = "../lambda"'), { 'lambda.md': '1' }],
  ['a file beside that of a data source', dataOf('local_file', 'filename = "in.json"'), { 'infra/x.json': '1' }],
])('%s does not decide', async (_, before, change) => {
  expect(await changeGaps(repo, here.path, { before, change })).toEqual([]);
});

it('a file of a directory that a link leads to decides, also outside of the root', async () => {
  link('infra/lambda', '../code');
  const before = { ...dataOf('archive_file', 'source_dir = "lambda"'), 'code/old.py': '' };
  expect(await changeGaps(repo, here.path, { before, change: { 'code/a/b.py': '1' } })).toEqual([GAP]);
});
