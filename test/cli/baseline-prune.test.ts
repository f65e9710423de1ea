import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeEach, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import { keyArn } from '../support/facts.ts';
import { memoryHost } from './memory-host.ts';
import { scratch } from './scratch.ts';

const here = scratch();

const main = (multiRegion: boolean): string =>
  `provider "aws" {\n  region = "eu-west-1"\n}\nresource "aws_kms_key" "one" {\n  multi_region = ${multiRegion}\n}\n`;

const STATE = JSON.stringify({
  version: 4,
  terraform_version: '1.11.4',
  serial: 1,
  lineage: '6a1e9a52-0000-4000-8000-000000000001',
  resources: [
    {
      mode: 'managed',
      type: 'aws_kms_key',
      name: 'one',
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ attributes: { arn: keyArn(1), key_id: keyArn(1).split('/')[1], multi_region: false } }],
    },
  ],
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

it('a prune by a check says that what it did not find stays, and why', async () => {
  await keydrift('check', '-o', 'json=report.json');
  expect(await keydrift('baseline', 'create', 'report.json', '--baseline', 'known.json')).toContain(
    '1 known finding\n',
  );
  expect(await keydrift('baseline', 'prune', 'report.json', '--baseline', 'known.json')).not.toContain('stays');
  writeFileSync(here.file('main.tf'), main(false));
  await keydrift('check', '--baseline', 'known.json', '-o', 'json=report.json');
  expect(await keydrift('baseline', 'prune', 'report.json', '--baseline', 'known.json')).toBe(
    `known.json: nothing to change; 1 known finding
1 known finding was not found and stays: AWS was not asked, and only a scan proves that a finding is gone.
`,
  );
});
