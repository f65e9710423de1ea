import { link, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { UserError } from '../../src/errors.ts';
import { type Inputs, spareInputs } from '../../src/sources/spared.ts';
import { byFlag } from '../../src/sources/terraform/state/where.ts';

let cwd = '';
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'keydrift-spared-'));
  for (const directory of ['states', 'infra', 'modules', 'out']) await mkdir(join(cwd, directory));
  for (const file of [
    'states/prod.tfstate',
    'states/dump',
    'infra/main.tf',
    'infra/x.tofu',
    'keys.ndjson',
    'report.json',
    'plan.json',
    'modules/module.tf',
  ])
    await writeFile(join(cwd, file), '{}');
  await writeFile(join(cwd, 'infra/main.tf'), 'module "a" {\n  source = "../modules"\n}\n');
  await link(join(cwd, 'modules/module.tf'), join(cwd, 'out/module'));
  await link(join(cwd, 'plan.json'), join(cwd, 'out/plan'));
  await link(join(cwd, 'states/prod.tfstate'), join(cwd, 'out/hard'));
  await symlink(join(cwd, 'states/prod.tfstate'), join(cwd, 'out/link'));
  await symlink(join(cwd, 'states'), join(cwd, 'out/states'));
  await symlink(join(cwd, 'out/link'), join(cwd, 'out/link-to-link'));
  await link(join(cwd, 'infra/main.tf'), join(cwd, 'out/main'));
  await link(join(cwd, 'infra/x.tofu'), join(cwd, 'out/x'));
  await symlink(join(cwd, 'gone.tfstate'), join(cwd, 'out/dangling'));
});
afterEach(() => rm(cwd, { recursive: true }));

const NOTHING: Omit<Inputs, 'cwd'> = { states: [], configDirs: [], rootDirs: [], files: [] };
const refusal = (output: string, inputs: Partial<Inputs> = {}): Promise<unknown> =>
  spareInputs([join(cwd, output)], { ...NOTHING, cwd, ...inputs }, new AbortController().signal).then(
    () => null,
    (error: unknown) => error,
  );

describe('an output that would overwrite what is read is refused', () => {
  it.each<[string, string, Partial<Inputs>]>([
    ['a named state', 'states/dump', { states: [byFlag('states/dump')] }],
    ['a state that a pattern means', 'states/dump', { states: [byFlag('states/*')] }],
    ['a state by a hard link', 'out/hard', { states: [byFlag('states')] }],
    ['a state in a directory reached by a link', 'out/states/dump', { states: [byFlag('tfstate+states/dump')] }],
    ['configuration by a hard link', 'out/main', { configDirs: ['infra'] }],
    ['configuration of OpenTofu', 'out/x', { configDirs: ['infra'] }],
    ['configuration below a directory', 'out/main', { configDirs: ['.'] }],
    ['configuration of a root that settings name', 'out/main', { rootDirs: ['infra'] }],
    ['configuration of a module that is called', 'out/module', { rootDirs: ['infra'] }],
    ['a state that settings name', 'states/dump', { states: [{ where: 'states/dump', from: 'repository' }] }],
    ['a plan, variables, settings or a Pulumi export', 'out/plan', { files: ['plan.json'] }],
    ['the inventory', 'keys.ndjson', { files: ['keys.ndjson'] }],
    ['the report', 'report.json', { files: ['./out/../report.json'] }],
  ])('%s', async (_, output, inputs) => {
    const error = await refusal(output, inputs);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({
      message: `cannot write ${join(cwd, output)}: this command reads it; give the output another path`,
    });
  });
});

describe('state and configuration are never written, whether read or not', () => {
  it.each([
    'new.tfstate',
    'NEW.TFSTATE',
    'terraform.tfstate.backup',
    'terraform.tfstate.1700000000.backup',
    'main.tf',
    'main.tf.json',
    'main.tofu',
    'main.tofu.json',
    'prod.tfvars',
    'prod.auto.tfvars.json',
    '.terraform.lock.hcl',
    'out/link',
    'out/link-to-link',
  ])('%s', async (output) => {
    expect(await refusal(output)).toMatchObject({
      name: 'UserError',
      message: `cannot write ${join(cwd, output)}: keydrift never writes state or configuration; give the output another path`,
    });
  });
});

describe('an output that nobody reads is taken', () => {
  it.each<[string, string, Partial<Inputs>]>([
    ['a new file beside the state', 'states/report.json', { states: [byFlag('states')] }],
    [
      'a report of the scan before',
      'report.json',
      { states: [byFlag('states')], configDirs: ['infra'], files: ['keys.ndjson'] },
    ],
    ['a name that only contains the ending', 'terraform.tfstate.json', {}],
    ['a file about a state', 'tfstate', {}],
    ['a link to nothing, which is replaced itself', 'out/dangling', {}],
    ['a state on standard input', 'report.json', { states: [byFlag('-')] }],
    ['an inventory that is not there', 'report.json', { files: ['none.ndjson'] }],
  ])('%s', async (_, output, inputs) => {
    expect(await refusal(output, inputs)).toBeNull();
  });

  it('a device, though it is read too', async () => {
    const inputs = { ...NOTHING, files: ['/dev/null'], cwd };
    await expect(spareInputs(['/dev/null'], inputs, new AbortController().signal)).resolves.toBeUndefined();
  });

  it.each([
    ['out', 'it is a directory; name a file in it'],
    ['none/report.json', 'there is no directory '],
  ])('%s cannot be written, which is said before anything is looked at', async (output, why) => {
    expect(await refusal(output)).toMatchObject({
      message: expect.stringContaining(`cannot write ${join(cwd, output)}: ${why}`),
    });
  });

  it('a path through a file is refused before anything is looked at', async () => {
    expect(await refusal('report.json/x')).toMatchObject({
      message: `cannot write ${join(cwd, 'report.json/x')}: a part of the path is no directory`,
    });
  });
});
