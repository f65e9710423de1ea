import { describe, expect, it } from '@jest/globals';
import { cutFile } from '../../../../src/sources/terraform/configuration/cut-file.ts';
import type { ModuleSource } from '../../../../src/sources/terraform/configuration/module-reader.ts';
import { ledElsewhere } from '../../../../src/sources/terraform/roots/led-elsewhere.ts';

function source(files: Readonly<Record<string, string>>): ModuleSource {
  const names = Object.keys(files).sort();
  return {
    dir: '/repo/live/a',
    path: 'live/a',
    names,
    directories: [],
    links: [],
    files: names.map((name) => ({
      name,
      path: `live/a/${name}`,
      blocks: cutFile(name, files[name] ?? ''),
      faults: [],
    })),
    unreadable: null,
    isInstalled: false,
  };
}

const written = (type: string, ...settings: readonly string[]): string =>
  `terraform {\n  backend "${type}" {\n    ${settings.join('\n    ')}\n  }\n}\n`;
const s3 = (...more: readonly string[]): string => written('s3', 'bucket = "states"', ...more);
const cloud = (organization: string, workspaces: string): string =>
  `terraform {\n  cloud {\n    organization = "${organization}"\n    workspaces {\n      ${workspaces}\n    }\n  }\n}\n`;
const remote = (workspaces: string): string =>
  written('remote', 'organization = "acme"', 'workspaces {', workspaces, '}');

const led = async (was: string, is: string) => ledElsewhere(source({ 'a.tf': was }), source({ 'a.tf': is }), '/repo');

describe('a backend block leads to another state', () => {
  it.each<readonly [string, string, string, object]>([
    ['by its key', s3('key = "a"'), s3('key = "b"'), { what: ['key'], type: 's3' }],
    ['by its bucket', s3('key = "a"'), s3('key = "a"').replace('states', 'other'), { what: ['bucket'], type: 's3' }],
    [
      'by where other workspaces are',
      s3('key = "a"'),
      s3('key = "a"', 'workspace_key_prefix = "ws"'),
      { what: ['workspace_key_prefix'] },
    ],
    ['by its type', s3('key = "a"'), written('gcs', 'bucket = "states"'), { what: ['type'], type: 'gcs' }],
    ['by having none any more', s3('key = "a"'), '', { what: ['type'], type: 'local', places: [] }],
    ['of a bucket elsewhere', written('gcs', 'prefix = "a"'), written('gcs', 'prefix = "b"'), { what: ['prefix'] }],
    [
      'of a host',
      written('http', 'address = "https://x.example/a"'),
      written('http', 'address = "https://x.example/b"'),
      { what: ['address'] },
    ],
    ['of HCP Terraform', cloud('acme', 'name = "a"'), cloud('acme', 'name = "b"'), { what: ['workspaces.name'] }],
    [
      'from a remote backend to another workspace',
      remote('name = "a"'),
      cloud('acme', 'name = "b"'),
      { what: ['workspaces.name'] },
    ],
    ['by an expression, which OpenTofu takes', s3('key = var.a'), s3('key = var.b'), { what: ['key'] }],
  ])('%s', async (_, was, is, expected) => {
    expect(await led(was, is)).toMatchObject(expected);
  });

  it('by a file that overrides', async () => {
    const was = source({ 'a.tf': s3('key = "a"') });
    const is = source({ 'a.tf': s3('key = "a"'), 'x_override.tf': s3('key = "b"') });
    expect(await ledElsewhere(was, is, '/repo')).toMatchObject({ what: ['key'] });
  });

  it('and where that keeps it', async () => {
    expect((await led(s3('key = "a"'), s3('key = "b"')))?.places).toEqual(['s3://states/b', 's3://states/env:/*/b']);
  });

  it('whose values nobody is told', async () => {
    const [was, is] = ['one', 'two'].map((secret) =>
      written('http', `address = "https://x:${secret}@x.example/${secret}"`),
    );
    expect(JSON.stringify(await led(was ?? '', is ?? ''))).not.toContain('x:two');
  });
});

describe('a backend block leads to the same state, or nobody can tell', () => {
  it.each<readonly [string, string, string]>([
    [
      'with settings of how it is asked',
      s3('key = "a"'),
      s3(
        'key = "a"',
        'encrypt = true',
        'kms_key_id = "alias/x"',
        'dynamodb_table = "locks"',
        'profile = "ci"',
        'role_arn = "arn:aws:iam::111122223333:role/ci"',
        'use_lockfile = true',
        'region = "eu-west-1"',
      ),
    ],
    [
      'in another form',
      s3('key = "a"'),
      'terraform {\n  backend "s3" {\n    key="a"\n\n bucket  =  "states" # ours\n}\n}\n',
    ],
    [
      'in another file, or beside other settings',
      `${s3('key = "a"')}`,
      `terraform {\n  required_version = ">= 1.7"\n}\n${s3('key = "a"')}`,
    ],
    ['with its default written out', s3('key = "a"'), s3('key = "a"', 'workspace_key_prefix = "env:"')],
    ['that -backend-config completes', s3('key = "a"'), s3()],
    ['that -backend-config completed before', s3(), s3('key = "a"', 'workspace_key_prefix = "ws"')],
    ['which it did not before, so that files tell', '', s3('key = "a"')],
    ['where it was local, so that files tell', written('local', 'path = "a"'), written('local', 'path = "b"')],
    ['as a cloud block in place of the remote backend', remote('name = "a"'), cloud('acme', 'name = "a"')],
    ['by a prefix or by tags', remote('prefix = "a-"'), cloud('acme', 'tags = ["a"]')],
    ['where it cannot be read', s3('key = "a"'), `${s3('key = "b"')}{`],
  ])('%s', async (_, was, is) => {
    expect(await led(was, is)).toBeUndefined();
  });
});
