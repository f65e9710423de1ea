import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ConfigurationFact } from '../../../../src/model/facts.ts';
import { EVERYWHERE } from '../../../../src/model/reach.ts';
import { type ConfigurationLook, lookAtConfiguration } from '../../../../src/sources/terraform/configuration/look.ts';
import { createModuleReader } from '../../../../src/sources/terraform/configuration/module-reader.ts';
import { READ_AT } from './read-files.ts';

let base: string;
let cwd: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'keydrift-roots-'));
  cwd = join(base, 'repository');
  await mkdir(cwd);
});
afterEach(async () => {
  await rm(base, { recursive: true });
});

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(cwd, path, '..'), { recursive: true });
    await writeFile(join(cwd, path), text);
  }
}

interface Asked {
  readonly dirs?: readonly string[];
  readonly varFiles?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly workspace?: string | null;
}

const look = ({ dirs = ['.'], varFiles, env = {}, workspace = 'default' }: Asked = {}): Promise<ConfigurationLook> =>
  lookAtConfiguration(
    {
      roots: dirs.map((root) => ({
        root,
        dir: join(cwd, root),
        workspace,
        varFiles: varFiles?.map((file) => join(cwd, file)) ?? null,
        states: null,
        reach: EVERYWHERE,
      })),
      cwd,
      env,
    },
    { signal: new AbortController().signal, now: () => READ_AT, onProgress: () => {} },
  );

const keysOf = ({ facts }: Pick<ConfigurationLook, 'facts'>): readonly ConfigurationFact[] =>
  facts.filter((fact) => fact.kind === 'configuration');

const description = async (asked?: Asked): Promise<string | undefined> => {
  const [key] = keysOf(await look(asked));
  return key?.attributes.description ?? key?.unknown.description;
};

const SAYS = (expression: string): string => `resource "aws_kms_key" "k" {\n  description = ${expression}\n}\n`;

