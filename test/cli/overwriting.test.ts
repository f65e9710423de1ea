import { link, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import { writeInventory } from '../../src/sources/inventory/write.ts';
import { memoryHost } from './memory-host.ts';
import { scratch } from './scratch.ts';
import { drifted, having } from './seen.ts';

const here = scratch();

beforeEach(async () => {
  await writeFile(here.file('terraform.tfstate'), '{"version":4}');
  await writeFile(here.file('main.tf'), '# nothing');
  await symlink(here.file('terraform.tfstate'), here.file('link.json'));
  await writeInventory(here.file('i2.ndjson'), drifted, new AbortController().signal);
  await link(here.file('i2.ndjson'), here.file('twin.ndjson'));
  await writeFile(here.file('dump'), '{"version":4}');
  await writeFile(here.file('named'), '{"version":4}');
  await writeFile(here.file('settings'), 'roots: [{ path: ., state: named }]');
});

const contents = async () =>
  Promise.all(
    (await readdir(here.path, { withFileTypes: true, recursive: true }))
      .filter((entry) => !entry.isDirectory())
      .map(async ({ parentPath, name }) => [join(parentPath, name), await textAt(join(parentPath, name))]),
  );

const textAt = async (path: string) =>
  (await stat(path)).isDirectory() ? 'a link to a directory' : readFile(path, 'utf8');

async function refuses(line: string, cwd = here.path): Promise<void> {
  const before = await contents();
  const host = memoryHost({ cwd });
  const never = () => Promise.reject(new TypeError('AWS is not to be asked'));
  expect(await run(line.split(' '), host, never)).toBe(2);
  expect(host.said.stdout).toBe('');
  expect(host.said.stderr).toMatch(/^keydrift: cannot write .+: .+; give the output another path\n$/);
  expect(await contents()).toEqual(before);
}

describe('no output overwrites what keydrift reads, and AWS is not asked', () => {
  it.each([
    'scan --state terraform.tfstate -o json=terraform.tfstate',
    'scan --state dump -o json=./dump',
    'scan --state dump --save-inventory dump',
    'scan --state . -o table=link.json',
    'scan --config-dir . -o json=main.tf',
    'scan --config-dir . -o json=new.tf',
    'scan --plan dump -o json=dump',
    'scan --var-file dump -o json=dump',
    'scan --pulumi dump -o json=dump',
    'scan --config settings -o json=settings',
    'scan --config settings -o json=named',
    'scan --inventory i2.ndjson -o json=i2.ndjson',
    'collect --state terraform.tfstate --save-inventory ./terraform.tfstate',
    'collect --state dump --save-inventory dump',
    'collect --save-inventory terraform.tfstate.backup',
    'report i2.ndjson -o json=i2.ndjson',
    'report i2.ndjson -o table -o json=twin.ndjson',
  ])('keydrift %s', async (line) => refuses(line));

  it('a report beside them is written again and again', async () => {
    const line = 'scan --state . --config-dir . -o json=report.json --save-inventory keys.ndjson --fail-on never';
    for (const host of [memoryHost({ cwd: here.path }), memoryHost({ cwd: here.path })]) {
      expect(await run(line.split(' '), host, having(drifted))).toBe(0);
    }
    expect(JSON.parse(await readFile(here.file('report.json'), 'utf8'))).toMatchObject({ schemaVersion: '1' });
  });
});

describe('nor settings, baseline or rules, whatever it reads beside', () => {
  beforeEach(async () => {
    await writeFile(here.file('report.json'), '{"schemaVersion":"1"}');
    await writeFile(here.file('keydrift.yaml'), 'rules: { directories: [own] }');
    await writeFile(here.file('.keydrift.baseline.json'), '{}');
    await mkdir(here.file('own'));
    await writeFile(here.file('own/a.yaml'), 'rules: []');
  });

  it.each([
    ...[
      'scan',
      'scan --inventory i2.ndjson',
      'check',
      'check --inventory i2.ndjson',
      'report i2.ndjson',
      'report report.json',
    ].flatMap((command) =>
      ['keydrift.yaml', '.keydrift.baseline.json', 'own/a.yaml'].map((file) => `${command} -o json=${file}`),
    ),
    'scan --inventory i2.ndjson --baseline dump -o json=dump',
    'collect --save-inventory keydrift.yaml',
    'collect --save-inventory own/a.yaml',
  ])('keydrift %s', async (line) => refuses(line));
});

describe('nor does it go where a link leads', () => {
  beforeEach(async () => {
    await mkdir(here.file('repo/.git'), { recursive: true });
    await mkdir(here.file('outside'));
    await writeFile(here.file('outside/authorized_keys'), 'ssh-ed25519 AAAA');
    await symlink(here.file('outside/authorized_keys'), here.file('repo/report.json'));
    await symlink(here.file('outside'), here.file('repo/reports'));
    await symlink('.git', here.file('repo/git'));
    await symlink('.git/config', here.file('repo/settings.json'));
    await writeFile(here.file('repo/.git/config'), '[core]');
  });

  it.each([
    'check -o json=report.json',
    'check -o json=reports/new.json',
    'check -o json=git/hooks',
    'check -o json=settings.json',
    'check -o json=.git/config',
    'collect --save-inventory report.json',
  ])('keydrift %s', async (line) => refuses(line, here.file('repo')));

  it('but to what whoever runs keydrift names outside', async () => {
    const host = memoryHost({ cwd: here.file('repo') });
    await writeFile(here.file('repo/main.tf'), '# nothing');
    const line = `check --fail-on never --allow-partial -o json=${here.file('outside/report.json')}`;
    expect(await run(line.split(' '), host, () => Promise.reject(new TypeError('AWS is not to be asked')))).toBe(0);
    expect(await readFile(here.file('outside/report.json'), 'utf8')).toMatch(/^\{/);
  });
});
