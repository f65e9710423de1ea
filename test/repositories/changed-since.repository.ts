import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import { totalOf } from '../../src/model/counting.ts';
import type { Report } from '../../src/model/report.ts';
import { writeInventory } from '../../src/sources/inventory/write.ts';
import { memoryHost } from '../cli/memory-host.ts';
import { scratch } from '../cli/scratch.ts';
import { held, inventory, keyArn, kmsCovered, live, stateCovered, T } from '../support/facts.ts';
import { repositoryIn, type TestRepository } from '../support/git.ts';

// The first test loads the parser and asks git a dozen times.
const here = scratch();
let repo: TestRepository;

const PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n';
const block = (name: string, body = ''): string => `resource "aws_kms_key" "${name}" {${body && `\n  ${body}\n`}}\n`;

/** A state in which these keys stand, numbered from `first`. */
const state = (first: number, ...names: readonly string[]): string =>
  JSON.stringify({
    version: 4,
    terraform_version: '1.11.4',
    serial: 1,
    lineage: `6a1e9a52-0000-4000-8000-00000000000${first}`,
    resources: names.map((name, at) => ({
      mode: 'managed',
      type: 'aws_kms_key',
      name,
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [
        {
          attributes: {
            arn: keyArn(first + at),
            key_id: keyArn(first + at).split('/')[1],
            multi_region: false,
            customer_master_key_spec: 'SYMMETRIC_DEFAULT',
            key_usage: 'ENCRYPT_DECRYPT',
          },
        },
      ],
    })),
  });

/**
 * Two roots, each with a state here. `a` takes a module and a file of values that it shares with nobody; `b` has a key
 * that the next apply would replace, known to all on main.
 */
beforeEach(() => {
  repo = repositoryIn(here.file('repo'));
  repo.commit({
    'infra/a/main.tf': `${PROVIDER}${block('one')}${block('two')}variable "regional" {}\nmodule "m" {\n  source       = "../../modules/kms"\n  multi_region = var.regional\n}\n`,
    'infra/a/terraform.tfvars': 'regional = false\n',
    'infra/a/terraform.tfstate': state(1, 'one', 'two').replace(/\]\}$/, `,${moduleState()}]}`),
    'infra/b/main.tf': `${PROVIDER}${block('three', 'multi_region = true')}`,
    'infra/b/terraform.tfstate': state(4, 'three'),
    'modules/kms/main.tf': `variable "multi_region" {}\n${block('inner', 'multi_region = var.multi_region')}`,
    'docs/README.md': '# Keys\n',
  });
});

function relink(path: string, target: string): void {
  rmSync(join(repo.dir, path), { force: true });
  symlinkSync(target, join(repo.dir, path));
}

const moduleState = (): string => {
  const [resource] = JSON.parse(state(3, 'inner')).resources;
  return JSON.stringify({ ...resource, module: 'module.m' });
};

interface Outcome {
  readonly code: number;
  readonly report: Report;
  readonly stdout: string;
  readonly stderr: string;
}

async function check(...args: readonly string[]): Promise<Outcome> {
  const env = { PATH: process.env['PATH'], HOME: here.path };
  const host = memoryHost({ cwd: repo.dir, env, packageRoot: resolve('.') });
  const output = here.file('report.json');
  const code = await run(['check', '--config-dir', 'infra', '-o', `json=${output}`, '-o', 'table', ...args], host);
  const { stdout, stderr } = host.said;
  return { code, report: JSON.parse(readFileSync(output, 'utf8')), stdout, stderr };
}

/** Open findings as `rule key-number`, those outside of the change in brackets. */
const found = ({ report }: Outcome): readonly string[] =>
  report.findings
    .filter(({ status }) => status === 'open')
    .map(({ rule, arn, outsideChange }) => {
      const text = `${rule} ${Number(arn?.slice(-12))}`;
      return outsideChange ? `(${text})` : text;
    });

const STANDING_BY = '(replacement-planned 4)';

it('a commit that git does not know is told of the variable where that names it', async () => {
  const env = { PATH: process.env['PATH'], HOME: here.path, KEYDRIFT_CHANGED_SINCE: ' nope ' };
  const told = async (...args: readonly string[]): Promise<string> => {
    const host = memoryHost({ cwd: repo.dir, env, packageRoot: resolve('.') });
    expect(await run(['check', '--config-dir', 'infra', ...args], host)).toBe(2);
    return host.said.stderr;
  };
  expect(await told()).toMatch(/^keydrift: KEYDRIFT_CHANGED_SINCE nope: git knows no such commit here/);
  expect(await told('--changed-since', 'none')).toMatch(/^keydrift: --changed-since none: git knows no such commit/);
});

