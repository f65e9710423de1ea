import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { boundsOf } from '../../../../src/sources/terraform/configuration/bounds.ts';
import { createModuleReader } from '../../../../src/sources/terraform/configuration/module-reader.ts';
import type { FoundRoot } from '../../../../src/sources/terraform/roots/found.ts';
import { whileClosed } from '../state/directory.ts';
import { find, here, homeOf, namedRoot } from './finding.ts';
import { BACKEND, backend, initialised, PROVIDER } from './tree.ts';

const SECRET = 'canary-7f3a';
const INIT = 'a/.terraform/terraform.tfstate';
const ENVIRONMENT = 'a/.terraform/environment';
const NOT_READ = (type: string) =>
  `its state is in a ${type} backend, which is not read: give what terraform -chdir=a state pull prints, with --state - or as a file in keydrift.yaml (roots)`;
const SAY = 'run terraform init, or say where the state is with --state or in keydrift.yaml';

describe('what the states of a root may not lead out of', () => {
  const withinOf = (found: FoundRoot | undefined) => found?.states.map(({ within }) => within);

  it('is the working directory and its own tree, where its backend says where they are', async () => {
    await here.put({
      'tree/.git/HEAD': '',
      'tree/a/main.tf': backend('local', 'path = "../../outside.tfstate"'),
      'outside.tfstate': '{}',
      'work/README.md': '',
    });
    const cwd = join(here.path, 'work');
    const reader = createModuleReader(cwd, undefined, boundsOf({ cwd, dirs: [join(here.path, 'tree/a')] }));
    const { roots } = await find({ dirs: ['../tree/a'], cwd, reader });
    expect(withinOf(roots[0])).toEqual([[cwd, join(here.path, 'tree')]]);
  });

  it('is what bounds the settings, where they say where they are', async () => {
    await here.put({ 'a/main.tf': PROVIDER });
    const states = ['/elsewhere/a.tfstate'];
    const bounded = await find({ dirs: [], named: [namedRoot('a', { states, within: [here.path] })] });
    expect(withinOf(bounded.roots[0])).toEqual([[here.path]]);
    const free = await find({ dirs: [], named: [namedRoot('a', { states })] });
    expect(withinOf(free.roots[0])).toEqual([undefined]);
  });
});

describe('the states of a root without a backend', () => {
  it.each<[string, Record<string, string>, readonly string[], string | null]>([
    ['are not known where there are none', {}, [], 'default'],
    ['are in its directory', { 'a/terraform.tfstate': '{}' }, ['a/terraform.tfstate'], 'default'],
    [
      'are those of its workspaces too',
      { 'a/terraform.tfstate': '{}', 'a/terraform.tfstate.d/prod/terraform.tfstate': '{}' },
      ['a/terraform.tfstate.d/prod/terraform.tfstate', 'a/terraform.tfstate'],
      null,
    ],
    [
      'are that of its only workspace',
      { 'a/terraform.tfstate.d/prod/terraform.tfstate': '{}', 'a/terraform.tfstate.d/new/x': '' },
      ['a/terraform.tfstate.d/prod/terraform.tfstate'],
      'prod',
    ],
    [
      'are known with the workspace that is selected',
      { 'a/terraform.tfstate.d/prod/terraform.tfstate': '{}', [ENVIRONMENT]: 'prod\n' },
      ['a/terraform.tfstate.d/prod/terraform.tfstate'],
      'prod',
    ],
    [
      'are what a crashed apply left too',
      { 'a/terraform.tfstate': '{}', 'a/errored.tfstate': '{}' },
      ['a/terraform.tfstate', 'a/errored.tfstate'],
      'default',
    ],
    ['are no directories', { 'a/terraform.tfstate/x': '' }, [], 'default'],
  ])('%s', async (_, files, states, workspace) => {
    expect(await homeOf(files)).toEqual({ states, gaps: [], workspace, diagnostics: [] });
  });

  it('cannot all be told where the workspaces cannot be listed', async () => {
    await here.put({ 'a/main.tf': PROVIDER });
    const { roots } = await whileClosed(here, 'a/terraform.tfstate.d', () => find());
    expect(roots[0]?.gaps).toEqual([
      'its workspaces (terraform.tfstate.d) cannot be listed: cannot be read: permission denied',
    ]);
  });
});

