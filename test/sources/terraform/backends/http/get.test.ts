import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { afterEach, expect, it } from '@jest/globals';
import { get } from '../../../../../src/sources/terraform/backends/http/get.ts';
import { type HttpStub, type StubAnswer, startStub } from '../../../../support/stores/http-stub.ts';

let stub: HttpStub | undefined;
afterEach(() => stub?.stop());

const waits: number[] = [];
async function getting(answer: () => StubAnswer, elsewhere: 'follow' | 'refuse' = 'follow') {
  stub = await startStub(answer);
  waits.length = 0;
  const sleep = async (ms: number) => void waits.push(ms);
  return get({ url: new URL(stub.url), headers: {}, elsewhere, sleep }, new AbortController().signal);
}

it('waits longer each time, and as long as the server says', async () => {
  const answers: StubAnswer[] = [
    { status: 503 },
    { status: 429, headers: { 'retry-after': '7' } },
    { status: 429, headers: { 'retry-after': '86400' } },
    { body: 'x' },
  ];
  expect(await getting(() => answers.shift() ?? {})).toMatchObject({ kind: 'answer', status: 200 });
  expect(waits).toEqual([500, 7_000, 60_000]);
});

it('does not wait for a date, whose clock nobody knows', async () => {
  const answers: StubAnswer[] = [{ status: 429, headers: { 'retry-after': 'Wed, 21 Oct 2099 07:28:00 GMT' } }, {}];
  await getting(() => answers.shift() ?? {});
  expect(waits).toEqual([500]);
});

it('tries an answer that breaks off again, and then says so', async () => {
  const broken = (): StubAnswer => (response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('{"version": 4,', () => response.destroy());
  };
  expect(await getting(broken)).toEqual({
    kind: 'unreadable',
    reason: expect.stringMatching(/^(no answer: \w+|the answer broke off) \(after 4 tries\)$/),
  });
  expect(stub?.requests).toHaveLength(4);
});

it('says that nobody listens', async () => {
  const { url, stop } = await startStub(() => ({}));
  await stop();
  const sleep = async () => undefined;
  const answer = await get(
    { url: new URL(url), headers: {}, elsewhere: 'follow', sleep },
    new AbortController().signal,
  );
  expect(answer).toEqual({ kind: 'unreadable', reason: 'no answer: ECONNREFUSED (after 4 tries)' });
});

it.each([
  ['does not speak TLS', async () => startStub(() => ({}))],
  ['has no certificate', tlsServer],
])('asks a server once that %s', async (_, start) => {
  const server = await start();
  const url = new URL(server.url.replace(/^http:/, 'https:'));
  const pauses: number[] = [];
  const sleep = async (ms: number) => void pauses.push(ms);
  const answer = await get({ url, headers: {}, elsewhere: 'follow', sleep }, new AbortController().signal);
  await server.stop();
  expect(answer).toEqual({
    kind: 'unreadable',
    reason: expect.stringMatching(/^no answer: [A-Z0-9_]+: the TLS connection is refused; check the address/),
  });
  expect(pauses).toEqual([]);
});

/** Shakes no hand: there is no certificate to show. */
async function tlsServer() {
  const server = createServer({});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `https://127.0.0.1:${port}`, stop: async () => void server.close() };
}

it('goes to no other host where that is refused', async () => {
  const other = await startStub(() => ({ body: 'x' }));
  const answer = await getting(() => ({ status: 302, headers: { location: other.url } }), 'refuse');
  expect(answer).toEqual({ kind: 'unreadable', reason: 'HTTP 302 to another host, which is not followed' });
  expect(other.requests).toEqual([]);
  await other.stop();
});

it('stops waiting when it is told to', async () => {
  stub = await startStub(() => ({ status: 503, headers: { 'retry-after': '3600' } }));
  const stop = new AbortController();
  const reason = new Error('stop');
  const answer = get({ url: new URL(stub.url), headers: {}, elsewhere: 'follow' }, stop.signal);
  setTimeout(() => stop.abort(reason), 50);
  await expect(answer).rejects.toBe(reason);
});
