import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { scratch } from './cli/scratch.ts';
import { keyArn } from './support/facts.ts';
import { repositoryIn } from './support/git.ts';

/** What pre-commit takes of a hook (pre-commit.com, "Creating new hooks"), as far as ours says it. */
const hookSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  entry: z.string(),
  language: z.literal('node'),
  pass_filenames: z.literal(false),
  always_run: z.literal(true),
  require_serial: z.literal(true),
});

const [hook] = z.tuple([hookSchema]).parse(parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')));
const manifest = z
  .object({
    bin: z.object({ keydrift: z.string() }),
    files: z.array(z.string()),
    scripts: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));

const here = scratch();

/** As pre-commit runs an entry: split at blanks, in the top of the repository, with what it installed first on PATH. */
function commit(dir: string) {
  mkdirSync(here.file('bin'), { recursive: true });
  const program = here.file('bin/keydrift');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${resolve(manifest.bin.keydrift)}' "$@"\n`);
  chmodSync(program, 0o755);
  const [name = '', ...args] = hook.entry.split(' ');
  const env = { PATH: [here.file('bin'), process.env['PATH']].join(delimiter), HOME: here.path };
  return spawnSync(name, args, { cwd: dir, env, encoding: 'utf8' });
}

const state = JSON.stringify({
  version: 4,
  terraform_version: '1.11.4',
  serial: 1,
  lineage: '6a1e9a52-0000-4000-8000-000000000001',
  resources: [
    {
      mode: 'managed',
      type: 'aws_kms_key',
      name: 'orders',
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ attributes: { arn: keyArn(1), key_id: keyArn(1).split('/')[1], multi_region: false } }],
    },
  ],
});

describe('the hook for pre-commit', () => {
  it('is packed with what its entry needs: pre-commit packs the clone and installs that', () => {
    expect(hook.id).toBe('keydrift-check');
    expect(hook.entry).toMatch(/^keydrift /);
    expect(manifest.scripts['prepack']).toMatch(/build/);
    expect(manifest.files).toContain('dist');
    expect(manifest.files).toContain('rules');
  });

  it('lets a commit pass that does nothing to a key, and stops one that deletes its file', () => {
    const repo = repositoryIn(here.file('repo'));
    const main = 'provider "aws" {}\n';
    const keys = 'resource "aws_kms_key" "orders" {}\n';
    repo.commit({ 'main.tf': main, 'keys.tf': keys, '.gitignore': 'terraform.tfstate\n', 'terraform.tfstate': state });
    repo.write({ 'main.tf': `# Ours.\n${main}` });
    repo.git('add', '--all');
    const passing = commit(repo.dir);
    expect(passing.stderr).toBe('');
    expect(passing.status).toBe(0);
    repo.write({ 'keys.tf': null });
    repo.git('add', '--all');
    const stopped = commit(repo.dir);
    expect(stopped.status).toBe(1);
    expect(stopped.stdout).toContain('destroy-planned');
  }, 60_000);

  it('checks a first commit too', () => {
    const repo = repositoryIn(here.file('repo'));
    repo.write({ 'main.tf': 'provider "aws" {}\n' });
    repo.git('add', '--all');
    expect(commit(repo.dir)).toMatchObject({ status: 0, stderr: '' });
  }, 60_000);
});