describe('a variable', () => {
  const files = {
    'main.tf': `variable "v" {\n  type    = string\n  default = "default"\n}\n${SAYS('var.v')}`,
    'terraform.tfvars': 'v = "tfvars" # of the team\n',
    'terraform.tfvars.json': '{"v": "json"}',
    'b.auto.tfvars': '\ufeffv = "b"\r\n',
    'a.auto.tfvars': 'v = "a"\n',
    'c.auto.tfvars.json': '{"v": "c"}',
    '\uff5e.auto.tfvars': 'v = "tilde"\n',
    '\u{1f600}.auto.tfvars': 'v = "face"\n',
    'live/prod.tfvars': 'v = <<EOT\nprod\nEOT\n',
    'live/last.tfvars': 'other = 1\nv = "last"\n',
  };
  type Name = keyof typeof files;

  it.each<[readonly Name[], Asked, string]>([
    [[], {}, 'default'],
    [[], { env: { TF_VAR_v: 'environment' } }, 'environment'],
    [[], { env: { TF_VAR_v: '"as it is' } }, '"as it is'],
    [['terraform.tfvars'], { env: { TF_VAR_v: 'environment' } }, 'tfvars'],
    [['terraform.tfvars', 'terraform.tfvars.json'], {}, 'json'],
    [['terraform.tfvars.json', 'a.auto.tfvars', 'b.auto.tfvars'], {}, 'b'],
    [['a.auto.tfvars', 'b.auto.tfvars', 'c.auto.tfvars.json'], {}, 'c'],
    // In the order of their bytes, which is not that of UTF-16.
    [['\uff5e.auto.tfvars', '\u{1f600}.auto.tfvars'], {}, 'face'],
    [['b.auto.tfvars', 'live/prod.tfvars'], { varFiles: ['live/prod.tfvars'] }, 'prod\n'],
    [['live/prod.tfvars', 'live/last.tfvars'], { varFiles: ['live/prod.tfvars', 'live/last.tfvars'] }, 'last'],
  ])('with %j is what the last of them says', async (names, asked, value) => {
    await write(Object.fromEntries((['main.tf', ...names] as const).map((name) => [name, files[name]])));
    expect(await description(asked)).toBe(value);
  });

  it.each([
    ['list(string)', '["a", "b"]', 'a-b'],
    ['any', '["a", "b"]', 'a-b'],
    ['set(string)', '["b", "a", "a"]', 'a-b'],
  ])('of type %s takes an expression from the environment', async (type, value, joined) => {
    await write({ 'main.tf': `variable "v" {\n  type = ${type}\n}\n${SAYS('join("-", var.v)')}` });
    expect(await description({ env: { TF_VAR_v: value } })).toBe(joined);
  });

  it.each(['prod.tfvars', 'prod.tfvars.json', 'env/prod.tfvars'])(
    'that %s may give is Unknown until it is told which files are given',
    async (name) => {
      const prod = name.endsWith('.json') ? '{"v": "CANARY"}' : 'v = "CANARY"\n';
      await write({ 'main.tf': files['main.tf'], 'a.auto.tfvars': 'v = "a"\n', 'b.tfvars': 'w = 1\n', [name]: prod });
      expect(await description()).toBe(
        `description: ${name} may give var.v another value: tell with --var-file, or var-files of the root in keydrift.yaml, which files are given`,
      );
      expect(await description({ varFiles: ['b.tfvars'] })).toBe('a');
    },
  );

  it.each<[string, readonly string[], string | undefined]>([
    ['kept beside the root', ['environments/prod.tfvars'], 'environments/prod.tfvars'],
    ['in the directory above', ['prod.tfvars'], 'prod.tfvars'],
    ['deep beside the root', ['env/eu/prod/x.tfvars'], 'env/eu/prod/x.tfvars'],
    ['deep below the root', ['live/app/vars/prod/x.tfvars'], 'live/app/vars/prod/x.tfvars'],
    ['of its own group', ['live/vars/prod.tfvars'], 'live/vars/prod.tfvars'],
    ['below a root further up', ['main.tf', 'vars/prod.tfvars'], 'vars/prod.tfvars'],
    ['beside a root further up', ['main.tf', 'prod.tfvars'], undefined],
    ['beside another root', ['live/other/main.tf', 'live/other/prod.tfvars'], undefined],
    ['below another root', ['live/other/main.tf', 'live/other/vars/prod.tfvars'], undefined],
    ['of a root below', ['live/app/inner/main.tf', 'live/app/inner/prod.tfvars'], undefined],
    ['of another group', ['other/app/main.tf', 'other/vars/prod.tfvars'], undefined],
    ['hidden', ['.cache/prod.tfvars', 'node_modules/x/prod.tfvars'], undefined],
    ['read by another root itself', ['live/other/main.tf', 'live/other/terraform.tfvars'], undefined],
  ])('may be given by a file %s', async (_, names, untold) => {
    const text = (name: string): string => (name.endsWith('.tf') ? files['main.tf'] : 'v = "CANARY"\n');
    await write({
      'live/app/main.tf': files['main.tf'],
      ...Object.fromEntries(names.map((name) => [name, text(name)])),
    });
    const found = await description({ dirs: ['live/app'] });
    expect(found).toEqual(
      untold === undefined ? 'default' : expect.stringContaining(`${untold} may give var.v another value`),
    );
    expect(await description({ dirs: ['live/app'], varFiles: [] })).toBe('default');
  });

  it.each<[string, string, string | undefined]>([
    ['of a key block', 'resource "aws_kms_key" "k" {\n  for_each = toset(var.v)\n}\n', 'aws_kms_key.k[*]'],
    [
      'of a module that leads to one',
      'module "m" {\n  source = "./m"\n  count = length(var.v)\n}\n',
      'module.m[*].aws_kms_key.k',
    ],
    ['of another resource', 'resource "aws_s3_bucket" "b" {\n  for_each = toset(var.v)\n}\n', undefined],
    ['of no block, an attribute alone', SAYS('join("-", var.v)'), undefined],
  ])('leaves the instances %s open, and says so', async (_, block, address) => {
    await write({
      'main.tf': `variable "v" {}\n${block}`,
      'm/main.tf': 'resource "aws_kms_key" "k" {}\n',
      'terraform.tfvars': 'v = ["a"]\n',
      'env/prod.tfvars': 'v = ["a", "b"]\n',
    });
    const open = ({ coverage }: Awaited<ReturnType<typeof look>>) =>
      coverage.filter(({ operation }) => operation === 'instances');
    expect(open(await look()).map(({ locator, status, reason }) => [locator, status, reason])).toEqual(
      address === undefined
        ? []
        : [
            [
              '.',
              'partial',
              expect.stringMatching(/^which instances there are of .* cannot be told: .* which files are given$/),
            ],
          ],
    );
    if (address !== undefined) expect(open(await look())[0]?.reason).toContain(` ${address} `);
    expect(open(await look({ varFiles: ['env/prod.tfvars'] }))).toEqual([]);
  });

  it('ends the search where the work tree begins', async () => {
    await write({ 'prod.tfvars': 'v = "CANARY"\n', 'here/.git/HEAD': '', 'here/app/main.tf': files['main.tf'] });
    expect(await description({ dirs: ['here/app'] })).toBe('default');
  });

  it('is Unknown, and the root not read in full, where a file of values is damaged', async () => {
    await write({
      'main.tf': files['main.tf'],
      'terraform.tfvars': 'v = "a"\nv = "CANARY"\n',
      'a.auto.tfvars': 'w = 1\n',
    });
    const found = await look();
    expect(keysOf(found)[0]?.unknown.description).toBe(
      'description: terraform.tfvars, which may give var.v its value, could not be read',
    );
    expect(found.coverage.map(({ locator, status, reason }) => [locator, status, reason])).toEqual([
      ['.', 'partial', 'terraform.tfvars could not be read in full: keys declared there are not known'],
      ['terraform.tfvars', 'failed', 'terraform.tfvars:2: a variable is given twice'],
    ]);
  });

  it('given by a file that is not there is Unknown', async () => {
    await write({ 'main.tf': files['main.tf'] });
    expect(await description({ varFiles: ['gone.tfvars'] })).toBe(
      'description: gone.tfvars, which may give var.v its value, could not be read',
    );
    const { coverage } = await look({ varFiles: ['gone.tfvars'] });
    expect(coverage.at(-1)?.reason).toBe(
      'gone.tfvars: cannot be read: no such file or directory (--var-file starts from the working directory, var-files from that of keydrift.yaml)',
    );
  });
});