describe('keydrift check --changed-since fails for what the change touches', () => {
  it('and without it for everything', async () => {
    const outcome = await check();
    expect(found(outcome)).toEqual(['replacement-planned 4']);
    expect(outcome.code).toBe(1);
    expect(outcome.report.scan).not.toHaveProperty('change');
  });

  it.each<readonly [string, Record<string, string | null>, readonly string[]]>([
    ['nothing changed', {}, [STANDING_BY]],
    ['a document changed', { 'docs/README.md': '# All keys\n' }, [STANDING_BY]],
    [
      'a block changed',
      {
        'infra/a/main.tf': `${PROVIDER}${block('one', 'multi_region = true')}${block('two')}module "m" {\n  source       = "../../modules/kms"\n  multi_region = false\n}\n`,
      },
      ['replacement-planned 1', STANDING_BY],
    ],
    ['a value changed', { 'infra/a/terraform.tfvars': 'regional = true\n' }, ['replacement-planned 3', STANDING_BY]],
    ['a new file of values', { 'infra/a/x.auto.tfvars': 'regional = true\n' }, ['replacement-planned 3', STANDING_BY]],
    [
      'a module changed',
      { 'modules/kms/main.tf': `variable "multi_region" {}\n${block('inner', 'multi_region = true')}` },
      ['replacement-planned 3', STANDING_BY],
    ],
    [
      'a call is gone, and its module',
      { 'infra/a/main.tf': `${PROVIDER}${block('one')}${block('two')}`, modules: null },
      ['destroy-planned 3', STANDING_BY],
    ],
    ['a file is gone', { 'infra/b/main.tf': PROVIDER }, ['destroy-planned 4']],
    ['what the other root says is older', { 'infra/b/outputs.tf': '# nothing\n' }, ['replacement-planned 4']],
    ['a lock file changed', { 'infra/b/.terraform.lock.hcl': '# another provider\n' }, ['replacement-planned 4']],
    [
      'the settings of a root changed',
      { 'keydrift.yaml': 'roots: [{ path: infra/a, var-files: [] }, { path: infra/b }]\n' },
      ['replacement-planned 4'],
    ],
    ['settings of judging changed', { 'keydrift.yaml': 'fail-on: high\n' }, [STANDING_BY]],
    ['what a pipeline left is new', { 'infra/b/plan.json': '{}', 'infra/b/tfplan': 'PK' }, [STANDING_BY]],
  ])('%s', async (_, files, expected) => {
    repo.write(files);
    const outcome = await check('--changed-since', 'main');
    expect(found(outcome)).toEqual(expected);
    const counting = expected.filter((text) => !text.startsWith('('));
    expect(outcome.code).toBe(counting.length === 0 ? 0 : 1);
  });

  it('as it is committed on a branch, and main went on', async () => {
    const base = repo.git('rev-parse', 'HEAD');
    repo.git('checkout', '--quiet', '-b', 'feature');
    repo.commit({ 'infra/a/terraform.tfvars': 'regional = true\n' });
    repo.git('checkout', '--quiet', 'main');
    repo.commit({ 'infra/b/main.tf': `${PROVIDER}${block('three')}` });
    repo.git('checkout', '--quiet', 'feature');
    const outcome = await check('--changed-since', 'main');
    expect(found(outcome)).toEqual(['replacement-planned 3', STANDING_BY]);
    expect(outcome.report.scan.change).toEqual({ since: 'main', base, files: 1 });
    expect(totalOf(outcome.report.summary.outsideChange)).toBe(1);
  });

  it.each<readonly [string, () => void]>([
    ['the file at its end', () => repo.write({ 'shared/key.tf': `${block('three', 'multi_region = true')}# more\n` })],
    ['a link on its way', () => relink('shared/link.tf', 'other.tf')],
    ['the link', () => relink('infra/c/key.tf', '../../shared/other.tf')],
  ])('of a root that reads a link: %s', async (_, change) => {
    repo.git('mv', 'infra/b', 'infra/c');
    repo.write({
      'infra/c/main.tf': PROVIDER,
      'shared/key.tf': block('three', 'multi_region = true'),
      'shared/other.tf': block('three', 'multi_region = true'),
    });
    relink('shared/link.tf', 'key.tf');
    relink('infra/c/key.tf', '../../shared/link.tf');
    repo.commit({});
    expect(found(await check('--changed-since', 'main'))).toEqual([STANDING_BY]);
    change();
    expect(found(await check('--changed-since', 'main'))).toEqual(['replacement-planned 4']);
  });

  it('of each root that reads a file, by its place or by a link', async () => {
    repo.write({ 'infra/c/main.tf': PROVIDER, 'infra/c/terraform.tfstate': state(6, 'three') });
    relink('infra/c/key.tf', '../b/main.tf');
    repo.write({ 'infra/c/main.tf': '# all stands in the link\n' });
    repo.commit({});
    repo.write({ 'infra/b/main.tf': `${PROVIDER}${block('three', 'multi_region = true')}# more\n` });
    expect(found(await check('--changed-since', 'main'))).toEqual(['replacement-planned 4', 'replacement-planned 6']);
  });

  it('and shows the rest below', async () => {
    const { stdout, stderr, code } = await check('--changed-since', 'HEAD');
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toContain('No key was found that this change destroys, replaces or forgets.');
    expect(stdout).toMatch(/OUTSIDE THE CHANGE.*\nCRITICAL {2}replacement-planned {2}aws_kms_key\.three/);
  });

  it('with everything in a plan that is given', async () => {
    const resource = { mode: 'managed', type: 'aws_kms_key', name: 'three', address: 'aws_kms_key.three' };
    const before = { arn: keyArn(4), key_id: keyArn(4).split('/')[1] };
    const change = {
      actions: ['delete'],
      before,
      after: null,
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: false,
    };
    const plan = {
      format_version: '1.2',
      planned_values: {},
      resource_changes: [{ ...resource, change }],
      complete: true,
      errored: false,
    };
    repo.write({ '../plan.json': JSON.stringify(plan) });
    const outcome = await check('--changed-since', 'HEAD', '--plan', '../plan.json');
    expect(found(outcome)).toEqual(['destroy-planned 4']);
    expect(outcome.code).toBe(1);
  });

  it('in a root that settings name by another file of them', async () => {
    repo.write({ 'ours.yaml': 'roots: [{ path: infra/b }]\n' });
    const outcome = await check('--changed-since', 'HEAD', '--config', 'ours.yaml');
    expect(found(outcome)).toEqual(['replacement-planned 4']);
  });
});

