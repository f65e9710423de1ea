import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { UserError } from '../../../src/errors.ts';
import { openSession, type SessionQuestion } from '../../../src/sources/aws/session.ts';
import { type Emulator, startEmulator } from '../../support/emulator/emulator.ts';

const ALICE = { AWS_ACCESS_KEY_ID: 'AKIAALICE', AWS_SECRET_ACCESS_KEY: 'secret' };
const HERE = { AWS_REGION: 'eu-west-1' };

const WORLD = {
  accounts: [
    { id: '111122223333', accessKeys: { AKIAALICE: 'arn:aws:iam::111122223333:user/Alice' } },
    { id: '444455556666', accessKeys: { AKIABOB: 'arn:aws:iam::444455556666:user/Bob' } },
    {
      id: '777788889999',
      partition: 'aws-cn',
      accessKeys: { AKIALI: 'arn:aws-cn:sts::777788889999:assumed-role/audit/li' },
    },
  ],
};

let emulator: Emulator;
let dir: string;

/** The SDK reads endpoints and shared files from the process, so the process says what the question says. */
async function session(question: SessionQuestion) {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: emulator.url,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...shared(),
    ...question.env,
  });
  return openSession({ ...question, env: { ...process.env } });
}

const shared = () => ({
  AWS_CONFIG_FILE: join(dir, 'config'),
  AWS_SHARED_CREDENTIALS_FILE: join(dir, 'credentials'),
});

const problem = async (question: SessionQuestion): Promise<string> => {
  const error: unknown = await session(question).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) throw new Error(`no UserError but ${String(error)}`);
  expect(error.message).not.toMatch(/\n/);
  return error.message;
};

beforeEach(async () => {
  emulator = await startEmulator(WORLD);
  dir = await mkdtemp(join(tmpdir(), 'keydrift-session-'));
  await writeFile(
    join(dir, 'config'),
    [
      '[default]',
      'output = json',
      '[profile bob] # the other account',
      'region = us-east-1',
      'aws_access_key_id = AKIABOB',
      'aws_secret_access_key = secret',
      '[profile "keyless"]',
      'region = eu-north-1',
    ].join('\n'),
  );
});

afterEach(async () => {
  await emulator.stop();
  await rm(dir, { recursive: true });
});

describe('whose credentials these are', () => {
  it.each([
    ['AKIAALICE', 'aws', '111122223333', 'arn:aws:iam::111122223333:user/Alice'],
    ['AKIALI', 'aws-cn', '777788889999', 'arn:aws-cn:sts::777788889999:assumed-role/audit/li'],
  ])('%s: STS says', async (AWS_ACCESS_KEY_ID, partition, account, caller) => {
    const opened = await session({ env: { ...ALICE, AWS_ACCESS_KEY_ID, ...HERE } });
    expect(opened).toMatchObject({ partition, account, caller, defaultRegion: 'eu-west-1' });
    expect(emulator.requests.map(({ api, region }) => [api, region])).toEqual([['GetCallerIdentity', 'eu-west-1']]);
  });

  it.each<[string, SessionQuestion, string]>([
    ['static keys win over AWS_PROFILE', { env: { ...ALICE, AWS_PROFILE: 'bob' } }, '111122223333'],
    ['a named profile wins over static keys', { profile: 'bob', env: ALICE }, '444455556666'],
    ['AWS_PROFILE counts without static keys', { env: { AWS_PROFILE: 'bob' } }, '444455556666'],
  ])('%s, as in Terraform', async (_, question, account) => {
    const opened = await session({ ...question, env: { ...question.env, ...HERE } });
    expect(opened.account).toBe(account);
  });
});