describe('a workspace', () => {
  it.each([
    ['prod', 'prod'],
    [null, 'description: terraform.workspace is not known'],
  ])('%s is what expressions see', async (workspace, seen) => {
    await write({ 'main.tf': SAYS('terraform.workspace') });
    expect(await description({ workspace })).toBe(seen);
  });
});

describe('modules of a root', () => {
  const call = (source: string, more = ''): string => `module "m" {\n  source = "${source}"\n${more}}\n`;
  const manifest = (source: string, dir: string, version = ''): string =>
    JSON.stringify({
      Modules: [
        { Key: '', Source: '', Dir: '.' },
        { Key: 'm', Source: source, Version: version, Dir: dir },
      ],
    });
  const reasonOf = ({ coverage }: ConfigurationLook): string | undefined => coverage[1]?.reason;

  it.each([
    ['acme/kms/aws', 'registry.terraform.io/acme/kms/aws'],
    ['git::https://example.com/kms.git//keys?ref=v1', 'git::https://example.com/kms.git//keys?ref=v1'],
    ['github.com/acme/kms', 'git::https://github.com/acme/kms.git'],
    ['git@github.com:acme/kms.git', 'git::ssh://git@github.com/acme/kms.git'],
  ])('are read where init installed them: %s', async (source, installed) => {
    await write({
      'live/main.tf': call(source),
      'live/.terraform/modules/modules.json': manifest(installed, '.terraform/modules/m'),
      'live/.terraform/modules/m/main.tf': SAYS('"installed"'),
    });
    const found = await look({ dirs: ['live'] });
    expect(found.coverage).toEqual([expect.objectContaining({ locator: 'live', status: 'complete' })]);
    expect(keysOf(found)).toEqual([
      expect.objectContaining({ address: 'module.m.aws_kms_key.k', path: 'live/.terraform/modules/m/main.tf' }),
    ]);
  });

  it.each([
    ['.terraform', '.terraform', {}],
    ['a directory that TF_DATA_DIR names', '../../tf', { TF_DATA_DIR: '../../tf' }],
  ])('suppress nothing by their comments, installed in %s; those of the repository do', async (_, dataDir, env) => {
    const ignored = `# keydrift:ignore=spec-mismatch until=2026-12-31 reason="theirs"\n`;
    const installed = 'registry.terraform.io/acme/kms/aws';
    const ours = '# keydrift:ignore=tags-drift reason="ours"\n';
    await write({
      'live/a/main.tf': `${ours}${call('acme/kms/aws')}`,
      [join('live/a', dataDir, 'modules/modules.json')]: manifest(installed, `${dataDir}/modules/m`),
      [join('live/a', dataDir, 'modules/m/main.tf')]: `${ignored}# keydrift:ignore=x\n${SAYS('"installed"')}`,
      'live/b/main.tf': `${ours}${call(`../a/${dataDir}/modules/m`)}`,
      'modules/m/main.tf': `${ignored}${SAYS('"ours"')}`,
      'live/c/main.tf': call('../../modules/m'),
    });
    const found = await look({ dirs: ['live/a', 'live/b', 'live/c'], env });
    const rules = keysOf(found).map(({ suppressions = [] }) => suppressions.map(({ rule }) => rule));
    expect(rules).toEqual([['tags-drift'], ['tags-drift'], ['spec-mismatch']]);
    const at = join('live/a', dataDir, 'modules/m/main.tf');
    const message = `comments for keydrift in installed modules suppress nothing (${at}:1 and 1 more): put them above the module call`;
    expect(found.diagnostics).toEqual([{ level: 'warning', source: 'suppressions', message }]);
  });

  it.each([
    ['acme/kms/aws', '', 'registry.terraform.io/other/kms/aws', '', 'another source than acme/kms/aws is installed'],
    [
      'acme/kms/aws',
      'version = "2.0.0"\n',
      'registry.terraform.io/acme/kms/aws',
      '1.0.0',
      'in version 1.0.0, not 2.0.0',
    ],
  ])('are not read where init installed something else: %s %s', async (source, more, installed, version, reason) => {
    await write({
      'main.tf': call(source, more),
      '.terraform/modules/modules.json': manifest(installed, '.terraform/modules/m', version),
      '.terraform/modules/m/main.tf': SAYS('"other"'),
    });
    const found = await look();
    expect(keysOf(found)).toEqual([]);
    expect(reasonOf(found)).toContain(reason);
  });

  it.each(['not json', '{"Modules": 1}', '[]'])('are not installed by a damaged list: %s', async (text) => {
    await write({ 'main.tf': call('acme/kms/aws'), '.terraform/modules/modules.json': text });
    expect(reasonOf(await look())).toContain(
      'acme/kms/aws: the list of installed modules cannot be used: it is not what terraform init leaves there',
    );
  });

  it('are read where TF_DATA_DIR has them', async () => {
    await write({
      'main.tf': call('acme/kms/aws'),
      '../data/modules/modules.json': manifest('acme/kms/aws', '../data/modules/m'),
      '../data/modules/m/main.tf': SAYS('"installed"'),
    });
    expect(keysOf(await look({ env: { TF_DATA_DIR: join(base, 'data') } }))).toHaveLength(1);
    expect(keysOf(await look())).toHaveLength(0);
  });

  it('are not followed out of the repository, nor through links', async () => {
    await write({
      '../outside/main.tf': SAYS('"outside"'),
      'main.tf': call('../outside'),
      'linked/main.tf': call('./link'),
    });
    await symlink(join(base, 'outside'), join(cwd, 'linked/link'));
    const found = await look({ dirs: ['.', 'linked'] });
    expect(keysOf(found)).toEqual([]);
    expect(found.coverage.flatMap(({ operation, reason }) => (operation === 'module' ? [reason] : []))).toEqual([
      'module "m" (main.tf:1) is not followed: ../outside: it is outside of the repository',
      'module "m" (linked/main.tf:1) is not followed: ./link: it is outside of the repository',
    ]);
  });

  it('are followed within the work tree that the working directory is part of', async () => {
    await write({
      '../.git': 'gitdir: elsewhere\n',
      '../shared/main.tf': SAYS('"shared"'),
      'main.tf': call('../shared'),
    });
    expect(keysOf(await look())).toEqual([expect.objectContaining({ path: '../shared/main.tf' })]);
  });

  it('that many roots call are read once', async () => {
    const roots = Array.from({ length: 20 }, (_, n) => `live/${n}`);
    await write({
      'm/main.tf': `variable "n" {}\n${SAYS('"root $' + '{var.n}"')}`,
      ...Object.fromEntries(roots.map((root, n) => [`${root}/main.tf`, call('../../m', `  n = ${n}\n`)])),
    });
    const found = await look({ dirs: roots });
    expect(keysOf(found).map(({ root, attributes }) => [root, attributes.description])).toEqual(
      roots.map((root, n) => [root, `root ${n}`]),
    );
    const reader = createModuleReader(cwd);
    expect(reader.read('m')).toBe(reader.read(join(cwd, 'live/../m')));
  });
});

