import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import { memoryHost } from '../cli/memory-host.ts';
import { scratch } from '../cli/scratch.ts';
import { awsEnvironment } from '../support/emulator/clients.ts';
import { type Emulator, startEmulator } from '../support/emulator/emulator.ts';
import { repositoryIn, type TestRepository } from '../support/git.ts';

/** The built program: `npm test` builds it first. */
const MAIN = resolve('dist/cli/main.js');

/** Stands in files outside of the repository: nothing of them may be said. */
const CANARY = 'canary-0f7e';
/** Stands in variables: nobody may be sent one. */
const TOKEN = 'token-51c2';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000001';

const here = scratch();

/** Programs that people have installed, each of which leaves a trace instead of what it does. */
const PROGRAMS = ['terraform', 'tofu', 'terragrunt', 'pulumi', 'sh', 'bash', 'ssh', 'aws', 'node', 'trap'] as const;

/** AWS, which a scan may ask. */
let emulator: Emulator;

/** Hears everything else that is sent to this machine. */
let server: Server;
let port = 0;
const heard: string[] = [];

beforeEach(async () => {
  heard.length = 0;
  emulator = await startEmulator({ keys: [{ id: 1, region: 'eu-west-1' }] }, { clock: 'frozen' });
  server = createServer((request, response) => {
    heard.push(`${request.method} ${request.headers.host}${request.url} ${JSON.stringify(request.headers)}`);
    response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
const saved = { ...process.env };
afterEach(async () => {
  process.env = { ...saved };
  await emulator.stop();
  server.closeAllConnections();
  server.close();
});

const state = (description: string): string =>
  JSON.stringify({
    version: 4,
    terraform_version: '1.11.4',
    serial: 1,
    lineage: '6a1e9a52-0000-4000-8000-000000000001',
    resources: [
      {
        mode: 'managed',
        type: 'aws_kms_key',
        name: CANARY,
        provider: 'provider["registry.terraform.io/hashicorp/aws"]',
        instances: [{ attributes: { arn: KEY, key_id: KEY.split('/')[1], description } }],
      },
    ],
  });

const configuration = (name: string): string => `resource "aws_kms_key" "${name}" {\n  description = "${CANARY}"\n}\n`;

/** What lies beside the repository: another checkout, whose files read well. */
function outside(): void {
  write(here.file('outside'), {
    'main.tf': configuration(CANARY),
    'values.tfvars': `given = "${CANARY}"\n`,
    'terraform.tfstate': state(CANARY),
    'state.d/prod/terraform.tfstate': state(CANARY),
    'plan.json': JSON.stringify({ format_version: '1.2', resource_changes: [], [CANARY]: CANARY }),
    'modules.json': JSON.stringify({ Modules: [{ Key: 'm', Source: 'acme/m', Dir: '../outside' }] }),
    'init.json': JSON.stringify({ version: 3, backend: { type: 's3', config: { bucket: CANARY, key: CANARY } } }),
    'keydrift.yaml': `ignore-tags: [${CANARY}]\n`,
    'baseline.json': JSON.stringify({ [CANARY]: CANARY }),
    'rules/canary.yaml': `id: ${CANARY}\n`,
    'pulumi.json': JSON.stringify({ [CANARY]: CANARY }),
  });
}

function write(dir: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), content);
  }
}

/** Directories of programs that leave a trace: one on PATH, and one that npx would put before it. */
function traps(repo: TestRepository): readonly string[] {
  const own = join(repo.dir, 'node_modules/.bin');
  for (const [dir, names] of [
    [here.file('bin'), PROGRAMS],
    [own, [...PROGRAMS, 'git']],
  ] as const) {
    mkdirSync(dir, { recursive: true });
    for (const name of names) {
      writeFileSync(join(dir, name), `#!/bin/sh\necho "${name} $*" >> '${here.file('trace')}'\n`);
      chmodSync(join(dir, name), 0o755);
    }
  }
  return [own, here.file('bin')];
}

/** The credentials of whoever runs keydrift; only AWS, here the emulator, may be shown one. */
function environment(repo: TestRepository): Record<string, string | undefined> {
  const tokens = ['GITHUB_TOKEN', 'GITLAB_TOKEN', 'TFE_TOKEN', 'TF_TOKEN_app_terraform_io'];
  return {
    ...awsEnvironment(emulator),
    PATH: [...traps(repo), process.env['PATH']].join(':'),
    HOME: here.path,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    TF_HTTP_USERNAME: TOKEN,
    TF_HTTP_PASSWORD: TOKEN,
    KEYDRIFT_STATE_HEADERS: `states.acme.example=Authorization: ${TOKEN}`,
    ...Object.fromEntries(tokens.map((name) => [name, TOKEN])),
  };
}

interface Outcome {
  readonly code: number;
  /** Everything that was said. */
  readonly all: string;
}

const OUTPUTS = ['-o', 'json=../report.json', '-o', 'table', '--all'];

/** In this process: quick, and all that it touches is touched the same. */
async function keydrift(repo: TestRepository, ...args: readonly string[]): Promise<Outcome> {
  const env = environment(repo);
  Object.assign(process.env, awsEnvironment(emulator), { AWS_CONFIG_FILE: '/dev/null' });
  const host = memoryHost({ cwd: repo.dir, env, packageRoot: resolve('.') });
  const code = await run([...args, ...OUTPUTS], host);
  return { code, all: `${host.said.stdout}${host.said.stderr}${reported()}` };
}

/** In a process of its own, with nothing else in its environment. */
async function spawned(repo: TestRepository, ...args: readonly string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [MAIN, ...args, ...OUTPUTS], { cwd: repo.dir, env: environment(repo) });
  const ended = once(child, 'close') as Promise<[number]>;
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, all: `${stdout}${stderr}${reported()}` };
}

