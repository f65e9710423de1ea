import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { joinLooks, type Look } from '../../../src/model/inventory.ts';
import { lookAtTerraform, type TerraformAsk } from '../../../src/sources/terraform/look.ts';
import { makePipe } from '../../support/pipe.ts';
import { tree } from './roots/tree.ts';

const CANARY = 'canary-of-a-file-elsewhere';
const there = tree();
let cwd: string;
beforeEach(async () => {
  cwd = join(there.path, 'repository');
  await there.put({ 'repository/.git': 'gitdir: elsewhere\n' });
});

const put = (files: Readonly<Record<string, string>>): Promise<void> =>
  there.put(Object.fromEntries(Object.entries(files).map(([name, text]) => [join('repository', name), text])));

async function look(ask: Partial<TerraformAsk> = {}): Promise<Look> {
  const { declared, states } = await lookAtTerraform(
    { states: [], estate: 'partial', roots: [], configDirs: ['.'], varFiles: [], plans: [], cwd, env: {}, ...ask },
    { signal: new AbortController().signal, now: () => '2026-11-23T12:00:00.000Z', onProgress: () => {} },
  );
  const stated = await states({ stdin: (async function* () {})(), access: { env: {}, session: null, headers: [] } });
  return joinLooks([declared, { facts: stated.facts, coverage: stated.coverage, diagnostics: stated.diagnostics }]);
}

const root = (dir: string, varFiles?: readonly string[]): TerraformAsk['roots'][number] => ({
  dir: join(cwd, dir),
  workspace: undefined,
  states: undefined,
  varFiles: varFiles?.map((file) => join(cwd, file)),
  accounts: undefined,
  regions: undefined,
  plan: undefined,
});

const KEY = `variable "v" {
  default = "none"
}
variable "credentials" {
  default = {}
}
provider "aws" {}
resource "aws_kms_key" "k" {
  description = var.v
}
`;
const SAYS = `resource "aws_kms_key" "k" {\n  description = "${CANARY}"\n}\n`;
const CALL = 'module "m" {\n  source = "acme/kms/aws"\n}\nprovider "aws" {}\n';
const OUTSIDE = 'outside of the repository';

/** What stands outside, and the links in the repository that lead there. */
const ELSEWHERE = {
  'secrets.tf': SAYS,
  'secrets.json': `{"resource":{"aws_kms_key":{"k":{"description":"${CANARY}"}}}}`,
  'values.tfvars': `v = "${CANARY}"\n`,
  'values.json': `{"v": "${CANARY}", "credentials": {"app.terraform.io": {"token": "${CANARY}"}}}`,
  'module/main.tf': SAYS,
  'data/modules/modules.json': `{"Modules":[{"Key":"m","Source":"registry.terraform.io/acme/kms/aws","Version":"","Dir":"${CANARY}"}]}`,
  'data/terraform.tfstate': `{"version":3,"backend":{"type":"s3","config":{"bucket":"${CANARY}","key":"k","region":"eu-west-1"}}}`,
  'data/environment': CANARY,
};

interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<string, string>>;
  readonly ask?: () => Partial<TerraformAsk>;
}

const CASES: readonly (readonly [string, Case])[] = [
  ['a configuration file', { files: { 'main.tf': 'provider "aws" {}\n' }, links: { 'more.tf': 'secrets.tf' } }],
  ['an override file', { files: { 'main.tf': KEY }, links: { 'override.tf': 'secrets.tf' } }],
  ['configuration in JSON', { files: { 'main.tf': 'provider "aws" {}\n' }, links: { 'm.tf.json': 'secrets.json' } }],
  ['terraform.tfvars', { files: { 'main.tf': KEY }, links: { 'terraform.tfvars': 'values.tfvars' } }],
  ['an .auto.tfvars.json', { files: { 'main.tf': KEY }, links: { 'x.auto.tfvars.json': 'values.json' } }],
  [
    'a .tfvars that settings name',
    {
      files: { 'main.tf': KEY },
      links: { 'prod.tfvars': 'values.tfvars' },
      ask: () => ({ roots: [root('.', ['prod.tfvars'])], configDirs: [] }),
    },
  ],
  [
    'a .tfvars elsewhere that settings name',
    {
      files: { 'main.tf': KEY },
      links: {},
      ask: () => ({ roots: [root('.', ['../values.tfvars'])], configDirs: [] }),
    },
  ],
  [
    'the directory of a called module',
    { files: { 'main.tf': 'module "m" {\n  source = "./m"\n}\nprovider "aws" {}\n' }, links: { m: 'module' } },
  ],
  [
    'a file of a called module',
    {
      files: { 'main.tf': 'module "m" {\n  source = "./m"\n}\nprovider "aws" {}\n', 'm/a.tf': '' },
      links: { 'm/b.tf': 'module/main.tf' },
    },
  ],
  ['the list of installed modules', { files: { 'main.tf': CALL }, links: { '.terraform/modules': 'data/modules' } }],
  ['the data directory', { files: { 'main.tf': KEY }, links: { '.terraform': 'data' } }],
  [
    'the backend that init found',
    { files: { 'main.tf': KEY }, links: { '.terraform/terraform.tfstate': 'data/terraform.tfstate' } },
  ],
  ['a link to a link', { files: { 'main.tf': KEY }, links: { 'a.auto.tfvars': 'repository/b', b: 'values.tfvars' } }],
];

