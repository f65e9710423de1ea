import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { readSettings } from '../../src/config/settings.ts';
import { scratch } from '../cli/scratch.ts';

const here = scratch();

/** A repository with a link out of it, beside a directory that is none of it. */
beforeEach(async () => {
  for (const dir of ['repository/.git', 'repository/infra/prod', 'outside', 'policy/.git']) {
    await mkdir(here.file(dir), { recursive: true });
  }
  await writeFile(here.file('outside/prod.tfstate'), '{}');
  await symlink(here.file('outside'), here.file('repository/infra/link'));
  await symlink(here.file('nowhere'), here.file('repository/infra/dangling'));
});

interface Reading {
  readonly place?: string;
  readonly named?: boolean;
  readonly cwd?: string;
}

/** Settings with this text at `place`, as they are read from `cwd`; `named` by --config. */
async function read(
  text: string,
  { place = 'repository/infra/keydrift.yaml', named = false, cwd = 'repository' } = {},
) {
  const file = here.file(place);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return readSettings({ file, shown: 'keydrift.yaml', isNamed: named, cwd: here.file(cwd) });
}

const refused = (at: string, field: string) => ({
  name: 'UserError',
  message: `keydrift.yaml:${at}: ${field}: this path leads outside of the repository, which a file in it may not ask for; give it with a flag`,
});

describe('what a settings file in a repository names', () => {
  it.each([
    ['state: ../../outside/prod.tfstate', '1:8', 'state'],
    ['state: [a.tfstate, "/etc/*.tfstate"]', '1:20', 'state.1'],
    ['state: file:///etc/prod.tfstate', '1:8', 'state'],
    ['state: tfstate://../../outside', '1:8', 'state'],
    ['state: "../../outside/*.tfstate"', '1:8', 'state'],
    ['state: "../../*/prod.tfstate"', '1:8', 'state'],
    ['state: link/prod.tfstate', '1:8', 'state'],
    ['state: "link/*.tfstate"', '1:8', 'state'],
    ['state: link/not/there/yet', '1:8', 'state'],
    ['roots: [{ path: ../../outside }]', '1:17', 'roots.0.path'],
    ['roots: [{ path: prod, state: ../../outside }]', '1:30', 'roots.0.state'],
    ['roots: [{ path: prod, var-files: [a.tfvars, ../../outside/a.tfvars] }]', '1:45', 'roots.0.var-files.1'],
    ['roots: [{ path: prod, plan: link/plan.json }]', '1:29', 'roots.0.plan'],
    ['config-dirs: [link]', '1:15', 'config-dirs.0'],
    ['plans: [../../plan.json]', '1:9', 'plans.0'],
    ['owners: [{ pulumi: link/export.json }]', '1:20', 'owners.0.pulumi'],
    ['rules: { directories: [/etc] }', '1:24', 'rules.directories.0'],
    ['baseline: ../../../baseline.json', '1:11', 'baseline'],
  ])('may not lead out of it: %s', async (text, at, field) => {
    await expect(read(text)).rejects.toMatchObject(refused(at, field));
  });

  it.each([
    ['state: [../states/prod.tfstate, "../**/*.tfstate", s3://states/prod, tfc://org/prod, https://gitlab.example/x]'],
    ['state: ..'],
    ['roots: [{ path: prod, plan: not/there/yet.json }]'],
    ['baseline: ../.keydrift.baseline.json'],
  ])('may be anywhere in it: %s', async (text) => {
    await expect(read(text)).resolves.toMatchObject({ within: here.file('repository') });
  });

  it('may not go through a link that leads nowhere: what will be there is not known', async () => {
    await expect(read('baseline: dangling')).rejects.toThrow(
      'keydrift.yaml:1:11: baseline: this path goes through a link that leads nowhere',
    );
  });

  it('is itself in it', async () => {
    await writeFile(here.file('outside/keydrift.yaml'), 'regions: [eu-west-1]');
    const file = here.file('repository/keydrift.yaml');
    await symlink(here.file('outside/keydrift.yaml'), file);
    for (const isNamed of [false, true]) {
      await expect(
        readSettings({ file, shown: 'keydrift.yaml', isNamed, cwd: here.file('repository') }),
      ).rejects.toThrow(
        'keydrift.yaml: this link leads outside of the repository; settings in it are a file of its own',
      );
    }
  });
});

describe('whose a settings file is', () => {
  const OUT = 'state: ../../outside/prod.tfstate';

  it.each<[string, Reading, string]>([
    [
      'one that was found, without a repository around it',
      { place: 'plain/infra/keydrift.yaml', cwd: 'plain/infra' },
      'plain/infra',
    ],
    ['one in the repository, although --config names it', { named: true }, 'repository'],
    ['one in a repository below, although --config names it', { named: true, cwd: '.' }, 'repository'],
    ['one named from a directory below it', { named: true, cwd: 'repository/infra/prod' }, 'repository'],
  ])('the repository: %s', async (_, options, bounds) => {
    await mkdir(here.file(options.cwd ?? 'repository'), { recursive: true });
    await expect(read(OUT, options)).rejects.toThrow(/^keydrift\.yaml:1:8: state: this path leads outside/);
    await expect(read('{}', options)).resolves.toMatchObject({ within: here.file(bounds) });
  });

  it.each([
    ['in a repository beside', { place: 'policy/sub/keydrift.yaml', named: true }],
    ['in no repository', { place: 'outside/sub/keydrift.yaml', named: true }],
  ])('the runner: one that --config names %s', async (_, options) => {
    await expect(read(OUT, options)).resolves.toMatchObject({ within: undefined });
  });
});