const reported = (): string =>
  existsSync(here.file('report.json')) ? readFileSync(here.file('report.json'), 'utf8') : '';

/** No program ran, nobody outside of AWS was spoken to, and nothing outside of the repository was told. */
function expectNothingDone({ all }: { readonly all: string }): void {
  expect(all).not.toContain(CANARY);
  expect(all).not.toContain(TOKEN);
  expect(existsSync(here.file('trace'))).toBe(false);
  expect(heard).toEqual([]);
}

const MINE = 'resource "aws_kms_key" "mine" {}\n';

type Attack = readonly [what: string, attack: (repo: TestRepository) => void];

const MAIN_TF = 'provider "aws" {\n  region = "eu-west-1"\n}\n';
const link = (target: string, name: string) => (repo: TestRepository) => {
  mkdirSync(dirname(join(repo.dir, name)), { recursive: true });
  symlinkSync(here.file(`outside/${target}`), join(repo.dir, name));
};
const backend = (type: string, body: string) => (repo: TestRepository) =>
  repo.write({ 'backend.tf': `terraform {\n  backend "${type}" {\n    ${body}\n  }\n}\n` });
const settings = (content: string) => (repo: TestRepository) => repo.write({ 'keydrift.yaml': content });

const READS: readonly Attack[] = [
  ['a link in the place of a file', link('main.tf', 'keys.tf')],
  ['a link in the place of values', link('values.tfvars', 'terraform.tfvars')],
  ['a link among values that may be given', link('values.tfvars', 'envs/prod.tfvars')],
  ['a link in the place of the state', link('terraform.tfstate', 'terraform.tfstate')],
  ['a link in the place of what a crash left', link('terraform.tfstate', 'errored.tfstate')],
  ['a link in the place of workspaces', link('state.d', 'terraform.tfstate.d')],
  [
    'a link in the place of .terraform',
    (repo) => {
      write(here.file('outside/.terraform'), { environment: CANARY });
      link('.terraform', '.terraform')(repo);
    },
  ],
  ['a link to what init left', link('init.json', '.terraform/terraform.tfstate')],
  [
    'a link to a list of modules',
    (repo) => {
      repo.write({ 'call.tf': 'module "m" {\n  source = "acme/m"\n}\n' });
      link('modules.json', '.terraform/modules/modules.json')(repo);
    },
  ],
  [
    'a list of modules that leads outside',
    (repo) =>
      repo.write({
        'call.tf': 'module "m" {\n  source = "acme/m"\n}\n',
        '.terraform/modules/modules.json': JSON.stringify({
          Modules: [{ Key: 'm', Source: 'registry.terraform.io/acme/m', Dir: '../outside' }],
        }),
      }),
  ],
  ['a module outside', (repo) => repo.write({ 'call.tf': 'module "m" {\n  source = "../outside"\n}\n' })],
  [
    'a module by a link',
    (repo) => {
      repo.write({ 'call.tf': 'module "m" {\n  source = "./m"\n}\n' });
      link('', 'm')(repo);
    },
  ],
  [
    'a local backend that leads outside',
    (repo) => backend('local', `path = "${here.file('outside/terraform.tfstate')}"`)(repo),
  ],
  [
    'workspaces of a local backend outside',
    (repo) => backend('local', `workspace_dir = "${here.file('outside/state.d')}"`)(repo),
  ],
  [
    'a function that reads a file',
    (repo) =>
      repo.write({
        'keys.tf': `resource "aws_kms_key" "a" {\n  description = file("${here.file('outside/main.tf')}")\n  policy = templatefile("../outside/main.tf", {})\n}\n`,
      }),
  ],
  ['settings by a link', link('keydrift.yaml', 'keydrift.yaml')],
  ['a root outside', settings('roots: [{ path: ../outside }]')],
  ['a state outside', settings('state: ../outside/terraform.tfstate')],
  ['a plan outside', settings('roots: [{ path: ., plan: ../outside/plan.json }]')],
  ['plans outside', settings('plans: [../outside/plan.json]')],
  ['values outside', settings('roots: [{ path: ., var-files: [../outside/values.tfvars] }]')],
  ['rules outside', settings('rules: { directories: [../outside/rules] }')],
  [
    'rules by a link',
    (repo) => {
      settings('rules: { directories: [rules] }')(repo);
      link('rules', 'rules')(repo);
    },
  ],
  [
    'a rule by a link',
    (repo) => {
      settings('rules: { directories: [rules] }')(repo);
      link('rules/canary.yaml', 'rules/canary.yaml')(repo);
    },
  ],
  ['a baseline outside', settings('baseline: ../outside/baseline.json')],
  ['a baseline by a link', link('baseline.json', '.keydrift.baseline.json')],
  ['an owner outside', settings('owners: [{ name: edge, pulumi: ../outside/pulumi.json }]')],
];

