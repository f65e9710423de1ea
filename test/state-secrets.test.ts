import { chmod, readFile, unlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../src/cli/run.ts';
import { memoryHost } from './cli/memory-host.ts';
import { type Directory, newDirectory } from './sources/terraform/state/directory.ts';
import { keyResource, stateOf } from './sources/terraform/state/state-text.ts';
import { awsEnvironment } from './support/emulator/clients.ts';
import { type Emulator, startEmulator } from './support/emulator/emulator.ts';
import { startHcp } from './support/stores/hcp-stub.ts';
import { type HttpStub, type StubAnswer, startStub } from './support/stores/http-stub.ts';
import { startS3 } from './support/stores/s3-stub.ts';

/** Begins every secret: whatever is shown of one is found. */
const CANARY = 'canary-d41d8cd98f';
const secret = (name: string) => `${CANARY}-${name}`;

const stateNamed = (lineage: string) =>
  stateOf([keyResource({ key_material_base64: secret('material'), tags: null })], {
    lineage,
    outputs: { password: { value: secret('output'), type: 'string', sensitive: true } },
  });

const saved = { ...process.env };
const stubs: HttpStub[] = [];
let directory: Directory;
let emulator: Emulator;
const kept = async (starting: Promise<HttpStub>): Promise<HttpStub> => {
  const stub = await starting;
  stubs.push(stub);
  return stub;
};

beforeEach(async () => {
  directory = await newDirectory();
  emulator = await startEmulator({ now: '2026-11-23T12:00:00.000Z' }, { clock: 'frozen' });
});
afterEach(async () => {
  process.env = saved;
  for (const stub of stubs.splice(0)) await stub.stop();
  await emulator.stop();
  await directory.remove();
});

/** Everything that a scan of these states says anywhere: both streams, in every format, and what it saves. */
async function saidOf(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const aws = { ...awsEnvironment(emulator), AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
  process.env = { ...saved, ...aws, ...env };
  const host = memoryHost({ cwd: directory.path, env: process.env, packageRoot: resolve('.') });
  const outputs = ['--save-inventory', 'saved.ndjson', '-o', 'json=report.json', '-o', 'table', '--all'];
  const flags = ['--region', 'eu-west-1', '--estate', 'complete', ...outputs];
  const code = await run(['scan', ...flags, ...args], host);
  const files: string[] = [];
  for (const name of ['saved.ndjson', 'report.json']) {
    files.push(await readFile(join(directory.path, name), 'utf8'));
    await unlink(join(directory.path, name));
  }
  return [`exit ${code}`, host.said.stdout, host.said.stderr, ...files].join('\n');
}

describe.each<[string, StubAnswer | undefined]>([
  ['that are read', undefined],
  ['that are denied', { status: 403, body: secret('body') }],
  ['that fail', { status: 500, headers: { 'retry-after': '0' }, body: secret('body') }],
  ['that are none', { body: `{"version": 4, "lineage": "${secret('broken')}` }],
])('of states %s', (_, answer) => {
  const programme = async () => {
    const script =
      answer === undefined
        ? `cat <<'X'\n${JSON.stringify(stateNamed('pulled'))}\nX`
        : 'echo "$TFE_TOKEN is wrong" >&2; exit 1';
    await directory.write('bin/terraform', `#!/bin/sh\n${script}\n`);
    await chmod(join(directory.path, 'bin/terraform'), 0o755);
    await directory.write('main.tf', '');
  };

  it('no secret is ever told', async () => {
    const token = secret('token');
    const store = await kept(startStub(() => answer ?? { body: stateNamed('hcp') }));
    const signed = `${store.url}/v1/object/${secret('path')}?X-Signature=${secret('signature')}`;
    const hcp = await kept(startHcp({ token, workspaces: [{ name: 'prod', state: {}, downloadFrom: signed }] }));
    const gitlab = await kept(startStub(() => answer ?? { body: stateNamed('gitlab') }));
    const s3 = await kept(
      answer === undefined
        ? startS3({ objects: new Map([['a', { body: JSON.stringify(stateNamed('s3')) }]]) })
        : startStub(() => answer),
    );
    await programme();
    const places = [
      `tfc://${hcp.host}/acme/prod`,
      `${gitlab.url}/state?private_token=${secret('query')}`,
      's3://states/a',
      'exec:.',
    ];
    const said = await saidOf(
      [
        ...places.flatMap((place) => ['--state', place]),
        '--state-header',
        `${gitlab.host}=PRIVATE-TOKEN: ${secret('header')}`,
      ],
      {
        PATH: `${directory.path}/bin:/usr/bin:/bin`,
        AWS_ENDPOINT_URL_S3: s3.url,
        TF_TOKEN_127_0_0_1: token,
        TFE_TOKEN: secret('tfe'),
        TF_HTTP_USERNAME: secret('user'),
        TF_HTTP_PASSWORD: secret('password'),
        KEYDRIFT_STATE_HEADERS: `${gitlab.host}=X-Other: ${secret('other')}`,
      },
    );
    // They were sent, each to its own, so that there was something to tell.
    expect(gitlab.requests[0]?.headers).toMatchObject({
      'private-token': secret('header'),
      'x-other': secret('other'),
    });
    expect(store.requests[0]?.url).toContain(secret('signature'));
    const counted = ['hcp', 'gitlab', 's3', 'pulled'].map((lineage) => said.includes(`"lineage":"${lineage}"`));
    expect(counted).toEqual(Array(4).fill(answer === undefined));
    expect(said).toMatch(answer === undefined ? /^exit 1$/m : /^exit 3$/m);
    expect(said).not.toContain(CANARY);
  });
});