describe('the states of a backend block', () => {
  it.each<[string, string, readonly string[], readonly string[]]>([
    [
      'local',
      backend('local', 'path = "../states/a.tfstate"\nworkspace_dir = "spaces"'),
      ['a/spaces/blue/terraform.tfstate', 'states/a.tfstate'],
      [],
    ],
    [
      's3',
      backend('s3', 'bucket = "states"\nkey = "a/x.tfstate"\nregion = "eu-west-1"'),
      ['s3://states/a/x.tfstate?region=eu-west-1 ?', 's3://states/env:/*/a/x.tfstate?region=eu-west-1 ?'],
      [],
    ],
    [
      's3 with characters that are wildcards elsewhere',
      backend('s3', 'bucket = "states"\nkey = "a*?%.tfstate"\nworkspace_key_prefix = "w*"'),
      ['s3://states/a%2A%3F%25.tfstate ?', 's3://states/w%2A/*/a%2A%3F%25.tfstate ?'],
      [],
    ],
    [
      's3 at an endpoint, where another bucket has the name than at AWS',
      backend('s3', `bucket = "b"\nkey = "k"\nendpoints = { s3 = "https://bot:${SECRET}@minio.example.com" }`),
      [],
      [
        'its s3 backend names an endpoint, and no credentials are sent to one that a file names: set AWS_ENDPOINT_URL_S3',
      ],
    ],
    [
      's3 whose bucket is given to init',
      backend('s3', 'key = "x"'),
      [],
      [`its s3 backend names no bucket here (given to terraform init with -backend-config?): ${SAY}`],
    ],
    [
      's3 whose key is an expression',
      backend('s3', 'bucket = "b"\nkey = var.key'),
      [],
      [`the key of its s3 backend is an expression: ${SAY}`],
    ],
    [
      's3 whose key is a template',
      backend('s3', 'bucket = "b"\nkey = "%{ if true }k%{ endif }"'),
      [],
      [`the key of its s3 backend is an expression: ${SAY}`],
    ],
    [
      'http',
      backend('http', `address = "https://ci:${SECRET}@git.example/state/a?token=${SECRET}"`),
      ['https://git.example/state/a'],
      [],
    ],
    [
      'http without an address',
      backend('http', ''),
      [],
      [`its http backend names no address here (given to terraform init with -backend-config?): ${SAY}`],
    ],
    ['http with none', backend('http', 'address = "nowhere"'), [], ['the address of its http backend is none']],
    [
      'remote by name',
      backend('remote', `organization = "org"\ntoken = "${SECRET}"\nworkspaces {\n  name = "prod"\n}`),
      ['tfc://org/prod'],
      [],
    ],
    [
      'remote by prefix',
      backend('remote', 'hostname = "tfe.example.com"\norganization = "org"\nworkspaces {\n  prefix = "net-"\n}'),
      ['tfc://tfe.example.com/org/net-* ?'],
      [],
    ],
    [
      'cloud by name',
      'terraform {\n  cloud {\n    organization = "org"\n    workspaces {\n      name = "prod"\n    }\n  }\n}\n',
      ['tfc://org/prod'],
      [],
    ],
    [
      'cloud by tags',
      'terraform {\n  cloud {\n    organization = "org"\n    workspaces {\n      tags = ["a"]\n    }\n  }\n}\n',
      [],
      [
        'which workspaces are its own is not known (they are chosen by tags): give what terraform -chdir=a state pull prints, with --state - or as a file in keydrift.yaml (roots)',
      ],
    ],
    [
      'cloud without an organization',
      'terraform {\n  cloud {}\n}\n',
      [],
      [`its cloud backend names no organization here (given to terraform init with -backend-config?): ${SAY}`],
    ],
    ...['gcs', 'azurerm', 'consul', 'kubernetes', 'pg', 'oss', 'cos', 'tomorrows'].map(
      (type): [string, string, readonly string[], readonly string[]] => [
        type,
        backend(type, `secret = "${SECRET}"`),
        [],
        [NOT_READ(type)],
      ],
    ),
    ['a type that is none', backend(`x${'y'.repeat(50)}`, ''), [], ['its backend block cannot be read']],
    [
      'what cannot be cut',
      'terraform {\n  backend "s3" {\n    bucket =\n  }\n}\n',
      [],
      ['its backend block cannot be read'],
    ],
  ])('%s', async (_, text, states, gaps) => {
    const files = { 'states/a.tfstate': '{}', 'a/spaces/blue/terraform.tfstate': '{}', 'a/backend.tf': text };
    const home = await homeOf(files);
    expect(home).toMatchObject({ states, gaps, diagnostics: [] });
    expect(JSON.stringify(home)).not.toContain(SECRET);
  });

  it('and a directory with an odd name is one word of the command', async () => {
    await here.put({ "a'; rm -rf ~/main.tf": backend('gcs', '') });
    const { roots } = await find();
    expect(roots[0]?.gaps[0]).toContain("terraform -chdir='a'\\''; rm -rf ~' state pull prints");
  });

  it('are those of the block that overrides another', async () => {
    const files = {
      'a/backend.tf': backend('gcs', ''),
      'a/backend_override.tf': backend('http', 'address = "https://x/y"'),
    };
    expect(await homeOf(files)).toMatchObject({ states: ['https://x/y'], gaps: [] });
  });

  it('are those of the block that OpenTofu reads in its place', async () => {
    const files = { 'a/backend.tf': backend('gcs', ''), 'a/backend.tofu': backend('http', 'address = "https://x/y"') };
    expect(await homeOf(files)).toMatchObject({ states: ['https://x/y'], gaps: [] });
  });

  it('are not known where the block may stand in a file that could not be read', async () => {
    const home = await homeOf({ 'a/backend.tf': 'terraform {' });
    expect(home).toMatchObject({
      states: [],
      gaps: ['a/backend.tf could not be read, and may say where its state is'],
    });
  });

  it('of HCP Terraform are told by the environment where the block is silent', async () => {
    const env = { TF_CLOUD_ORGANIZATION: 'org', TF_CLOUD_HOSTNAME: 'tfe.example.com', TF_WORKSPACE: 'prod' };
    const home = await homeOf({ 'a/backend.tf': 'terraform {\n  cloud {}\n}\n' }, { env });
    expect(home).toMatchObject({
      states: ['tfc://tfe.example.com/org/prod'],
      gaps: ['other workspaces with its tags are not listed: name its states in keydrift.yaml or with --state'],
    });
  });
});