const RUNS: readonly Attack[] = [
  ['a state that a program prints', settings('state: exec:.')],
  ['the state of a root that a program prints', settings('roots: [{ path: ., state: exec:terraform:. }]')],
  [
    'data by a program, and provisioners',
    (repo) =>
      repo.write({
        'keys.tf': `data "external" "a" {\n  program = ["trap"]\n}\nresource "aws_kms_key" "a" {\n  description = data.external.a.result.x\n  provisioner "local-exec" {\n    command = "trap"\n  }\n}\n`,
        'terragrunt.hcl': 'terraform {\n  before_hook "a" {\n    commands = ["plan"]\n    execute = ["trap"]\n  }\n}\n',
      }),
  ],
  [
    'a module that git is to fetch',
    (repo) => repo.write({ 'call.tf': 'module "m" {\n  source = "git::ext::trap"\n}\n' }),
  ],
  [
    'rules that are no data',
    (repo) => {
      settings('rules: { directories: [rules] }')(repo);
      repo.write({ 'rules/run.yaml': '!!js/function "trap"\n' });
    },
  ],
  [
    '.git/config, attributes and hooks',
    (repo) => {
      repo.commit({ 'keys.tf': MINE, '.gitattributes': '* filter=trap diff=trap\n' });
      repo.write({ 'keys.tf': `${MINE}\n` });
      const trap = here.file('bin/trap');
      for (const name of ['core.fsmonitor', 'diff.external', 'diff.trap.textconv', 'filter.trap.clean', 'core.pager'])
        repo.git('config', name, trap);
      repo.git('config', 'core.hooksPath', here.file('bin'));
      for (const hook of ['post-index-change', 'fsmonitor-watchman'])
        symlinkSync(trap, join(repo.dir, '.git/hooks', hook));
    },
  ],
];

