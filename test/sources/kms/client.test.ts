import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ListKeysCommand } from '@aws-sdk/client-kms';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failureOf } from '../../../src/sources/aws/failure.ts';
import { kmsClient } from '../../../src/sources/kms/client.ts';
import { REALM } from '../../support/facts.ts';

const session = {
  partition: REALM.partition,
  account: REALM.account,
  caller: 'arn:aws:iam::111122223333:user/operator',
  credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' }),
  defaultRegion: undefined,
};

let server: Server;
let asked: number;

async function serve(answer: RequestListener): Promise<void> {
  server = createServer((request, response) => {
    asked += 1;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env['AWS_ENDPOINT_URL_KMS'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
}

beforeEach(() => {
  asked = 0;
});
afterEach(() => {
  delete process.env['AWS_ENDPOINT_URL_KMS'];
  server.closeAllConnections();
  server.close();
});

describe('an endpoint that does not answer', () => {
  it.each<[string, RequestListener]>([
    ['at all', () => {}],
    ['to the end', (_, response) => void response.writeHead(200, { 'content-length': '100' }).write('{"Keys":')],
  ])('%s is given up after a bounded time and number of attempts', async (_, answer) => {
    await serve(answer);
    const client = kmsClient(session, REALM.region, { attempts: 2, connectMs: 200, answerMs: 50 });
    const error: unknown = await client.send(new ListKeysCommand({})).catch((thrown: unknown) => thrown);
    expect(failureOf(error, 'kms:ListKeys').kind).toBe('unreachable');
    expect(asked).toBe(2);
    client.destroy();
  });
});

describe('a KMS client', () => {
  it('asks in its Region, through the endpoint of the environment', async () => {
    const scopes: (string | undefined)[] = [];
    await serve((request, response) => {
      scopes.push(request.headers.authorization);
      response.end('{"Keys":[]}');
    });
    const client = kmsClient(session, 'ap-southeast-2');
    await client.send(new ListKeysCommand({}));
    expect(scopes).toEqual([expect.stringContaining('/ap-southeast-2/kms/aws4_request')]);
    expect([client.config.retryMode, await client.config.maxAttempts()]).toEqual(['adaptive', 6]);
    client.destroy();
  });
});