describe('files for OpenTofu alone', () => {
  const spec = (value: string): string => `resource "aws_kms_key" "k" {\n  customer_master_key_spec = "${value}"\n}\n`;
  const EITHER = 'Terraform and OpenTofu read different files here, and it is not known which of them is used';

  it('count where there are no others', async () => {
    await write({ 'main.tofu': spec('RSA_2048'), 'more.tofu.json': '{"resource":{"aws_kms_key":{"j":{}}}}' });
    expect(keysOf(await look()).map(({ address, attributes }) => [address, attributes.keySpec])).toEqual([
      ['aws_kms_key.k', 'RSA_2048'],
      ['aws_kms_key.j', 'SYMMETRIC_DEFAULT'],
    ]);
  });

  it('count where a called module has no others', async () => {
    await write({ 'main.tf': 'module "m" {\n  source = "./m"\n}\n', 'm/main.tofu': spec('RSA_2048') });
    const found = await look();
    expect(found.coverage).toEqual([expect.objectContaining({ status: 'complete' })]);
    expect(keysOf(found)).toEqual([
      expect.objectContaining({ instances: 'one', attributes: expect.objectContaining({ keySpec: 'RSA_2048' }) }),
    ]);
  });

  it('leave a key as it is where they say the same of it', async () => {
    await write({ 'main.tf': spec('RSA_2048'), 'main.tofu': `# for OpenTofu\n${spec('RSA_2048')}` });
    expect(keysOf(await look())).toEqual([expect.objectContaining({ instances: 'one', unknown: {} })]);
  });

  it('leave Unknown what they say otherwise, and whether there is a key that one of the two has', async () => {
    await write({
      'main.tf': spec('RSA_2048'),
      'main.tofu': spec('RSA_4096'),
      'extra.tofu': SAYS('"x"').replace('"k"', '"x"'),
    });
    const [k, x] = keysOf(await look());
    expect(k).toMatchObject({
      address: 'aws_kms_key.k',
      instances: 'one',
      attributes: {},
      unknown: { keySpec: EITHER },
    });
    expect(x).toMatchObject({
      address: 'aws_kms_key.x',
      instances: 'unknown',
      attributes: {},
      unknown: { description: EITHER },
    });
  });
});

