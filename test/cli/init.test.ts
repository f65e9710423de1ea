import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { run } from '../../src/cli/run.ts';
import { parseSettings } from '../../src/config/settings.ts';
import { memoryHost } from './memory-host.ts';
import { scratch } from './scratch.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const here = scratch();

type Files = Readonly<Record<string, string>>;

/** Runs a command in a repository of these files, or in a directory of it. */
async function keydrift(files: Files, args: readonly string[], directory = '.') {
  await mkdir(here.file('.git'), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(here.file(path)), { recursive: true });
    await writeFile(here.file(path), text);
  }
  const host = memoryHost({ cwd: here.file(directory), packageRoot: ROOT, env: { TF_WORKSPACE: 'mine' } });
  return { code: await run(args, host), ...host.said };
}

const init = (files: Files, ...flags: readonly string[]) => keydrift(files, ['init', ...flags]);

const read = (path: string): Promise<string> => readFile(here.file(path), 'utf8');
const settings = async () => parseSettings('keydrift.yaml', await read('keydrift.yaml'), here.path);

const provider = (region: string): string =>
  `provider "aws" {\n  region = "${region}"\n  allowed_account_ids = ["111122223333"]\n}\n`;

const s3 = (lines: string): string => `terraform {\n  backend "s3" {\n    bucket = "states"\n${lines}\n  }\n}\n`;

const KEY = 'resource "aws_kms_key" "orders" {\n  description = "Orders"\n}\n';

/** The character itself in a policy, where a bare one is a wildcard. */
const STAR = '$\u007b*}';
const EXPRESSION = '$\u007b{ x }}';

const PLATFORM: Files = {
  'infra/prod/main.tf': `${s3('    key = "prod.tfstate"\n    region = "eu-central-1"')}${provider('eu-west-1')}${KEY}`,
  'infra/dev/main.tf': `terraform {\n  backend "gcs" {}\n}\n${provider('us-east-1')}${KEY}`,
  '.github/workflows/plan.yml': 'jobs:\n  plan:\n    steps:\n      - run: terraform show -json tfplan > plan.json\n',
};

