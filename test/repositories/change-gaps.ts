import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import type { Report } from '../../src/model/report.ts';
import { memoryHost } from '../cli/memory-host.ts';
import { keyArn } from '../support/facts.ts';
import type { TestRepository } from '../support/git.ts';

export const PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n';

/** A block `aws_kms_key.k` with these lines in it. */
export const key = (...body: readonly string[]): string =>
  `resource "aws_kms_key" "k" {\n${body.map((line) => `  ${line}\n`).join('')}}\n`;

/** A state that holds key 1 as one instance of a resource. */
export const stateOf = (of: object = {}, instance: object = {}, attributes: object = {}): string =>
  JSON.stringify({
    version: 4,
    terraform_version: '1.11.4',
    serial: 1,
    lineage: '6a1e9a52-0000-4000-8000-000000000001',
    resources: [
      {
        mode: 'managed',
        type: 'aws_kms_key',
        name: 'k',
        provider: 'provider["registry.terraform.io/hashicorp/aws"]',
        instances: [
          {
            ...instance,
            attributes: { arn: keyArn(1), key_id: keyArn(1).split('/')[1], multi_region: false, ...attributes },
          },
        ],
        ...of,
      },
    ],
  });

export type Files = Readonly<Record<string, string | null>>;

interface Changing {
  readonly before: Files;
  readonly change: Files;
  /** What the change does besides. */
  readonly also?: () => void;
  readonly args?: readonly string[];
}

/** What `check` leaves open of a change to a repository whose root `infra` holds a key: its exit code goes by that. */
export async function changeGaps(
  repo: TestRepository,
  home: string,
  { before, change, also, args = [] }: Changing,
): Promise<readonly string[]> {
  repo.commit({
    'infra/main.tf': PROVIDER,
    'infra/terraform.tfstate': stateOf(),
    'other/main.tf': PROVIDER,
    ...before,
  });
  also?.();
  repo.commit(change);
  const env = { PATH: process.env['PATH'], HOME: home };
  const host = memoryHost({ cwd: repo.dir, env, packageRoot: resolve('.') });
  const output = resolve(home, 'report.json');
  const code = await run(['check', '--changed-since', 'HEAD~1', '-o', `json=${output}`, ...args], host);
  const report: Report = JSON.parse(readFileSync(output, 'utf8'));
  const found = report.coverage.filter(({ status }) => status !== 'complete');
  expect(code).toBe(found.length === 0 ? 0 : 3);
  return found.map(({ source, locator, reason = '' }) => `${source} ${locator}: ${reason}`);
}