it('lets no secret out: of values, sensitive variables, providers, backends, module sources and their damaged files', async () => {
  const canary = 'CANARY-4f1d';
  await write({
    'main.tf': `
variable "secret" {
  sensitive = true
  default   = "${canary}"
}
variable "given" {}
variable "number" {
  type = number
}
variable "list" {
  type = list(number)
}
locals {
  s = "x\${var.secret}"
}
provider "aws" {
  region     = "\${var.given}\${1 +}"
  secret_key = var.given
}
terraform {
  backend "s3" {
    secret_key = "${canary}"
  }
}
resource "aws_kms_key" "a" {
  description              = local.s
  customer_master_key_spec = var.number
  key_usage                = var.list
  policy                   = var.given
  is_enabled               = var.given
  multi_region             = tobool(var.given)
  deletion_window_in_days  = var.given
  count                    = var.given
}
resource "aws_kms_key" "b" {
  for_each    = var.given
  description = jsondecode(var.given)
}
import {
  to = aws_kms_key.a[var.given.x]
  id = var.list
}
module "m" {
  source = "git::https://${canary}@example.com/x?token=${canary}"
}
module "n" {
  source = "./n"
  count  = var.given
}
`,
    'n/main.tf': '',
    'terraform.tfvars': `given = "${canary}"\nnumber = "${canary}"\nlist = ["${canary}"]\n`,
    'a.auto.tfvars': `other = upper("${canary}\n`,
    'b.auto.tfvars.json': `{"x": "${canary}`,
  });
  const env = { TF_VAR_given: `{${canary}`, TF_VAR_list: `nofunction("${canary}")` };
  const found = await look({ env });
  const { facts, coverage, diagnostics } = found;
  expect(keysOf(found).length).toBeGreaterThan(1);
  expect(JSON.stringify([facts, coverage, diagnostics])).not.toContain('CANARY');
  await rm(join(cwd, 'a.auto.tfvars'));
  await rm(join(cwd, 'b.auto.tfvars.json'));
  const given = await look({ env });
  expect(JSON.stringify([given.facts, given.coverage, given.diagnostics])).not.toContain('CANARY');
});