describe("a stranger's key", () => {
  it('blocks no one: it is shown, and counts where nothing is said of a change', async () => {
    const made = inventory(
      [live(keyArn(1)), held(keyArn(1)), live(keyArn(9)), live(keyArn(9), { readAt: T.secondLook })],
      { header: { estate: 'complete', requested: ['kms', 'state'] }, coverage: [kmsCovered(), stateCovered()] },
    );
    await writeInventory(here.file('keys.ndjson'), made, new AbortController().signal);
    const given = ['--inventory', here.file('keys.ndjson')];
    expect((await check(...given)).code).toBe(1);
    const outcome = await check(...given, '--changed-since', 'HEAD');
    expect(found(outcome)).toEqual(['(unmanaged-key 9)']);
    expect(outcome.code).toBe(0);
  });
});

describe('a deletion', () => {
  const without = (name: string) => ({
    'infra/b/main.tf': `${PROVIDER}${name === 'three' ? '' : block('three')}`,
  });
  const suppression = (until: string, address = 'aws_kms_key.three'): string =>
    `suppressions:\n  - rule: destroy-planned\n    match: { address: "${address}" }\n    reason: nothing uses it since ACME-12\n    owner: payments\n    expires: ${until}\n`;

  it('is suppressed in keydrift.yaml in the same change, for its block is gone', async () => {
    repo.write({ ...without('three'), 'keydrift.yaml': suppression('2027-01-31') });
    const outcome = await check('--changed-since', 'main');
    expect(outcome.code).toBe(0);
    expect(outcome.report.findings).toMatchObject([
      { rule: 'destroy-planned', status: 'suppressed', justification: 'nothing uses it since ACME-12' },
    ]);
    expect(outcome.stdout).toContain('No open finding of this change.');
    expect(outcome.stdout).not.toContain('No key was found');
    // It touches no other root: what stands by there still does.
    expect(outcome.report.scan.change?.files).toBe(2);
  });

  it.each([
    ['infra/b', 0],
    ['infra/a', 1],
  ])('is suppressed by its root alone, which only the state tells: %s', async (name, code) => {
    const settings = suppression('2027-01-31', `${name}#aws_kms_key.three`);
    repo.write({ ...without('three'), 'keydrift.yaml': settings });
    expect((await check('--changed-since', 'main')).code).toBe(code);
  });

  it('counts again when that ended', async () => {
    repo.write({ ...without('three'), 'keydrift.yaml': suppression('2026-10-31') });
    const outcome = await check('--changed-since', 'main');
    expect(outcome.code).toBe(1);
    expect(outcome.report.findings).toMatchObject([{ rule: 'destroy-planned', status: 'open', lapsed: {} }]);
  });
});