const SENDS: readonly Attack[] = [
  [
    'an http backend with credentials',
    (repo) => {
      backend('http', `address = "http://127.0.0.1:${port}/state"\nusername = "x"\npassword = "y"`)(repo);
    },
  ],
  [
    'a remote backend',
    (repo) =>
      backend('remote', `hostname = "127.0.0.1:${port}"\norganization = "o"\nworkspaces {\n  name = "w"\n}`)(repo),
  ],
  [
    'an s3 backend at an endpoint of its own',
    (repo) =>
      backend(
        's3',
        `bucket = "b"\nkey = "k"\nregion = "eu-west-1"\nendpoints = { s3 = "http://127.0.0.1:${port}/evil" }`,
      )(repo),
  ],
  ['settings that name a host', (repo) => settings(`state: "http://127.0.0.1:${port}/state"`)(repo)],
  ['settings that name an organisation elsewhere', (repo) => settings(`state: "tfc://127.0.0.1:${port}/o/w"`)(repo)],
  ['settings with a header', settings('state-headers: ["127.0.0.1=Authorization: x"]')],
  [
    'a module from a host',
    (repo) => repo.write({ 'call.tf': `module "m" {\n  source = "http://127.0.0.1:${port}/m.zip"\n}\n` }),
  ],
  ['a schema from a host', (repo) => settings(`$schema: "http://127.0.0.1:${port}/schema.json"`)(repo)],
];

const COMMANDS = {
  check: ['check', '--changed-since', 'HEAD'],
  scan: ['scan', '--region', 'eu-west-1', '--events', 'off', '--config-dir', '.', '--changed-since', 'HEAD'],
} as const;

describe.each(['check', 'scan'] as const)('a pull request cannot make %s', (command) => {
  const play = async (attack: (repo: TestRepository) => void, start = keydrift): Promise<void> => {
    outside();
    const repo = repositoryIn(here.file('repo'));
    repo.commit({ 'main.tf': MAIN_TF });
    attack(repo);
    const asked = emulator.requests.length;
    const outcome = await start(repo, ...COMMANDS[command]);
    expectNothingDone(outcome);
    expect([0, 1, 2, 3]).toContain(outcome.code);
    // It did something, and what it did was no bug.
    expect(outcome.all).not.toBe('');
    expect(outcome.all).not.toContain('this is a bug');
    if (command === 'check') expect(emulator.requests.length).toBe(asked);
  };

  it.each(READS)('read outside of the repository by %s', (_, attack) => play(attack), 60_000);
  it.each(RUNS)('run a program by %s', (_, attack) => play(attack, spawned), 60_000);
  it.each(SENDS)('send a token by %s', (_, attack) => play(attack), 60_000);
});

describe('what flags name is not let out by a link either', () => {
  it.each([
    ['--state', 'terraform.tfstate', 'states/a.tfstate'],
    ['--plan', 'plan.json', 'plan.json'],
    ['--baseline', 'baseline.json', 'baseline.json'],
    ['--var-file', 'values.tfvars', 'prod.tfvars'],
    ['--config-dir', '', 'infra'],
    ['--config', 'keydrift.yaml', 'ours.yaml'],
  ])('%s', async (flag, target, name) => {
    outside();
    const repo = repositoryIn(here.file('repo'));
    repo.commit({
      'main.tf': `${MAIN_TF}variable "given" {}\nresource "aws_kms_key" "a" {\n  description = var.given\n}\n`,
    });
    link(target, name)(repo);
    const outcome = await keydrift(repo, 'check', flag, name);
    expectNothingDone(outcome);
    expect(outcome.all).toMatch(/outside of the repository/);
  });
});

describe('the trap would be sprung', () => {
  it('where a flag asks for a program', async () => {
    const repo = repositoryIn(here.file('repo'));
    repo.commit({ 'main.tf': MAIN_TF });
    await spawned(repo, 'scan', '--region', 'eu-west-1', '--state', 'exec:.');
    expect(readFileSync(here.file('trace'), 'utf8')).toContain('terraform state pull');
  });

  it('where what lies outside is named by who runs it', async () => {
    outside();
    const repo = repositoryIn(here.file('repo'));
    repo.commit({ 'main.tf': MAIN_TF });
    const { all } = await keydrift(
      repo,
      'check',
      '--config-dir',
      '../outside',
      '--state',
      '../outside/terraform.tfstate',
    );
    expect(all).toContain(CANARY);
  });

  it('where a flag names the host', async () => {
    const repo = repositoryIn(here.file('repo'));
    repo.commit({ 'main.tf': MAIN_TF });
    await keydrift(repo, 'scan', '--region', 'eu-west-1', '--state', `http://127.0.0.1:${port}/state`);
    expect(heard.join('\n')).toContain('/state');
  });
});