describe('keydrift init', () => {
  it('writes settings that name the roots, their Regions, and the plan that a pipeline makes', async () => {
    const { code, stdout, stderr } = await init(PLATFORM);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^Found roots infra\/dev and infra\/prod; eu-west-1 and us-east-1\.\nwrote keydrift\.yaml\n/,
    );
    const { roots, configDirs, regions, estate, failOn } = await settings();
    expect({ roots, configDirs }).toEqual({ roots: [], configDirs: [here.path] });
    expect({ regions, estate, failOn }).toEqual({
      regions: ['eu-west-1', 'us-east-1'],
      estate: 'partial',
      failOn: 'high',
    });
    const text = await read('keydrift.yaml');
    expect(text).toContain('# its state: s3://states/prod.tfstate\n');
    expect(text).toContain('# state: …  # not known: its state is in a gcs backend');
    expect(text).toContain('# plans: [plan.json]  # .github/workflows/plan.yml:4\n');
    expect(text).toContain('The providers are of 111122223333.');
  });

  it('says of which roots it does not know every Region', async () => {
    const { stdout } = await init({
      ...PLATFORM,
      'infra/dev/main.tf': `${provider('us-east-1')}provider "aws" {\n  alias  = "x"\n  region = local.regions[terraform.workspace]\n}\n${KEY}`,
      'infra/dns/main.tf': `${s3('    key = "dns.tfstate"')}provider "google" {}\n`,
    });
    expect(stdout).toContain(
      'eu-west-1.\nNot every Region of infra/dev is known here: add those that are missing to regions in keydrift.yaml.\n',
    );
    expect(await read('keydrift.yaml')).toContain(
      '# Regions to scan: those of the providers.\n# Not every Region is known here of infra/dev; add those that are missing.\nregions: [eu-west-1]\n',
    );
  });

  it('writes settings that are valid when every comment with a setting in it is one', async () => {
    await init(PLATFORM);
    const text = await read('keydrift.yaml');
    const all = text
      .replaceAll(/^# (?=(?:roots|plans|regions|ownership|suppressions|accepted-gaps):)/gm, '')
      .replaceAll(/^# {3}/gm, '  ');
    const { gaps, suppressions, ownership, plans, roots } = parseSettings('keydrift.yaml', all, here.path);
    expect(roots.map(({ dir }) => dir)).toEqual([here.file('infra/dev'), here.file('infra/prod')]);
    expect([gaps.length, suppressions.length, ownership.deployers.length, plans.length]).toEqual([1, 1, 1, 1]);
  });

  it('passes its own check where there is nothing to find fault with', async () => {
    await init({ 'infra/main.tf': `${provider('eu-west-1')}${KEY}` });
    expect(await keydrift({}, ['check'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('has roots found that are made later', async () => {
    await init({ 'infra/main.tf': `${provider('eu-west-1')}${KEY}` });
    await keydrift({ 'later/main.tf': `${provider('eu-west-1')}${KEY}` }, ['check', '-o', 'json=report.json']);
    const { keys } = JSON.parse(await read('report.json'));
    expect(keys.map(({ id }: { readonly id: string }) => id)).toEqual([
      'infra#aws_kms_key.orders',
      'later#aws_kms_key.orders',
    ]);
  });

  it('is enough for the quickstart to fail its check, and to pass once what is known is taken in', async () => {
    await cp(`${ROOT}examples/quickstart/infra`, here.file('infra'), { recursive: true });
    expect(await init({})).toMatchObject({ code: 0, stderr: '' });
    expect((await settings()).regions).toEqual(['eu-west-1', 'us-west-2']);
    const check = await keydrift({}, ['check', '-o', 'json=report.json']);
    expect(check).toMatchObject({ code: 1, stdout: '' });
    expect(check.stderr).toMatch(/^keydrift: exit 1: \d critical, /);
    expect(await keydrift({}, ['baseline', 'create', 'report.json', '--reason', 'known'])).toMatchObject({ code: 0 });
    expect(await keydrift({}, ['check'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('asks for what the rules and the states need, and no more', async () => {
    await init({
      'a/main.tf': s3('    key = "a*.tfstate"\n    kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/1234"'),
      'b/main.tf': s3('    key = "b"\n    kms_key_id = "alias/states"'),
    });
    const { Statement } = JSON.parse(await read('keydrift-iam-policy.json'));
    expect(Statement.map(({ Sid, Action }: { Sid: string; Action: string[] }) => [Sid, Action.length])).toEqual([
      ['KeydriftReads', 12],
      ['KeydriftReadsStates', 1],
      ['KeydriftListsStates', 1],
      ['KeydriftDecryptsStates', 1],
      ['KeydriftDecryptsStatesByAlias', 1],
    ]);
    expect(Statement[1].Resource).toEqual([
      `arn:aws:s3:::states/a${STAR}.tfstate`,
      'arn:aws:s3:::states/b',
      `arn:aws:s3:::states/env:/*/a${STAR}.tfstate`,
      'arn:aws:s3:::states/env:/*/b',
    ]);
    expect(Statement[2].Resource).toEqual(['arn:aws:s3:::states']);
    expect(Statement[3].Resource).toEqual(['arn:aws:kms:eu-west-1:111122223333:key/1234']);
    expect(Statement[4]).toMatchObject({
      Resource: ['arn:aws:kms:*:*:key/*'],
      Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['alias/states'] } },
    });
  });

  it.each<[string, Files, readonly string[], readonly string[]]>([
    ['workflows', { '.github/workflows/a.yml': '' }, [], ['.github/workflows/keydrift.yml']],
    ['a pipeline of GitLab', { '.gitlab-ci.yml': '' }, [], ['keydrift.gitlab-ci.yml']],
    [
      'a remote',
      { '.git/config': '[remote "origin"]\n\turl = git@github.com:a/b.git\n' },
      [],
      ['.github/workflows/keydrift.yml'],
    ],
    [
      'a remote elsewhere',
      { '.git/config': '[remote "o"]\n\turl = https://u:p@gitlab.example.com/a/b\n' },
      [],
      ['keydrift.gitlab-ci.yml'],
    ],
    ['nothing', { '.git/config': '[remote "o"]\n\turl = https://git.example.com/github/b\n' }, [], []],
    ['a flag', {}, ['--host', 'gitlab'], ['keydrift.gitlab-ci.yml']],
    ['a flag against it', { '.gitlab-ci.yml': '' }, ['--host', 'none'], []],
  ])('knows by %s for whom to write a pipeline', async (_, files, flags, written) => {
    const { stdout } = await init(files, ...flags);
    const paths = [...stdout.matchAll(/^wrote (.*)$/gm)].map(([, path]) => path);
    expect(paths).toEqual(['keydrift.yaml', ...written, 'keydrift-iam-policy.json']);
    for (const path of written) expect(Object.keys(parse(await read(path))).length).toBeGreaterThan(2);
  });

  it('names the files of values that an apply may be given', async () => {
    await init({
      'infra/main.tf': `${provider('eu-west-1')}${KEY}`,
      'infra/terraform.tfvars': '',
      'infra/prod.tfvars': '',
      'environments/dev.tfvars': '',
    });
    expect(await read('keydrift.yaml')).toContain('    # var-files: [environments/dev.tfvars, infra/prod.tfvars]  # ');
  });

  it('warns of states that git would take in', async () => {
    const files = { 'main.tf': `${provider('eu-west-1')}${KEY}`, 'terraform.tfstate': '{"version": 4}' };
    expect((await init(files)).stdout).toContain('Before git add: no .gitignore names terraform.tfstate.\n');
  });

  it('names the workflow as it is called from a directory below', async () => {
    const files = { 'infra/main.tf': `${provider('eu-west-1')}${KEY}` };
    const { stdout } = await keydrift(files, ['init', '--host', 'github'], 'infra');
    expect(stdout).toContain('\n  edit ../.github/workflows/keydrift.yml ');
  });

  it('says where there is nothing to check yet', async () => {
    expect((await init({ 'README.md': '# Soon' })).stdout).toMatch(
      /keydrift check .* once there is Terraform configuration/,
    );
  });

  it('writes the workflow to the root of the repository, and enters the directory there', async () => {
    await keydrift({ 'a b/main.tf': KEY }, ['init', '--host', 'github', '--action', 'acme/keydrift@v1'], 'a b');
    const { jobs } = parse(await read('.github/workflows/keydrift.yml'));
    for (const name of ['change', 'account']) {
      expect(jobs[name].steps.at(-1)).toMatchObject({
        uses: 'acme/keydrift/.github/actions/keydrift@v1',
        with: { 'working-directory': 'a b' },
      });
    }
  });

  it('writes no expression of GitHub that a directory is called by', async () => {
    const answer = await keydrift({ [`${EXPRESSION}/main.tf`]: KEY }, ['init', '--host', 'github'], EXPRESSION);
    expect(answer).toMatchObject({ code: 2, stdout: '' });
    expect(await readdir(here.file(EXPRESSION))).toEqual(['main.tf']);
  });

  it('prints what it would write, and writes nothing, with --dry-run', async () => {
    const { code, stdout } = await init(PLATFORM, '--dry-run');
    expect(code).toBe(0);
    for (const name of ['keydrift.yaml', '.github/workflows/keydrift.yml', 'keydrift-iam-policy.json']) {
      expect(stdout).toContain(`# ${name}\n`);
    }
    expect((await readdir(here.path)).toSorted()).toEqual(['.git', '.github', 'infra']);
  });

  it.each(['keydrift.yaml', 'keydrift-iam-policy.json', '.github/workflows/keydrift.yml'])(
    'writes nothing where there is a %s',
    async (path) => {
      const answer = await init({ ...PLATFORM, [path]: 'mine' });
      expect(answer).toMatchObject({ code: 2, stdout: '' });
      expect(answer.stderr).toBe(
        `keydrift: ${path} is there already, and nothing is written over: move it away, or look with --dry-run\n`,
      );
      expect(await read(path)).toBe('mine');
      expect((await readdir(here.path)).filter((name) => name.startsWith('keydrift'))).toEqual(
        path.startsWith('.') ? [] : [path],
      );
    },
  );

  it('takes a link to nowhere for a file that is there', async () => {
    await symlink('/nowhere/keydrift.yaml', here.file('keydrift.yaml'));
    expect(await init(PLATFORM)).toMatchObject({ code: 2, stdout: '' });
  });

  it.each(['main', 'a/b', 'a/b@v1 x', 'a/b/c@v1', '../b@v1'])('refuses the action %j', async (action) => {
    expect(await init({}, '--action', action)).toMatchObject({ code: 2, stdout: '' });
  });

  it('shows nothing of a remote, and keeps what a repository says in comments', async () => {
    const { stdout } = await init(
      {
        '.git/config': '[remote "o"]\n\turl = https://user:hunter2@github.com/a/b\n',
        'x/main.tf': s3('    key = "a\\nestate: complete"'),
      },
      '--dry-run',
    );
    expect(stdout).not.toContain('hunter2');
    expect(stdout).not.toMatch(/^estate: complete/m);
  });
});

describe('where states are elsewhere', () => {
  it.each(['github', 'gitlab'])(
    'what %s is given shows how a plan is checked, and the next steps say why',
    async (host) => {
      const { code, stdout } = await init(PLATFORM, '--host', host);
      expect(code).toBe(0);
      expect(stdout).toContain('without a state or a plan a check cannot tell what the next apply destroys');
      const text = await read(host === 'github' ? '.github/workflows/keydrift.yml' : 'keydrift.gitlab-ci.yml');
      expect(text).toMatch(/# .*terraform show -json tfplan > /);
      expect(parse(text)).toBeTruthy();
      expect(stdout.includes('include: [{ local: keydrift.gitlab-ci.yml }]')).toBe(host === 'gitlab');
    },
  );

  it('and nothing of that where they are files here', async () => {
    const { stdout } = await init({ 'main.tf': `${provider('eu-west-1')}${KEY}` }, '--host', 'github');
    expect(stdout).not.toContain('--plan');
    expect(await read('.github/workflows/keydrift.yml')).not.toContain('terraform show');
  });
});

describe('where modules come from elsewhere', () => {
  const REMOTE = 'module "m" {\n  source = "git::https://git.example.com/acme/kms.git?ref=v1"\n}\n';
  const FILES: Files = {
    'infra/a b/main.tf': `${provider('eu-west-1')}module "l" {\n  source = "../../shared"\n}\n`,
    'infra/c/main.tf': `${provider('eu-west-1')}${KEY}`,
    'shared/main.tf': REMOTE,
  };
  const FETCH = 'for root in \'infra/a b\'; do terraform -chdir="$root" init -backend=false -input=false || exit; done';

  it('the workflow installs them before it looks', async () => {
    await init(FILES, '--host', 'github');
    const { jobs } = parse(await read('.github/workflows/keydrift.yml'));
    for (const name of ['change', 'account']) {
      const runs = jobs[name].steps.map(({ run }: { readonly run?: string }) => run);
      expect(runs.filter((line: string | undefined) => line !== undefined)).toEqual([FETCH]);
    }
  });

  it('jobs of GitLab say how, for their image may have no terraform', async () => {
    await init(FILES, '--host', 'gitlab');
    const text = await read('keydrift.gitlab-ci.yml');
    expect(parse(text)['.keydrift'].before_script).toBeUndefined();
    const { '.keydrift': job } = parse(text.replaceAll(/^ {2}# (?=before_script:| {2}- )/gm, '  '));
    expect(job.before_script).toEqual([FETCH]);
  });

  it('and neither where none does', async () => {
    await init({ 'main.tf': KEY }, '--host', 'github');
    expect(await read('.github/workflows/keydrift.yml')).not.toContain('terraform');
  });

  it('no expression of GitHub that a root is called by is written', async () => {
    const files = { [`${EXPRESSION}/main.tf`]: `${provider('eu-west-1')}${REMOTE}` };
    expect(await init(files, '--host', 'github')).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('where states are on an HTTP server', () => {
  const FILES: Files = {
    'main.tf': `terraform {\n  backend "http" {\n    address = "https://states.example.com/a"\n  }\n}\n${KEY}`,
  };

  it.each([
    ['github', '.github/workflows/keydrift.yml'],
    ['gitlab', 'keydrift.gitlab-ci.yml'],
  ])('what %s is given says how its credentials are given', async (host, path) => {
    const { code, stdout } = await init(FILES, '--host', host);
    expect(code).toBe(0);
    expect(stdout).toContain('states on an HTTP server with KEYDRIFT_STATE_HEADERS');
    const text = await read(path);
    expect(text).toMatch(/^ *# .*KEYDRIFT_STATE_HEADERS/m);
    expect(parse(text)).toBeTruthy();
  });
});
