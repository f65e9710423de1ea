import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeEach, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import { keyArn } from '../support/facts.ts';
import { memoryHost } from './memory-host.ts';
import { scratch } from './scratch.ts';

const here = scratch();

const main = (multiRegion: boolean | string): string =>
  `provider "aws" {\n  region = "eu-west-1"\n}\nresource "aws_kms_key" "one" {\n  multi_region = ${multiRegion}\n}\n`;

const stateOf = (...resources: readonly object[]): string =>
  JSON.stringify({
    version: 4,
    terraform_version: '1.11.4',
    serial: 1,
    lineage: '6a1e9a52-0000-4000-8000-000000000001',
    resources,
  });

const STATE = stateOf({
  mode: 'managed',
  type: 'aws_kms_key',
  name: 'one',
  provider: 'provider["registry.terraform.io/hashicorp/aws"]',
  instances: [{ attributes: { arn: keyArn(1), key_id: keyArn(1).split('/')[1], multi_region: false } }],
});

async function keydrift(...args: readonly string[]): Promise<string> {
  const host = memoryHost({ cwd: here.path, packageRoot: resolve('.') });
  await run(args, host);
  return host.said.stdout;
}

beforeEach(() => {
  writeFileSync(here.file('terraform.tfstate'), STATE);
  writeFileSync(here.file('main.tf'), main(true));
});

/** Takes in what a check finds. */
async function knownByCheck(): Promise<void> {
  await keydrift('check', '-o', 'json=report.json');
  const created = await keydrift('baseline', 'create', 'report.json', '--baseline', 'known.json');
  expect(created).toContain('1 known finding\n');
}

async function pruneByCheck(): Promise<string> {
  await keydrift('check', '--baseline', 'known.json', '-o', 'json=report.json');
  return keydrift('baseline', 'prune', 'report.json', '--baseline', 'known.json');
}

it('a prune by a check takes out what code and state alone prove to be gone', async () => {
  await knownByCheck();
  writeFileSync(here.file('main.tf'), main(false));
  expect(await pruneByCheck()).toBe(
    `- critical replacement-planned ${keyArn(1)}\nknown.json: 1 removed (1 critical); 0 known findings\n`,
  );
});

it.each<[string, () => void]>([
  ['no state holds its key any more', () => writeFileSync(here.file('terraform.tfstate'), stateOf())],
  ['it cannot be told', () => writeFileSync(here.file('main.tf'), main('var.is_regional'))],
])('a prune by a check says that what it did not find stays, and why: %s', async (_name, change) => {
  await knownByCheck();
  change();
  expect(await pruneByCheck()).toBe(
    `known.json: nothing to change; 1 known finding
1 known finding was not found and stays: AWS was not asked, so that only what rules find in code is proved to be gone, of keys in states that are here; a scan proves the rest.
`,
  );
});
