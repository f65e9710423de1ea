import { afterEach, describe, expect, it } from '@jest/globals';
import { type HttpStub, type StubAnswer, type StubRequest, startStub } from '../../../../support/stores/http-stub.ts';
import { lookAt } from '../../state/looking.ts';
import { keyResource, stateOf } from '../../state/state-text.ts';

const STATE = stateOf([keyResource()]);
const PATH = '/api/v4/projects/7/terraform/state/prod';
const CANARY = 'glpat-canary-0123456789';

const stubs: HttpStub[] = [];
async function stub(answer: (request: StubRequest) => StubAnswer): Promise<HttpStub> {
  const started = await startStub(answer);
  stubs.push(started);
  return started;
}
afterEach(async () => {
  for (const each of stubs.splice(0)) await each.stop();
});

const always = (answer: StubAnswer) => () => answer;
const entry = async (answer: StubAnswer) => {
  const { url } = await stub(always(answer));
  const { coverage } = await lookAt([`${url}${PATH}`]);
  expect(coverage).toHaveLength(1);
  return coverage[0];
};

describe('a state behind an address', () => {
  it('is read, and its locator has no query', async () => {
    const { url, requests } = await stub(always({ body: STATE }));
    const { coverage, facts } = await lookAt([`${url}${PATH}?job=${CANARY}`]);
    expect(coverage).toMatchObject([
      { source: 'state', locator: `${url}${PATH}`, status: 'complete', state: { serial: 4 } },
    ]);
    expect(facts).toMatchObject([{ kind: 'state', source: `${url}${PATH}` }]);
    expect(requests).toMatchObject([{ method: 'GET', url: `${PATH}?job=${CANARY}` }]);
    expect(requests[0]?.headers.authorization).toBeUndefined();
  });

  it('is told from one whose query alone differs', async () => {
    const { url } = await stub(({ url: path }) => ({ body: { ...STATE, lineage: path } }));
    const { coverage, locatorsOf } = await lookAt([`${url}/s?name=a`, `${url}/s?name=b`]);
    expect(coverage.map(({ locator }) => locator)).toEqual([`${url}/s`, `${url}/s #2`]);
    expect(locatorsOf(`${url}/s?name=b`)).toEqual([`${url}/s #2`]);
  });

  it.each<[string, StubAnswer, object]>([
    ['204: none yet', { status: 204 }, { status: 'complete' }],
    ['401', { status: 401 }, { reason: /^HTTP 401: credentials are missing or not accepted: set TF_HTTP_USERNAME/ }],
    ['403', { status: 403, body: CANARY }, { reason: /^HTTP 403: these credentials may not read the state$/ }],
    ['404', { status: 404 }, { reason: /^HTTP 404: no state there, or none that these credentials may see$/ }],
    ['418', { status: 418 }, { reason: /^HTTP 418 instead of a state$/ }],
    ['a login page', { body: '<!DOCTYPE html><html>' }, { reason: /^HTML or XML, not a state/ }],
    ['nothing at all', { body: '' }, { reason: /^empty/ }],
    ['half a state', { body: '{"version": 4,' }, { reason: /^truncated/ }],
    ['a redirect to nowhere', { status: 302 }, { reason: /^HTTP 302 that leads nowhere$/ }],
    [
      'a redirect to plain http',
      { status: 302, headers: { location: 'http://example.com/' } },
      { reason: /without https/ },
    ],
    ['a redirect to itself', { status: 307, headers: { location: '#' } }, { reason: /^more than 5 redirects$/ }],
    ['a file', { status: 302, headers: { location: 'file:///etc/passwd' } }, { reason: /without https/ }],
  ])('%s', async (_, answer, { reason, status = 'failed' }: { reason?: RegExp; status?: string }) => {
    const found = await entry(answer);
    expect(found).toMatchObject({ status });
    expect(found?.reason ?? '').toMatch(reason ?? /^$/);
    expect(JSON.stringify(found)).not.toContain(CANARY);
  });

  it.each([429, 500, 502, 503, 504])('is asked for again after HTTP %d, when the server says', async (status) => {
    let asked = 0;
    const { url } = await stub(() => {
      asked += 1;
      return asked < 4 ? { status, headers: { 'retry-after': '0' } } : { body: STATE };
    });
    const { coverage } = await lookAt([url]);
    expect([asked, coverage[0]?.status]).toEqual([4, 'complete']);
  });

  it('fails when it never gets better', async () => {
    expect(await entry({ status: 503, headers: { 'retry-after': '0' } })).toMatchObject({
      status: 'failed',
      reason: 'HTTP 503 instead of a state',
    });
  });

  it('is given up when the scan is interrupted', async () => {
    const stop = new AbortController();
    const reason = new Error('stop');
    const { url } = await stub(() => () => stop.abort(reason));
    await expect(lookAt([url], { signal: stop.signal })).rejects.toBe(reason);
  });
});