describe('the Region to look at by default', () => {
  it.each<[string, SessionQuestion, string | undefined]>([
    ['AWS_REGION', { env: { ...ALICE, AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' } }, 'eu-west-1'],
    ['AWS_DEFAULT_REGION', { env: { ...ALICE, AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-2' } }, 'eu-west-2'],
    ["the profile's", { profile: 'bob', env: {} }, 'us-east-1'],
    ["AWS_PROFILE's", { env: { ...ALICE, AWS_PROFILE: 'bob' } }, 'us-east-1'],
    ['none', { region: 'eu-west-3', env: ALICE }, undefined],
  ])('is %s', async (_, question, region) => {
    const opened = await session(question);
    expect(opened.defaultRegion).toBe(region);
    expect(emulator.requests.at(-1)?.region).toBe(region ?? 'eu-west-3');
  });
});

describe('what a user can mend', () => {
  it.each<[string, SessionQuestion, string]>([
    ['no Region', { env: ALICE }, "no Region: give --region, or set AWS_REGION or the profile's region"],
    [
      'no Region name',
      { env: { ...ALICE, AWS_REGION: 'eu west\n1' } },
      '"eu west\\n1" is no AWS Region name: give one like eu-west-1 (did you mean "eu-west-1"?)',
    ],
    [
      'no Region name to ask STS in',
      { region: 'Ireland', env: ALICE },
      '"Ireland" is no AWS Region name: give one like eu-west-1',
    ],
    [
      'no credentials',
      { env: HERE },
      'no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give --profile',
    ],
    [
      'no credentials in the profile',
      { profile: 'keyless', env: {} },
      'no AWS credentials of profile "keyless": set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give --profile',
    ],
    [
      'keys that nobody has',
      { env: { ...ALICE, ...HERE, AWS_ACCESS_KEY_ID: 'AKIAMALLORY' } },
      'the AWS credentials are not accepted (InvalidClientTokenId: The security token included in the request is invalid.): check the keys, the clock and that eu-west-1 is in their partition',
    ],
    [
      'an address that is no URL',
      { env: { ...ALICE, ...HERE, AWS_ENDPOINT_URL_STS: 'http://' } },
      'AWS_ENDPOINT_URL_STS is no http or https URL: set it to one like http://localhost:4566, or unset it',
    ],
  ])('%s', async (_, question, message) => {
    expect(await problem(question)).toBe(message);
  });

  it.each([{ profile: 'nope', env: {} }, { env: { AWS_PROFILE: 'nope' } }])(
    'a profile that neither file knows: %j, before any other credentials are tried',
    async (question) => {
      expect(await problem(question)).toBe(
        `profile "nope" is neither in ${join(dir, 'config')} nor in ${join(dir, 'credentials')}: check --profile and AWS_PROFILE, or run "aws configure list-profiles"`,
      );
      expect(emulator.requests).toEqual([]);
    },
  );

  it.each(['carol', 'bob', 'dave'])('finds profile %s in the file where the SDK looks for it', async (profile) => {
    await writeFile(join(dir, 'credentials'), '[carol]\naws_access_key_id = AKIAALICE\naws_secret_access_key = s\n');
    await appendFile(join(dir, 'config'), '\n[dave]\nregion = eu-west-1\n');
    const opening = session({ profile, env: HERE });
    if (profile === 'dave') await expect(opening).rejects.toThrow('profile "dave" is neither in');
    else expect((await opening).account).toBe(profile === 'bob' ? '444455556666' : '111122223333');
  });

  it('a profile file that is none', async () => {
    await mkdir(join(dir, 'credentials'));
    expect(await problem({ profile: 'nope', env: {} })).toBe(
      `cannot read ${join(dir, 'credentials')}, where AWS profiles are looked for: it is a directory`,
    );
  });

  it('an expired token', async () => {
    emulator.addFault({
      fault: 'error',
      api: 'GetCallerIdentity',
      code: 'ExpiredToken',
      message: 'The token is expired',
      status: 403,
    });
    expect(await problem({ profile: 'bob', env: {} })).toBe(
      'the AWS credentials of profile "bob" have expired (ExpiredToken: The token is expired): renew them with "aws sso login --profile bob"',
    );
  });

  it('an STS that nobody reaches', async () => {
    const message = await problem({
      env: { ...ALICE, ...HERE, AWS_ENDPOINT_URL_STS: 'http://user:pass@127.0.0.1:1/' },
    });
    expect(message).toMatch(
      /^cannot reach STS at 127\.0\.0\.1:1 \(.*ECONNREFUSED.*\): check the network, the Region eu-west-1/,
    );
    expect(message).not.toMatch(/pass/);
  });

  it('a Region that is misspelt', async () => {
    const message = await problem({
      env: { ...ALICE, AWS_REGION: 'eu-wset-1', AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1/' },
    });
    expect(message).toContain(
      'check the network, the Region eu-wset-1 (did you mean "eu-west-1"?) and AWS_ENDPOINT_URL',
    );
  });

  it('an STS that refuses on and on', async () => {
    emulator.addFault({ fault: 'server-error', api: 'GetCallerIdentity', status: 503 });
    expect(await problem({ env: { ...ALICE, ...HERE } })).toMatch(
      /^STS at 127\.0\.0\.1:\d+ does not say whose credentials these are: /,
    );
    expect(emulator.requests).toHaveLength(3);
  });
});

describe('something else at the address of STS', () => {
  let server: Server;
  afterEach(() => {
    server.close();
  });

  it.each([
    ['a web page', 200, '<html><body>Welcome</body></html>'],
    [
      'an answer without a caller',
      200,
      '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
    ],
    ['a redirect', 302, ''],
  ])('%s is no identity', async (_, status, body) => {
    server = createServer((_request, response) => response.writeHead(status, { 'content-type': 'text/xml' }).end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const env = { ...ALICE, ...HERE, AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${port}` };
    expect(await problem({ env })).toContain(`STS at 127.0.0.1:${port} does not say whose credentials these are: `);
  });
});

describe('credentials that expire', () => {
  it('are asked for once, and again shortly before they end', async () => {
    const count = join(dir, 'count');
    const script = join(dir, 'give.mjs');
    await writeFile(
      script,
      `import { appendFileSync } from 'node:fs';
       appendFileSync(${JSON.stringify(count)}, '.');
       const Expiration = new Date(Date.now() + Number(process.argv[2])).toISOString();
       console.log(JSON.stringify({ Version: 1, AccessKeyId: 'AKIABOB', SecretAccessKey: 's', Expiration }));`,
    );
    const profile = (name: string, ms: number) =>
      `[profile ${name}]\nregion = eu-west-1\ncredential_process = ${process.execPath} ${script} ${ms}\n`;
    await writeFile(join(dir, 'config'), profile('hour', 3_600_000) + profile('minute', 60_000));

    const lasting = await session({ profile: 'hour', env: {} });
    expect((await lasting.credentials()).accessKeyId).toBe('AKIABOB');
    expect(await readFile(count, 'utf8')).toBe('.');

    const ending = await session({ profile: 'minute', env: {} });
    while ((await readFile(count, 'utf8')).length < 3) await ending.credentials();
    expect(ending.account).toBe('444455556666');
  });
});

describe('an interrupted scan', () => {
  it("opens no session and throws the signal's reason", async () => {
    const reason = new Error('interrupted by SIGINT');
    await expect(session({ env: { ...ALICE, ...HERE }, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(emulator.requests).toEqual([]);
  });
});