describe('a link that leads out of the repository', () => {
  it.each(CASES)('as %s is not followed, and what it hides is told', async (_, { files, links, ask }) => {
    await there.put(ELSEWHERE);
    await put(files);
    await put(Object.fromEntries(Object.entries(links).map(([name, to]) => [name, `-> ${join(there.path, to)}`])));
    const found = await look(ask?.());
    expect(JSON.stringify(found)).not.toContain(CANARY);
    expect(JSON.stringify(found)).toContain(OUTSIDE);
    expect(found.coverage.map(({ status }) => status)).not.toEqual(['complete']);
  });

  it('as a .tfvars that may be given leaves its variables Unknown', async () => {
    await there.put(ELSEWHERE);
    await put({ 'main.tf': KEY, 'prod.tfvars': `-> ${join(there.path, 'values.tfvars')}` });
    const found = await look();
    expect(JSON.stringify(found)).not.toContain(CANARY);
    expect(descriptionIn(found)).toContain('prod.tfvars may give var.v another value');
  });

  it('as the name of the workspace leaves it Unknown', async () => {
    await there.put(ELSEWHERE);
    const key = 'provider "aws" {}\nresource "aws_kms_key" "k" {\n  description = terraform.workspace\n}\n';
    await put({ 'main.tf': key, '.terraform/environment': `-> ${join(there.path, 'data/environment')}` });
    const found = await look();
    expect(JSON.stringify(found)).not.toContain(CANARY);
    expect(descriptionIn(found)).toBe('description: terraform.workspace is not known');
  });

  it('as the directory of a root that settings name is a mistake', async () => {
    await there.put(ELSEWHERE);
    await put({ linked: `-> ${join(there.path, 'module')}` });
    await expect(look({ roots: [root('linked')], configDirs: [] })).rejects.toThrow(
      /^cannot read the configuration directory linked: it is outside of the repository/,
    );
  });

  it('is not followed for a flag: a change may have put it where the directory was', async () => {
    await there.put(ELSEWHERE);
    await put({ linked: `-> ${join(there.path, 'module')}` });
    await expect(look({ configDirs: ['linked'] })).rejects.toThrow(
      /^cannot read the configuration directory linked: it is outside of the repository/,
    );
  });

  it('is not needed to name what is elsewhere', async () => {
    await there.put({ ...ELSEWHERE, 'module/main.tf': KEY });
    const found = await look({
      configDirs: [join(there.path, 'module')],
      varFiles: [join(there.path, 'values.tfvars')],
    });
    expect(found.facts).toContainEqual(
      expect.objectContaining({ kind: 'configuration', attributes: expect.objectContaining({ description: CANARY }) }),
    );
  });
});

const descriptionIn = ({ facts }: Look): string | undefined =>
  facts.flatMap((fact) => (fact.kind === 'configuration' ? [fact.unknown.description] : []))[0];

describe('a link within the repository', () => {
  it('is read like what it leads to', async () => {
    await put({
      'shared/keys.tf': 'resource "aws_kms_key" "k" {\n  description = var.v\n}\nvariable "v" {}\n',
      'shared/values': 'v = "ours"\n',
      'live/main.tf': 'provider "aws" {}\n',
      'live/keys.tf': '-> ../shared/keys.tf',
      'live/x.auto.tfvars': '-> ../shared/values',
    });
    const found = await look({ configDirs: ['live'] });
    expect(found.coverage).toEqual([expect.objectContaining({ locator: 'live', status: 'complete' })]);
    expect(found.facts).toContainEqual(
      expect.objectContaining({ path: 'live/keys.tf', attributes: expect.objectContaining({ description: 'ours' }) }),
    );
  });
});

describe('a pipe that nobody writes to', () => {
  it.each([
    ['more.tf', KEY],
    ['terraform.tfvars', KEY],
    ['x.auto.tfvars.json', KEY],
    ['.terraform/modules/modules.json', CALL],
    ['.terraform/terraform.tfstate', KEY],
  ])('as %s is not opened, and told', async (name, text) => {
    await put({ 'main.tf': text, '.terraform/modules/other': '' });
    makePipe(join(cwd, name));
    expect((await look()).coverage).toContainEqual(
      expect.objectContaining({ reason: expect.stringContaining('it is no regular file') }),
    );
  });

  it.each(['plan', 'var-files'])('as a %s of the settings is not opened, and told', async (part) => {
    await put({ 'main.tf': KEY });
    makePipe(join(cwd, 'pipe'));
    const named = part === 'plan' ? { ...root('.'), plan: join(cwd, 'pipe') } : root('.', ['pipe']);
    expect((await look({ roots: [named] })).coverage).toContainEqual(
      expect.objectContaining({ status: 'failed', reason: expect.stringContaining('it is no regular file') }),
    );
  });
});
