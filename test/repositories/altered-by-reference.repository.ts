import { beforeEach, expect, it } from '@jest/globals';
import { scratch } from '../cli/scratch.ts';
import { repositoryIn, type TestRepository } from '../support/git.ts';
import { changeGaps, type Files } from './change-gaps.ts';
import { GAP, listed, TRIGGERED } from './fates.ts';

const here = scratch();
let repo: TestRepository;

beforeEach(() => {
  repo = repositoryIn(here.file('repo'));
});

const TEXT = `file("\${path.module}/names.txt")`;
const local = (name: string, value = TEXT): Files => ({ 'infra/l.tf': `locals {\n  ${name} = ${value}\n}\n` });
const MAP = 'locals {\n  map = { prod = ["a", "b"], dev = ["a"] }\n}\n';
const DEEP = `toset([for n in [${'-'.repeat(300)}local.names] : "k"])`;
const names = (repetition: string): string =>
  `variable "x" {}\noutput "y" {\n  value = "y"\n}\noutput "names" {\n  value = [var.x]\n}\n# ${repetition}\n`;
const called = (...body: readonly string[]): Files => ({
  'infra/n.tf': `module "n" {\n  source = "../n"\n  ${body.join('\n  ')}\n}\n`,
  'n/main.tf': names(body.join(' ')),
});

it.each<readonly [string, Files]>([
  ['an index', { ...listed('toset(local.map[local.env])'), 'infra/m.tf': MAP, ...local('env') }],
  ['an index of an index', { ...listed('toset(local.map[[local.env][0]])'), 'infra/m.tf': MAP, ...local('env') }],
  ['a name that is not ASCII', { ...listed('toset(local.clés)'), ...local('clés') }],
  ['a number before it', { ...listed('toset([for n in range(4-local.n) : "k"])'), ...local('n', `length(${TEXT})`) }],
  ['a comment within a template', { ...listed(`toset(split(",", "\${local/**/.names}"))`), ...local('names') }],
  ['a comment before a function', { ...listed('toset(local.names)'), ...local('names', TEXT.replace('(', '/**/(')) }],
  ['a namespace of a function', { ...listed('toset(local.names)'), ...local('names', `core::${TEXT}`) }],
  ['a heredoc', { ...listed(`toset(split(",", <<-E\n    \${local.names}\n    E\n  ))`), ...local('names') }],
  [
    'the long form',
    { ...listed('toset(resource.aws_x.y.names)'), 'infra/x.tf': `resource "aws_x" "y" {\n  names = ${TEXT}\n}\n` },
  ],
  ['an index that names an output', { ...listed('toset(module.n["names"].y)'), ...called(`x = ${TEXT}`) }],
  [
    'a name that is an instance',
    { ...listed('toset(module.n.y.names)'), ...called('for_each = toset(["y"])', `x = ${TEXT}`) },
  ],
  ['what is nested too deep to be read', { ...listed(DEEP), ...local('names') }],
  [
    'a data source in JSON',
    {
      ...listed('toset(data.aws_x.y.names)'),
      'infra/x.tf.json': JSON.stringify({ data: { aws_x: { y: { names: `\${local.names}` } } } }),
      ...local('names'),
    },
  ],
  [
    'a template that is a value',
    { ...listed('toset(split(",", templatestring(local.t, {})))'), ...local('t', `"$\${file("names.txt")}"`) },
  ],
])('a file that is read behind %s decides', async (_, before) => {
  const change = { 'infra/names.txt': 'b' };
  expect(await changeGaps(repo, here.path, { before: { ...before, 'infra/names.txt': 'a' }, change })).toEqual([GAP]);
});

it.each<readonly [string, Files]>([
  ['a variable of a for', { ...listed('toset([for local in data.x.y.z : local.names])'), ...local('names') }],
  ['a key of an object', { ...listed('toset(keys(merge(data.x.y.z, { names = 1 })))'), ...local('names') }],
  ['a text', { ...listed('toset([data.x.y.z, "local.names", "file(x)"])'), ...local('names') }],
  ['another output', { ...listed('toset(module.n["a"].y)'), ...called('for_each = data.x.y.z', `x = ${TEXT}`) }],
])('what is only %s does not', async (_, before) => {
  const change = { 'infra/names.txt': 'b' };
  expect(await changeGaps(repo, here.path, { before: { ...before, 'infra/names.txt': 'a' }, change })).toEqual([]);
});

const resource = (address: string, ...body: readonly string[]): string => {
  const [type, name] = address.split('.');
  return `resource "${type}" "${name}" {\n${body.map((line) => `  ${line}\n`).join('')}}\n`;
};
const TRIGGER = 'lifecycle {\n    replace_triggered_by = [aws_x.b]\n  }';
const FATE = GAP.replace('which instances there are of aws_kms_key.k["a"]', 'whether an apply replaces aws_kms_key.k');
const CHAIN = { 'infra/k.tf': TRIGGERED, 'infra/v.tf': resource('terraform_data.v', TRIGGER) };
const followed = (attribute: string): Files => listed(`toset([terraform_data.v.${attribute}])`);

it.each<readonly [string, Files, Files, string]>([
  [
    'what replaces the trigger of a replacement',
    { ...CHAIN, 'infra/b.tf': resource('aws_x.b', 'description = "a"') },
    { 'infra/b.tf': resource('aws_x.b', 'description = "b"') },
    FATE,
  ],
  [
    'what replaces a resource that is referred to',
    { ...followed('output'), 'infra/v.tf': resource('terraform_data.v', TRIGGER), 'infra/b.tf': resource('aws_x.b') },
    { 'infra/b.tf': resource('aws_x.b', 'tags = {}') },
    GAP,
  ],
  [
    'a trigger that is new to a resource that is referred to',
    { ...followed('output'), 'infra/v.tf': resource('terraform_data.v') },
    { 'infra/v.tf': resource('terraform_data.v', TRIGGER) },
    GAP,
  ],
  [
    'a change that is no longer ignored',
    { ...followed('input'), 'infra/v.tf': resource('terraform_data.v', 'lifecycle {\n ignore_changes = [input]\n }') },
    { 'infra/v.tf': resource('terraform_data.v') },
    GAP,
  ],
  [
    'what follows from tags',
    { ...listed('toset(keys(aws_kms_key.o.tags_all))'), 'infra/o.tf': resource('aws_kms_key.o', 'tags = {}') },
    { 'infra/o.tf': resource('aws_kms_key.o', 'tags = { a = 1 }') },
    GAP,
  ],
  [
    'the text of a file of configuration',
    { ...listed(`toset([file("\${path.module}/o.tf")])`), 'infra/o.tf': '' },
    { 'infra/o.tf': '# new\n' },
    GAP,
  ],
])('%s decides', async (_, before, change, gap) => {
  expect(await changeGaps(repo, here.path, { before, change })).toEqual([gap]);
});

it.each<readonly [string, Files, Files]>([
  [
    'the tags of a key whose ARN is referred to',
    { ...listed('toset([aws_kms_key.o.arn])'), 'infra/o.tf': resource('aws_kms_key.o', 'tags = {}') },
    { 'infra/o.tf': resource('aws_kms_key.o', 'tags = { a = 1 }') },
  ],
  [
    'how the trigger of a replacement is made',
    { ...CHAIN, 'infra/b.tf': resource('aws_x.b') },
    { 'infra/v.tf': resource('terraform_data.v', TRIGGER.replace('{', '{\n    create_before_destroy = true')) },
  ],
])('%s does not decide', async (_, before, change) => {
  expect(await changeGaps(repo, here.path, { before, change })).toEqual([]);
});
