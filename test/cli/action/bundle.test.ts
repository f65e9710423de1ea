import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { INPUTS } from '../../../src/cli/action/inputs.ts';
import { SEVERITIES } from '../../../src/model/rule.ts';
import { FORMATS } from '../../../src/reporters/index.ts';
import { awsEnvironment } from '../../support/emulator/clients.ts';
import { type Emulator, startEmulator } from '../../support/emulator/emulator.ts';
import { actionBundle } from '../../support/generate/action-bundle.ts';
import { scratch } from '../scratch.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const ACTION = join(ROOT, '.github/actions/keydrift');

interface Metadata {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly using: string; readonly main: string };
}
const metadata: Metadata = parse(await readFile(join(ACTION, 'action.yml'), 'utf8'));

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('the bundle', () => {
  it('is what npm run generate makes of the sources', async () => {
    const made = await actionBundle(ROOT);
    const names = made.map(({ path }) => path.slice('.github/actions/keydrift/dist/'.length));
    expect((await readdir(join(ACTION, 'dist'))).toSorted()).toEqual(names.toSorted());
    for (const { path, text } of made) {
      expect(`${path} ${digest(await readFile(join(ROOT, path), 'utf8'))}`).toBe(`${path} ${digest(text)}`);
    }
  }, 60_000);

  it('holds no path of the machine that made it, and the licence of what is in it', async () => {
    expect(await readFile(join(ACTION, 'dist/index.js'), 'utf8')).not.toContain(ROOT.slice(0, -1));
    const licences = await readFile(join(ACTION, 'dist/LICENSES.txt'), 'utf8');
    for (const name of ['@aws-sdk/client-kms', 'hcl2-parser', 'zod', 'commander'])
      expect(licences).toContain(`${name} `);
  });
});

describe('action.yml', () => {
  it('has the inputs that are read, and no others', () => {
    expect(Object.keys(metadata.inputs).toSorted()).toEqual(INPUTS.toSorted());
  });

  it('has every output', () => {
    const counts = [...SEVERITIES, 'total', 'outside-change', 'baselined', 'suppressed', 'not-judged'];
    expect(Object.keys(metadata.outputs).toSorted()).toEqual(
      ['exit-code', 'complete', ...counts, ...FORMATS].toSorted(),
    );
  });

  it('runs the bundle with the runtime that runners have', () => {
    expect(metadata.runs).toEqual({ using: 'node24', main: 'dist/index.js' });
  });
});

