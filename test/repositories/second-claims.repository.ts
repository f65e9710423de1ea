import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import type { Report } from '../../src/model/report.ts';
import { memoryHost } from '../cli/memory-host.ts';
import { scratch } from '../cli/scratch.ts';
import { keyArn } from '../support/facts.ts';
import { repositoryIn, type TestRepository } from '../support/git.ts';
import { type Files, key, PROVIDER, stateOf } from './change-gaps.ts';

const here = scratch();
let repo: TestRepository;

const OTHER = 'lineage-of-b';
const stateOfB = (of: object = {}): string => stateOf(of).replace(/"lineage":"[^"]*"/, `"lineage":"${OTHER}"`);
const EMPTY = JSON.stringify({ version: 4, terraform_version: '1.11.4', serial: 1, lineage: OTHER, resources: [] });
const ID = keyArn(1).split('/')[1] ?? '';
const imports = (id = ID): string => `import {\n  to = aws_kms_key.mine\n  id = "${id}"\n}\n`;
const MINE = 'resource "aws_kms_key" "mine" {}\n';
const removed = (destroy: boolean): string =>
  `removed {\n  from = aws_kms_key.k\n  lifecycle {\n    destroy = ${destroy}\n  }\n}\n`;

beforeEach(() => {
  repo = repositoryIn(here.file('repo'));
  repo.commit({
    'a/main.tf': `${PROVIDER}${key()}`,
    'a/terraform.tfstate': stateOf(),
    'b/main.tf': PROVIDER,
    'b/terraform.tfstate': EMPTY,
  });
});

async function found(files: Files): Promise<readonly (string | number)[]> {
  repo.commit(files);
  const env = { PATH: process.env['PATH'], HOME: here.path };
  const host = memoryHost({ cwd: repo.dir, env, packageRoot: resolve('.') });
  const output = here.file('report.json');
  const code = await run(['check', '--changed-since', 'HEAD~1', '-o', `json=${output}`], host);
  const { findings }: Report = JSON.parse(readFileSync(output, 'utf8'));
  const open = findings.filter(({ outsideChange }) => !outsideChange);
  return [code, ...open.map(({ rule, location: { path, line } }) => `${rule} ${path}:${line}`)];
}

describe('a change that brings a key to a second instance', () => {
  it.each<readonly [string, Files, readonly (string | number)[]]>([
    ['of another root', { 'b/main.tf': `${PROVIDER}${imports()}${MINE}` }, [1, 'second-claim-planned b/main.tf:4']],
    ['by its ARN', { 'b/main.tf': `${PROVIDER}${imports(keyArn(1))}${MINE}` }, [1, 'second-claim-planned b/main.tf:4']],
    [
      'of its own root',
      { 'a/main.tf': `${PROVIDER}${key()}${imports()}${MINE}` },
      [1, 'second-claim-planned a/main.tf:6'],
    ],
    [
      'while an apply destroys it at the first',
      { 'a/main.tf': PROVIDER, 'b/main.tf': `${PROVIDER}${imports()}${MINE}` },
      [1, 'destroy-planned b/main.tf:4'],
    ],
  ])('%s is found', async (_, files, expected) => {
    expect(await found(files)).toEqual(expected);
  });
});

describe('a change that leaves one instance to a key', () => {
  it.each<readonly [string, Files]>([
    [
      'moves it to another root',
      { 'a/main.tf': `${PROVIDER}${removed(false)}`, 'b/main.tf': `${PROVIDER}${imports()}${MINE}` },
    ],
    ['imports a key that no state has', { 'b/main.tf': `${PROVIDER}${imports(keyArn(7))}${MINE}` }],
    [
      'leaves an import block that was applied',
      {
        'a/main.tf': PROVIDER,
        'a/terraform.tfstate': EMPTY.replace(OTHER, 'lineage-of-a'),
        'b/main.tf': `${PROVIDER}${imports()}${MINE}`,
        'b/terraform.tfstate': stateOfB({ name: 'mine' }),
      },
    ],
    [
      'imports it to a root whose state nobody was asked for',
      { 'c/main.tf': `terraform {\n  backend "s3" {}\n}\n${PROVIDER}${imports()}${MINE}` },
    ],
    [
      'moves it within its root, the import being left',
      {
        'a/main.tf': `${PROVIDER}${imports()}${MINE}moved {\n  from = aws_kms_key.k\n  to   = aws_kms_key.mine\n}\n`,
      },
    ],
  ])('and %s is clean', async (_, files) => {
    expect(await found(files)).toEqual([0]);
  });
});
