import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InterruptedError } from '../../../../src/errors.ts';
import { EVERYWHERE } from '../../../../src/model/reach.ts';
import { type ConfigurationLook, lookAtConfiguration } from '../../../../src/sources/terraform/configuration/look.ts';
import type { Root } from '../../../../src/sources/terraform/roots/root.ts';
import { READ_AT, withoutPlaces } from './read-files.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'keydrift-configuration-'));
});
afterEach(async () => {
  await rm(cwd, { recursive: true });
});

async function write(path: string, text: string | Uint8Array): Promise<void> {
  await mkdir(join(cwd, path, '..'), { recursive: true });
  await writeFile(join(cwd, path), text);
}

const rootAt = (dir: string, more: Partial<Root> = {}): Root => ({
  root: dir,
  dir: join(cwd, dir),
  workspace: 'default',
  varFiles: [],
  states: null,
  reach: EVERYWHERE,
  ...more,
});

const look = async (
  roots: readonly (string | Root)[],
  { signal = new AbortController().signal, env = {} }: { signal?: AbortSignal; env?: Record<string, string> } = {},
): Promise<ConfigurationLook> => {
  const looked = await lookAtConfiguration(
    { roots: roots.map((root) => (typeof root === 'string' ? rootAt(root) : root)), cwd, env },
    { signal, now: () => READ_AT, onProgress: () => {} },
  );
  return { ...looked, facts: withoutPlaces(looked.facts) };
};

const KEY = 'resource "aws_kms_key" "this" {\n  customer_master_key_spec = "RSA_2048"\n}\n';
const complete = (locator: string) => ({ source: 'configuration', locator, status: 'complete', readAt: READ_AT });

describe('lookAtConfiguration', () => {
  it('reads the .tf files of a directory, not of directories in it', async () => {
    await write('main.tf', KEY);
    await write('modules/a/main.tf', KEY);
    await mkdir(join(cwd, 'folder.tf'));
    const { facts, coverage } = await look(['.']);
    expect(facts).toEqual([
      expect.objectContaining({ address: 'aws_kms_key.this', root: '.', path: 'main.tf', line: 1, readAt: READ_AT }),
    ]);
    expect(coverage).toEqual([complete('.')]);
  });

  it('names facts and coverage by their root', async () => {
    await write('live/a/main.tf', KEY);
    await write('live/b/main.tf', '# no keys\n');
    const { facts, coverage } = await look(['live/a', 'live/b']);
    expect(facts).toEqual([expect.objectContaining({ root: 'live/a', path: 'live/a/main.tf' })]);
    expect(coverage).toEqual([complete('live/a'), complete('live/b')]);
  });

  it('reads a file through a symbolic link', async () => {
    await write('shared/keys.tf', KEY);
    await write('root/main.tf', '');
    await symlink('../shared/keys.tf', join(cwd, 'root/keys.tf'));
    expect((await look(['root'])).facts).toEqual([expect.objectContaining({ path: 'root/keys.tf' })]);
  });

  it.each([
    ['a missing directory', 'nowhere', 'nowhere: cannot be read: no such file or directory'],
    ['a file', 'main.tf', 'main.tf: cannot be read: a part of the path is no directory'],
    ['a directory without configuration', 'empty', 'empty: it holds no configuration'],
  ])('calls a root failed that is %s', async (_, dir, reason) => {
    await write('main.tf', KEY);
    await write('empty/README.md', '');
    const { facts, coverage } = await look([dir]);
    expect(facts).toEqual([]);
    expect(coverage.map(({ status }) => status)).toEqual(['failed', 'failed']);
    expect(coverage[1]).toMatchObject({ locator: dir, reason });
  });

  it('reads on when a file cannot be read', async () => {
    await write('keys.tf', KEY);
    await write('broken.tf', 'resource "aws_kms_key" "b" {}\n\nlocals {\n  x = "\n}\n');
    await symlink('nowhere.tf', join(cwd, 'dangling.tf'));
    await symlink('.', join(cwd, 'directory.tf'));
    const { facts, coverage } = await look(['.']);
    expect(facts).toEqual([expect.objectContaining({ path: 'keys.tf' })]);
    const failed = { source: 'configuration', status: 'failed', readAt: READ_AT };
    expect(coverage).toEqual([
      {
        source: 'configuration',
        locator: '.',
        status: 'partial',
        reason:
          'broken.tf could not be read in full; dangling.tf could not be read in full; directory.tf could not be read in full: keys declared there are not known',
        readAt: READ_AT,
      },
      { ...failed, locator: 'broken.tf', reason: 'broken.tf:4: a quoted string is not closed on its line' },
      { ...failed, locator: 'dangling.tf', reason: 'dangling.tf: cannot be read: no such file or directory' },
      { ...failed, locator: 'directory.tf', reason: 'directory.tf: it is no regular file' },
    ]);
  });

  it('calls a root failed when none of its files could be read', async () => {
    await write('main.tf', '}');
    const { facts, coverage } = await look(['.']);
    expect(facts).toEqual([]);
    expect(coverage.map(({ locator, status }) => [locator, status])).toEqual([
      ['.', 'failed'],
      ['main.tf', 'failed'],
    ]);
  });

  it('minds bytes that are not UTF-8 where a key is declared, not in comments elsewhere', async () => {
    const latin1 = (text: string) => Buffer.from(text, 'latin1');
    await write('comment.tf', latin1(`# clé\n${KEY}`));
    await write('key.tf', latin1('resource "aws_kms_key" "b" {\n  description = "clé"\n}\n'));
    const { facts, coverage } = await look(['.']);
    expect(facts).toEqual([expect.objectContaining({ path: 'comment.tf', line: 2 })]);
    expect(coverage).toContainEqual(
      expect.objectContaining({
        locator: 'key.tf',
        status: 'partial',
        reason: 'key.tf:1: the resource block holds text that is not UTF-8',
      }),
    );
  });

  it('stops when it is interrupted', async () => {
    await write('main.tf', KEY);
    const interrupted = new InterruptedError('SIGINT');
    await expect(look(['.'], { signal: AbortSignal.abort(interrupted) })).rejects.toBe(interrupted);
  });

  it('lets nothing out but what it names: credentials and key material stay in the file', async () => {
    const canary = 'CANARY-4f1d';
    await write(
      'main.tf',
      `provider "aws" {
  access_key = "${canary}"
  secret_key = "${canary}"
  token      = 12${canary}
  assume_role {
    external_id = "${canary}"
  }
}
provider "aws" {
  alias      = "b"
  secret_key = "${canary}"
}
terraform {
  backend "s3" {
    secret_key = "${canary}"
  }
}
resource "aws_kms_external_key" "a" {
  key_material_base64 = "${canary}"
  tags                = { Secret = "${canary}" }
}
resource "aws_kms_replica_external_key" "b" {
  key_material_base64 = "${canary}"
  key_material_base64 = "${canary}"
}
resource "aws_db_instance" "c" {
  password = "${canary}"
}
import {
  to       = aws_kms_key.a
  identity = { secret = "${canary}" }
}
`,
    );
    await write('broken.tf', `locals {\n  secret = "${canary}\n}\n`);
    const { facts, coverage, diagnostics } = await look(['.']);
    expect(facts.map(({ kind }) => kind)).toEqual(['configuration', 'anchor', 'import', 'anchor']);
    expect(coverage).toHaveLength(3);
    expect(JSON.stringify([facts, coverage, diagnostics])).not.toContain('CANARY');
  });
});