describe('a step', () => {
  const here = scratch();
  let emulator: Emulator;
  beforeAll(async () => {
    const keys = [{ region: 'eu-west-1', description: 'x\n::add-mask::', createdBy: 'console' as const }];
    emulator = await startEmulator({ now: '2026-11-23T12:00:00.000Z', keys }, { clock: 'frozen' });
  });
  afterAll(() => emulator.stop());

  /** As the runner starts it: a program, variables, and no arguments. */
  async function step(inputs: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
    await mkdir(here.file('temp'), { recursive: true });
    await mkdir(here.file('work/infra'), { recursive: true });
    await writeFile(here.file('work/infra/terraform.tfstate'), JSON.stringify(EMPTY_STATE));
    await writeFile(
      here.file('work/infra/main.tf'),
      'resource "aws_kms_key" "orders" {\n  description = "Orders"\n}\n',
    );
    const given = Object.entries(metadata.inputs).map(([name, input]) => [name, inputs[name] ?? input.default ?? '']);
    const variables = {
      PATH: `${process.env['PATH']}`,
      HOME: here.path,
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: here.file('work'),
      GITHUB_OUTPUT: here.file('output'),
      GITHUB_STEP_SUMMARY: here.file('summary'),
      RUNNER_TEMP: here.file('temp'),
      ...awsEnvironment(emulator),
      ...Object.fromEntries(given.map(([name, value]) => [`INPUT_${name?.toUpperCase()}`, `${value}`])),
      ...env,
    };
    const [code, stdout, stderr] = await new Promise<[number, string, string]>((done) => {
      const program = join(ACTION, metadata.runs.main);
      const child = execFile(process.execPath, [program], { cwd: here.file('work'), env: variables }, (_, out, err) =>
        done([child.exitCode ?? -1, out, err]),
      );
    });
    return { code, stdout, stderr, outputs: outputsIn(await readFile(here.file('output'), 'utf8').catch(() => '')) };
  }

  const SCAN = { region: 'eu-west-1', state: 'infra/terraform.tfstate', estate: 'complete' };

  it('scans, annotates, sums up and fails', async () => {
    const { code, stdout, stderr, outputs } = await step({ ...SCAN, output: 'github\nsarif=keydrift.sarif' });
    expect(stderr).toMatch(/^keydrift: exit 1: 1 high open/);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^::error file=/);
    expect(outputs).toMatchObject({
      ...{ 'exit-code': '1', complete: 'true', critical: '0', high: '1', total: '1' },
      sarif: here.file('work/keydrift.sarif'),
    });
    expect(JSON.parse(await readFile(`${outputs['json']}`, 'utf8')).summary.findings.high).toBe(1);
    expect(JSON.parse(await readFile(here.file('work/keydrift.sarif'), 'utf8')).version).toBe('2.1.0');
    expect(await readFile(here.file('summary'), 'utf8')).toContain('### keydrift: 1 high');
  });

  it('reads configuration', async () => {
    const { outputs } = await step({ ...SCAN, 'config-dir': 'infra' });
    const { keys } = JSON.parse(await readFile(`${outputs['json']}`, 'utf8'));
    expect(keys).toContainEqual(expect.objectContaining({ id: 'infra#aws_kms_key.orders', standing: 'not-created' }));
  });

  it('checks without AWS', async () => {
    const endpoint = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
    const { code, stdout, outputs } = await step({ command: 'check', 'config-dir': 'infra' }, endpoint);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/no open finding|none|nothing/i) });
    expect(outputs).toMatchObject({ 'exit-code': '0', total: '0' });
  });

  it('passes when nothing is to fail it, in the directory that it is given', async () => {
    const state = { 'working-directory': 'infra', state: 'terraform.tfstate', output: 'table\njson=k.json' };
    const { code, stdout, outputs } = await step({ ...SCAN, ...state, 'fail-on': 'critical' });
    expect(code).toBe(0);
    expect(outputs).toMatchObject({ 'exit-code': '0', json: here.file('work/infra/k.json') });
    const [, token] = /^::stop-commands::(\S+)\n/.exec(stdout) ?? [];
    expect(stdout.endsWith(`\n::${token}::\n`)).toBe(true);
  });

  it.each([
    ['wrong usage', { region: 'nowhere' }, /a Region is named like/i],
    ['a directory that is not there', { 'working-directory': 'nowhere' }, /working-directory .*no such file/],
    ['a flag in an input', { state: '--help' }, /--help/],
    ['a command for a shell', { state: '$(touch pwned)' }, /touch pwned/],
  ])('that cannot run (%s) says why in an annotation, and counts nothing', async (_, inputs, why) => {
    const { code, stdout, outputs } = await step({ ...SCAN, ...inputs });
    expect({ code, outputs }).toEqual({ code: 2, outputs: { 'exit-code': '2', complete: 'false' } });
    expect(stdout).toMatch(/^::error title=keydrift::/);
    expect(stdout).toMatch(why);
    expect(await readdir(here.file('work'))).toEqual(['infra']);
  });
});

const EMPTY_STATE = { version: 4, terraform_version: '1.11.4', serial: 1, lineage: 'a', outputs: {}, resources: [] };

const outputsIn = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2\n/gm)].map(([, name, , value]) => [`${name}`, `${value}`]),
  );