describe('credentials', () => {
  const env = { TF_HTTP_USERNAME: 'bot', TF_HTTP_PASSWORD: CANARY };
  const basic = `Basic ${Buffer.from(`bot:${CANARY}`).toString('base64')}`;
  const asked = ({ requests }: HttpStub) => requests.map(({ headers }) => headers.authorization);

  it('of Terraform go to the only host that flags name', async () => {
    const one = await stub(always({ body: STATE }));
    await lookAt([one.url], { env });
    expect(asked(one)).toEqual([basic]);
  });

  it('go to no host where it is not known which is meant, and 401 says so', async () => {
    const [one, two] = [await stub(always({ status: 401 })), await stub(always({ body: STATE }))];
    const { coverage } = await lookAt([one.url, two.url], { env });
    expect([...asked(one), ...asked(two)]).toEqual([undefined, undefined]);
    expect(coverage.find(({ status }) => status === 'failed')?.reason).toMatch(/set TF_HTTP_ADDRESS/);
  });

  it('go to TF_HTTP_ADDRESS alone where it is set', async () => {
    const [one, two] = [await stub(always({ body: STATE })), await stub(always({ body: STATE }))];
    await lookAt([one.url, two.url], { env: { ...env, TF_HTTP_ADDRESS: `${two.url}/other` } });
    expect([...asked(one), ...asked(two)]).toEqual([undefined, basic]);
  });

  it('in headers go to their own host, and before those of Terraform', async () => {
    const [one, two] = [await stub(always({ body: STATE })), await stub(always({ body: STATE }))];
    const headers = [
      { host: one.host, name: 'PRIVATE-TOKEN', value: CANARY },
      { host: two.host, name: 'Authorization', value: 'Bearer x' },
    ];
    await lookAt([one.url, two.url], { env: { ...env, TF_HTTP_ADDRESS: two.url }, headers });
    expect(one.requests[0]?.headers).toMatchObject({ 'private-token': CANARY });
    expect(two.requests[0]?.headers['private-token']).toBeUndefined();
    expect(asked(two)).toEqual(['Bearer x']);
  });

  it.each([
    ['to another host stay behind', 2, undefined],
    ['to the same host are kept', 1, CANARY],
  ])('after a redirect %s', async (_, hosts, expected) => {
    const other = await stub(always({ body: STATE }));
    const one: HttpStub = await stub(({ url: path }) =>
      path === '/there' ? { body: STATE } : { status: 302, headers: { location: hosts === 2 ? other.url : '/there' } },
    );
    const { coverage } = await lookAt([one.url], {
      env: { ...env, TF_HTTP_ADDRESS: one.url },
      headers: [{ host: one.host, name: 'PRIVATE-TOKEN', value: CANARY }],
    });
    expect(coverage).toMatchObject([{ status: 'complete', locator: `${one.url}/` }]);
    const last = (hosts === 2 ? other : one).requests.at(-1);
    expect(last?.headers['private-token']).toBe(expected);
    expect(last?.headers.authorization).toBe(expected === undefined ? undefined : basic);
  });

  it('do not come back with a redirect that returns', async () => {
    const one: HttpStub = await stub(({ url: path }) =>
      path === '/back' ? { body: STATE } : { status: 302, headers: { location: other.url } },
    );
    const other: HttpStub = await stub(() => ({ status: 302, headers: { location: `${one.url}/back` } }));
    await lookAt([one.url], { env: { ...env, TF_HTTP_ADDRESS: one.url } });
    expect(asked(one)).toEqual([basic, undefined]);
  });
});

describe('an address that a repository gives', () => {
  const from = 'repository';

  it('is not asked where no flag names its host', async () => {
    const one = await stub(always({ body: STATE }));
    const { coverage } = await lookAt([{ where: one.url, from }], { env: { TF_HTTP_USERNAME: 'bot' } });
    expect(one.requests).toEqual([]);
    expect(coverage).toMatchObject([
      { status: 'failed', reason: expect.stringMatching(/^only a file names the host/) },
    ]);
  });

  it('is asked where a flag, a header or TF_HTTP_ADDRESS names its host', async () => {
    const one = await stub(always({ body: STATE }));
    const where = { where: `${one.url}/root`, from } as const;
    const headers = [{ host: one.host, name: 'a', value: 'b' }];
    const looks = [
      await lookAt([where, `${one.url}/other`]),
      await lookAt([where], { headers }),
      await lookAt([where], { env: { TF_HTTP_ADDRESS: one.url } }),
    ];
    expect(looks.map(({ coverage }) => coverage.map(({ status }) => status))).toEqual([
      ['complete', 'complete'],
      ['complete'],
      ['complete'],
    ]);
  });
});

describe('looking again', () => {
  it('asks by the ETag, and reads what has another', async () => {
    let serial = 4;
    const one = await stub(({ headers }) =>
      headers['if-none-match'] === `"${serial}"`
        ? { status: 304 }
        : { headers: { etag: `"${serial}"` }, body: { ...STATE, serial } },
    );
    const { recheck } = await lookAt([one.url]);
    expect(await recheck()).toEqual([]);
    serial = 5;
    expect(await recheck()).toMatchObject([
      { status: 'partial', reason: 'changed during the scan: serial 4, then 5', state: { serial: 4, inDoubt: true } },
    ]);
  });

  it('compares content where there is no ETag', async () => {
    let body: object = STATE;
    const { url } = await stub(() => ({ body }));
    const { recheck } = await lookAt([url]);
    expect(await recheck()).toEqual([]);
    body = { ...STATE, resources: [] };
    expect(await recheck()).toMatchObject([{ reason: 'changed during the scan: serial 4 with other content' }]);
  });

  it('notices a state that comes where there was none', async () => {
    let answer: StubAnswer = { status: 204 };
    const { url } = await stub(() => answer);
    const { recheck, diagnostics } = await lookAt([url]);
    expect(diagnostics).toMatchObject([{ level: 'info', message: `${url}/: HTTP 204: no state there yet` }]);
    expect(await recheck()).toEqual([]);
    answer = { body: STATE };
    expect(await recheck()).toMatchObject([{ status: 'failed', reason: 'appeared during the scan and was not read' }]);
  });

  it('names a state that is gone', async () => {
    let answer: StubAnswer = { body: STATE };
    const { url } = await stub(() => answer);
    const { recheck } = await lookAt([url]);
    answer = { status: 404 };
    expect(await recheck()).toMatchObject([
      { status: 'partial', reason: expect.stringMatching(/^changed during the scan: serial 4, then HTTP 404/) },
    ]);
  });
});
