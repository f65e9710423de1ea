import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import { awsEnvironment } from '../support/emulator/clients.ts';
import { type Emulator, startEmulator } from '../support/emulator/emulator.ts';
import { memoryHost } from './memory-host.ts';
import { scratch } from './scratch.ts';

const CANARY = 'canary-4c1e';
const NOW = '2026-11-23T12:00:00.000Z';
const here = scratch();

const backend = (type: string, body: string): string =>
  `terraform {\n  backend "${type}" {\n    ${body.split('\n').join('\n    ')}\n  }\n}\n`;
const init = (type: string, config: object): string =>
  JSON.stringify({ version: 3, backend: { type, config, hash: 1 } });

/** Every place of a root where a secret may stand that is not its state. */
const FILES: Readonly<Record<string, string>> = {
  'infra/gcs/main.tf': backend('gcs', `bucket = "b"\ncredentials = "${CANARY}"\nencryption_key = "${CANARY}"`),
  'infra/pg/main.tf': backend('pg', `conn_str = "postgres://ci:${CANARY}@db/x"`),
  'infra/http/main.tf': backend(
    'http',
    `address = "https://ci:${CANARY}@127.0.0.1:1/x?token=${CANARY}"\npassword = "${CANARY}"`,
  ),
  'infra/remote/main.tf': backend(
    'remote',
    `hostname = "127.0.0.1"\norganization = "o"\ntoken = "${CANARY}"\nworkspaces {\n  name = "w"\n}`,
  ),
  'infra/broken/main.tf': `terraform {\n  backend "s3" {\n    secret_key = "${CANARY}\n`,
  'infra/s3/main.tf': backend('s3', ''),
  'infra/s3/.terraform/terraform.tfstate': init('s3', {
    bucket: null,
    secret_key: CANARY,
    access_key: CANARY,
    token: CANARY,
  }),
  'infra/consul/main.tf': 'provider "aws" {}\n',
  'infra/consul/.terraform/terraform.tfstate': init('consul', { access_token: CANARY, address: CANARY }),
  'infra/damaged/main.tf': 'provider "aws" {}\n',
  'infra/damaged/.terraform/terraform.tfstate': `{"backend": {"type": "${CANARY}", "config": {"password": "${CANARY}"`,
  'infra/vars/main.tf': `variable "secret" {\n  sensitive = true\n}\nprovider "aws" {\n  access_key = "${CANARY}"\n}\nresource "aws_kms_key" "a" {\n  description = var.secret\n  key_usage = var.secret\n}\n`,
  'infra/vars/terraform.tfvars': `secret = "${CANARY}"\nother = "${CANARY}"\n`,
  'infra/vars/broken.auto.tfvars': `secret = "${CANARY}\n`,
};

describe('secrets of backends, variables and settings', () => {
  const saved = { ...process.env };
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator({ now: NOW, keys: [{ id: 1, region: 'eu-west-1' }] }, { clock: 'frozen' });
    Object.assign(process.env, awsEnvironment(emulator), { AWS_CONFIG_FILE: '/dev/null' });
    for (const [name, text] of Object.entries(FILES)) {
      await mkdir(dirname(here.file(name)), { recursive: true });
      await writeFile(here.file(name), text);
    }
  });
  afterEach(async () => {
    process.env = saved;
    await emulator.stop();
  });

  it('stand in no report, inventory or message', async () => {
    const env = { ...process.env, TF_VAR_secret: CANARY, TF_CLI_ARGS: CANARY };
    const host = memoryHost({ cwd: here.path, env, now: () => NOW, packageRoot: process.cwd() });
    const outputs = ['-o', 'json=report.json', '-o', 'table', '--all', '--save-inventory', 'keys.ndjson'];
    const command = ['scan', '--region', 'eu-west-1', '--events', 'off', '--config-dir', 'infra', ...outputs];
    expect(await run(command, host)).toBe(3);
    const report = await readFile(here.file('report.json'), 'utf8');
    const inventory = await readFile(here.file('keys.ndjson'), 'utf8');
    for (const root of ['gcs', 'pg', 'http', 'remote', 's3', 'consul', 'damaged', 'vars']) {
      expect(inventory).toContain(`"root":"infra/${root}"`);
    }
    expect(inventory).toContain('infra/broken/main.tf could not be read');
    expect(`${report}${inventory}${host.said.stdout}${host.said.stderr}`).not.toContain(CANARY);
  });

  it.each([
    `state: https://ci:${CANARY}@git.example/x`,
    `state: https://git.example/x?private_token=${CANARY}`,
    `headers: { Authorization: ${CANARY} }`,
    `estate: ${CANARY}`,
    `regions: [${CANARY}]`,
    `state: "${CANARY}`,
    `roots: [{ path: infra/vars, accounts: ["${CANARY}"] }]`,
    `"a": "${CANARY}" b`,
    `*${CANARY}`,
  ])('are quoted by no error of settings: %s', async (text) => {
    await writeFile(here.file('keydrift.yaml'), text);
    const host = memoryHost({ cwd: here.path });
    expect(await run(['scan'], host)).toBe(2);
    expect(host.said.stderr).toMatch(/^keydrift: keydrift\.yaml:\d+:\d+: .+\n$/);
    expect(host.said.stderr).not.toContain(CANARY);
  });
});