it('are at the endpoint that the environment names, whatever the backend says', async () => {
  const body = 'bucket = "states"\nkey = "k"\nendpoint = "https://minio.example.com"';
  const env = { AWS_ENDPOINT_URL_S3: 'https://minio.example.com' };
  const { states, gaps } = await homeOf({ 'a/backend.tf': backend('s3', body) }, { env });
  expect([states, gaps]).toEqual([['s3://states/k ?', 's3://states/env:/*/k ?'], []]);
});

describe('the states that terraform init found', () => {
  const s3 = { bucket: 'states', key: 'a.tfstate', region: 'eu-west-1', access_key: SECRET, secret_key: SECRET };
  it.each<[string, string, readonly string[], readonly string[]]>([
    [
      'in S3',
      initialised('s3', s3),
      ['s3://states/a.tfstate?region=eu-west-1 ?', 's3://states/env:/*/a.tfstate?region=eu-west-1 ?'],
      [],
    ],
    [
      'in HCP Terraform',
      initialised('cloud', { organization: 'org', token: SECRET, workspaces: { name: 'prod', tags: null } }),
      ['tfc://org/prod'],
      [],
    ],
    [
      'in Terraform Enterprise, as old versions leave it',
      initialised('remote', {
        hostname: 'tfe.example.com',
        organization: 'org',
        token: SECRET,
        workspaces: [{ name: 'prod', prefix: null }],
      }),
      ['tfc://tfe.example.com/org/prod'],
      [],
    ],
    [
      'behind an address',
      initialised('http', { address: 'https://git.example/a', username: 'ci', password: SECRET }),
      ['https://git.example/a'],
      [],
    ],
    [
      'in a backend that is not read',
      initialised('pg', { conn_str: `postgres://ci:${SECRET}@db` }),
      [],
      [NOT_READ('pg')],
    ],
    ['in no backend', JSON.stringify({ version: 3, backend: null }), ['a/terraform.tfstate'], []],
    [
      'but cannot be read again',
      `{"backend": {"type": "s3", "config": {"secret_key": "${SECRET}"`,
      [],
      [
        'what terraform init left (.terraform/terraform.tfstate) does not tell where its state is: it is not what terraform init leaves there',
      ],
    ],
  ])('%s', async (_, init, states, gaps) => {
    const home = await homeOf({ 'a/terraform.tfstate': '{}', [INIT]: init });
    expect(home).toMatchObject({ states, gaps });
    expect(JSON.stringify(home)).not.toContain(SECRET);
  });

  it('are a gap where what it found is no place', async () => {
    const home = await homeOf({ [INIT]: initialised('s3', { bucket: '../x', key: 'k' }) });
    const gap =
      'what its backend says is no place that can be read: s3://…: a bucket and a key are wanted, as s3://BUCKET/KEY';
    expect(home).toMatchObject({ states: [], gaps: [gap] });
  });

  it('are those in the data directory that the environment names', async () => {
    const init = initialised('http', { address: 'https://x/y' });
    const files = { 'a/backend.tf': backend('http', ''), 'a/data/terraform.tfstate': init };
    expect(await homeOf(files, { env: { TF_DATA_DIR: 'data' } })).toMatchObject({ states: ['https://x/y'] });
  });

  it.each([
    ['of another type', BACKEND, initialised('gcs', {}), 'type'],
    ['of a backend that it no longer has', '', initialised('gcs', {}), 'type'],
    [
      'of a block that said less',
      backend('s3', 'workspace_key_prefix = "w"'),
      initialised('s3', s3),
      'workspace_key_prefix',
    ],
  ])('are a gap where it is %s', async (_, block, init, what) => {
    const home = await homeOf({ 'a/backend.tf': block, [INIT]: init });
    const gap = `what terraform init left (.terraform/terraform.tfstate) and its backend block contradict each other (${what}), so that the state there is not certain to be of this configuration: ${SAY.replace('the state', 'its state')}`;
    expect(home).toMatchObject({ states: [], gaps: [gap], diagnostics: [] });
  });

  it('count before values of the block, which -backend-config may have replaced', async () => {
    const block = backend('s3', `bucket = "${SECRET}"\nkey = "other"\nregion = "eu-west-1"`);
    const { gaps, states, diagnostics } = await homeOf({ 'a/backend.tf': block, [INIT]: initialised('s3', s3) });
    expect({ gaps, states: states?.length }).toEqual({ gaps: [], states: 2 });
    expect(diagnostics).toEqual([
      'a: what terraform init left (.terraform/terraform.tfstate) has another bucket, key than its backend block: if that was not given with -backend-config, run terraform init; states are read where init left them',
    ]);
  });

  it('count with what init was given beside the block', async () => {
    const home = await homeOf({ 'a/backend.tf': BACKEND, [INIT]: initialised('s3', s3) });
    expect(home).toMatchObject({ gaps: [], diagnostics: [] });
  });

  it('are those of the workspace that is selected where tags choose', async () => {
    const init = initialised('cloud', { organization: 'org', workspaces: { tags: ['a'] } });
    expect(await homeOf({ [INIT]: init, [ENVIRONMENT]: 'prod' })).toMatchObject({ states: ['tfc://org/prod'] });
  });

  it.each(['../../etc', 'a b', '', '.', 'default'])(
    'are not guessed where the workspace is called %j',
    async (name) => {
      const init = initialised('cloud', { organization: 'org', workspaces: { tags: ['a'] } });
      expect(await homeOf({ [INIT]: init, [ENVIRONMENT]: name })).toMatchObject({
        states: [],
        gaps: [expect.stringContaining('which workspaces are its own is not known')],
      });
    },
  );
});