describe('what the change removes', () => {
  const gaps = ({ report }: Outcome) =>
    report.coverage
      .filter(({ status }) => status !== 'complete')
      .map(({ source, locator, reason }) => `${source} ${locator}: ${reason}`);

  it('as a state: nobody knows what it held, unless it is given', async () => {
    repo.git('rm', '-q', 'infra/b/terraform.tfstate');
    const outcome = await check('--changed-since', 'main');
    expect(outcome.code).toBe(3);
    expect(outcome.report.scan.complete).toBe(false);
    expect(gaps(outcome)).toEqual([
      expect.stringMatching(
        /^state infra\/b\/terraform\.tfstate: the change removes it: .* \(git show [0-9a-f]{12}:\.\/infra\/b\/terraform\.tfstate > FILE\)$/,
      ),
    ]);
    expect(outcome.stdout).not.toContain('No key was found');
    repo.write({ '../old.tfstate': state(4, 'three') });
    const given = await check('--changed-since', 'main', '--state', '../old.tfstate');
    expect(gaps(given).filter((gap) => gap.includes('the change removes'))).toEqual([]);
  });

  it('as a whole root, until somebody answers for it', async () => {
    repo.git('rm', '-rq', 'infra/b');
    const outcome = await check('--changed-since', 'main');
    expect(outcome.code).toBe(3);
    expect(gaps(outcome)).toEqual([
      'configuration infra/b: the change removes every file of infra/b: what its state holds nobody declares any more',
      expect.stringMatching(/^state infra\/b\/terraform\.tfstate: the change removes it/),
    ]);
    const accept = (source: string, locator: string): string =>
      `  - { source: ${source}, locator: ${locator}, reason: moved away, expires: 2027-01-31 }\n`;
    repo.write({
      'keydrift.yaml': `accepted-gaps:\n${accept('state', 'infra/b/terraform.tfstate')}${accept('configuration', 'infra/b')}`,
    });
    expect((await check('--changed-since', 'main')).code).toBe(0);
  });

  it('is no loss where the state was empty or lies there still, or of a module', async () => {
    repo.commit({ 'old/terraform.tfstate': state(9), '.gitignore': '/infra/b/*.tfstate\n' });
    repo.git('rm', '-q', 'old/terraform.tfstate');
    repo.git('rm', '-q', '--cached', 'infra/b/terraform.tfstate');
    repo.write({ 'infra/a/main.tf': PROVIDER, modules: null });
    const removed = gaps(await check('--changed-since', 'HEAD')).filter((gap) => gap.includes('the change removes'));
    expect(removed).toEqual([]);
  });
});

describe('what the change is judged by', () => {
  const notes = ({ report }: Outcome) => report.diagnostics.map(({ level, message }) => `${level} ${message}`);

  it('is told where the change alters it', async () => {
    repo.write({
      'keydrift.yaml':
        'fail-on: critical\nownership: { creators: ["arn:aws:iam::111122223333:role/none"], aliases: [] }\n',
      '.keydrift.baseline.json': '{ "version": "1", "findings": [] }\n',
    });
    const told = notes(await check('--changed-since', 'main'));
    expect(told).toEqual(
      expect.arrayContaining([
        'warning keydrift.yaml: the change alters what it is judged by: ownership, fail-on',
        'warning .keydrift.baseline.json: the change alters what it is judged by: the baseline',
      ]),
    );
  });

  it('is told of what it says of a root, and not of defaults or of settings outside of the repository', async () => {
    repo.write({
      'keydrift.yaml': 'roots: [{ path: infra/a, var-files: [infra/a/terraform.tfvars] }, { path: infra/b }]\n',
    });
    const told = 'warning keydrift.yaml: the change alters what it is judged by: roots (infra/a: var-files)';
    expect(notes(await check('--changed-since', 'main'))).toEqual([told]);
    repo.write({ 'keydrift.yaml': 'config-dirs: [.]\nestate: partial\nfail-on: high\n' });
    expect(notes(await check('--changed-since', 'main'))).toEqual([]);
    repo.write({ 'keydrift.yaml': null });
    writeFileSync(here.file('own.yaml'), `estate: complete\nfail-on: critical\nconfig-dirs: [${repo.dir}]\n`);
    const outcome = await check('--changed-since', 'main', '--config', here.file('own.yaml'));
    expect({ code: outcome.code, told: notes(outcome), found: found(outcome) }).toEqual({
      code: 0,
      told: [],
      found: [STANDING_BY],
    });
  });

  it('is not where it stood before, and ownership that leaves out every key is told always', async () => {
    repo.commit({ 'keydrift.yaml': 'ownership: { regions: [eu-west-9] }\n' });
    const told = notes(await check('--changed-since', 'HEAD'));
    expect(told).toEqual([
      'warning ownership leaves out all 4 keys: nothing here is judged',
      'warning ownership regions: eu-west-9 is no Region that is known here (did you mean "eu-west-1"?)',
    ]);
  });
});
