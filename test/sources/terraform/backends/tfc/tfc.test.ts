import { afterEach, describe, expect, it } from '@jest/globals';
import { type StubOrganization, startHcp } from '../../../../support/stores/hcp-stub.ts';
import { type HttpStub, type StubAnswer, type StubRequest, startStub } from '../../../../support/stores/http-stub.ts';
import { lookAt } from '../../state/looking.ts';
import { keyResource, stateOf } from '../../state/state-text.ts';

const TOKEN = 'canary.atlasv1.0123456789';
const stateNamed = (lineage: string) => stateOf([keyResource()], { lineage });
const ENV = { TF_TOKEN_127_0_0_1: TOKEN };

const stubs: HttpStub[] = [];
const kept = async (starting: Promise<HttpStub>): Promise<HttpStub> => {
  const stub = await starting;
  stubs.push(stub);
  return stub;
};
const hcp = (organization: Partial<StubOrganization>) =>
  kept(startHcp({ token: TOKEN, workspaces: [], ...organization }));
const stub = (answer: (request: StubRequest) => StubAnswer) => kept(startStub(answer));
afterEach(async () => {
  for (const each of stubs.splice(0)) await each.stop();
});

const statuses = ({ coverage }: Awaited<ReturnType<typeof lookAt>>) =>
  coverage.map(({ locator, status, reason }) => [locator?.replace(/127\.0\.0\.1:\d+/, 'HOST'), status, reason]);

describe('a workspace', () => {
  it('is read at its current state version', async () => {
    const { host, requests } = await hcp({ workspaces: [{ name: 'prod', state: stateNamed('p') }] });
    const look = await lookAt([`tfc://${host}/acme/prod`], { env: ENV });
    expect(look.coverage).toMatchObject([
      { locator: `tfc://${host}/acme/prod`, status: 'complete', state: { lineage: 'p', serial: 4 } },
    ]);
    expect(look.facts).toMatchObject([{ source: `tfc://${host}/acme/prod` }]);
    expect(requests.map(({ url }) => url)).toEqual([
      '/api/v2/organizations/acme/workspaces/prod',
      '/api/v2/workspaces/ws-prod/current-state-version',
      '/api/v2/state/prod',
    ]);
  });

  it('in which nothing was applied is covered: it manages nothing', async () => {
    const { host } = await hcp({ workspaces: [{ name: 'new' }] });
    const look = await lookAt([`tfc://${host}/acme/new`], { env: ENV });
    expect(look.coverage).toMatchObject([{ status: 'complete' }]);
    expect(look.coverage[0]?.state).toBeUndefined();
    expect(look.diagnostics).toMatchObject([
      { level: 'info', message: `tfc://${host}/acme/new: the workspace has no state version yet` },
    ]);
  });

  it('whose state versions the token may not read is a gap, though the API says 404 as well', async () => {
    const workspaces = [{ name: 'prod', state: stateNamed('p'), mayReadStates: false }];
    const { host } = await hcp({ workspaces });
    expect(statuses(await lookAt([`tfc://${host}/acme/prod`], { env: ENV }))).toEqual([
      ['tfc://HOST/acme/prod', 'failed', expect.stringMatching(/it needs the permission to read state versions$/)],
    ]);
  });

  it('that is not there fails', async () => {
    const { host } = await hcp({});
    expect(statuses(await lookAt([`tfc://${host}/acme/prod`], { env: ENV }))).toEqual([
      ['tfc://HOST/acme/prod', 'failed', 'HTTP 404: not there, or not for this token to see'],
    ]);
  });

  it.each<[string, StubAnswer, string]>([
    ['another API', { body: '<html>' }, 'HOST answers with something else than its API does'],
    [
      'a document of another form',
      { body: { data: {} } },
      'HOST answers with something else than its API does (data.id)',
    ],
    [
      'a redirect elsewhere',
      { status: 302, headers: { location: 'https://example.com/' } },
      'HTTP 302 to another host, which is not followed',
    ],
    ['403', { status: 403 }, 'HTTP 403: the token may not read that'],
    ['500', { status: 500, headers: { 'retry-after': '0' } }, 'HTTP 500 from HOST'],
  ])('behind %s fails', async (_, answer, reason) => {
    const { host } = await stub(() => answer);
    const { coverage } = await lookAt([`tfc://${host}/acme/prod`], { env: ENV });
    expect(coverage).toMatchObject([{ status: 'failed', reason: reason.replace('HOST', host) }]);
  });

  it('is waited for when there are too many requests', async () => {
    const inner = { token: TOKEN, workspaces: [{ name: 'prod', state: stateNamed('p') }] };
    const refused = new Set<string>();
    const { host, requests } = await kept(
      startHcp(inner, ({ url }) => {
        if (refused.has(url)) return undefined;
        refused.add(url);
        return { status: 429, headers: { 'retry-after': '0' } };
      }),
    );
    expect(statuses(await lookAt([`tfc://${host}/acme/prod`], { env: ENV }))).toEqual([
      ['tfc://HOST/acme/prod', 'complete', undefined],
    ]);
    expect(requests).toHaveLength(6);
  });
});

describe('an organization', () => {
  it('is all of its workspaces, page by page, in order', async () => {
    const workspaces = ['d', 'b', 'a', 'c'].map((name) => ({ name, state: stateNamed(name) }));
    const { host, requests } = await hcp({ workspaces, pageSize: 3, stacks: [] });
    const look = await lookAt([`tfc://${host}/acme/*`], { env: ENV });
    expect(statuses(look)).toEqual(
      ['a', 'b', 'c', 'd'].map((name) => [`tfc://HOST/acme/${name}`, 'complete', undefined]),
    );
    expect(look.locatorsOf(`tfc://${host}/acme/*`)).toHaveLength(4);
    const pages = requests.filter(({ url }) => url.startsWith('/api/v2/organizations/acme/workspaces?'));
    expect(pages.map(({ url }) => new URL(url, 'http://x').searchParams.get('page[number]'))).toEqual(['1', '2']);
  });

  it('is some of them by a pattern', async () => {
    const workspaces = ['prod-a', 'prod-b', 'test'].map((name) => ({ name, state: stateNamed(name) }));
    const { host } = await hcp({ workspaces });
    expect(statuses(await lookAt([`tfc://${host}/acme/prod-?`], { env: ENV })).map(([locator]) => locator)).toEqual([
      'tfc://HOST/acme/prod-a',
      'tfc://HOST/acme/prod-b',
    ]);
  });

  it('without any is a gap, unless there need be none', async () => {
    const { host } = await hcp({});
    const where = `tfc://${host}/acme/*`;
    expect(statuses(await lookAt([where], { env: ENV }))).toEqual([
      ['tfc://HOST/acme/*', 'failed', 'no workspaces there, or none that this token may see'],
    ]);
    const mayBeNone = { where, from: 'repository', mayBeNone: true } as const;
    expect(statuses(await lookAt([mayBeNone], { env: ENV }))).toEqual([]);
  });

  it('with Stacks is covered in part, and they are named', async () => {
    const stacks = ['f', 'e', 'd', 'c', 'b', 'a\u001b[2J'];
    const { host } = await hcp({ workspaces: [{ name: 'prod', state: stateNamed('p') }], stacks });
    expect(statuses(await lookAt([`tfc://${host}/acme/*`], { env: ENV }))).toEqual([
      [
        'tfc://HOST/acme/* (Stacks)',
        'partial',
        '6 Stacks not read (a [2J, b, c, d, e, …): keydrift reads workspaces alone',
      ],
      ['tfc://HOST/acme/prod', 'complete', undefined],
    ]);
  });

  it('whose pages go round in a circle ends', async () => {
    const body = { data: [], meta: { pagination: { 'next-page': 1 } } };
    const { host } = await stub(() => ({ body }));
    expect(statuses(await lookAt([`tfc://${host}/acme/*`], { env: ENV }))).toEqual([
      ['tfc://HOST/acme/*', 'failed', 'its pages lead back to where they began'],
    ]);
  });
});

describe('the token', () => {
  it('is missing: nothing is asked, and the variables are named', async () => {
    const { host, requests } = await hcp({});
    expect(
      statuses(
        await lookAt([`tfc://${host}/acme/prod`, 'tfc://acme/prod'], {
          env: { TFE_HOSTNAME: 'x.example.com', TFE_TOKEN: TOKEN },
        }),
      ),
    ).toEqual([
      [
        'tfc://HOST/acme/prod',
        'failed',
        expect.stringMatching(/^no token for .*: set TF_TOKEN_127_0_0_1, or run "terraform login/),
      ],
      [
        'tfc://acme/prod',
        'failed',
        expect.stringMatching(/^no token for app\.terraform\.io: set TF_TOKEN_app_terraform_io or TFE_TOKEN/),
      ],
    ]);
    expect(requests).toEqual([]);
  });

  it('is not accepted', async () => {
    const { host } = await hcp({ token: 'another' });
    const look = await lookAt([`tfc://${host}/acme/prod`], { env: ENV });
    expect(statuses(look)).toEqual([
      ['tfc://HOST/acme/prod', 'failed', expect.stringMatching(/^HTTP 401: .* does not accept the token/)],
    ]);
    expect(JSON.stringify(look)).not.toContain(TOKEN);
  });

  const SIGNED = '/v1/object/c2lnbmVk-canary?X-Signature=canary';
  const leadingTo = (location: string) => () => ({ status: 307, headers: { location } });
  const workspaces = (downloadFrom?: string) => [
    { name: 'prod', state: stateNamed('p'), ...(downloadFrom === undefined ? {} : { downloadFrom }) },
  ];

  it.each(['named by the API', 'where the API leads to'])(
    'stays behind when the state is on another host, %s',
    async (how) => {
      const store = await stub(() => ({ body: stateNamed('p') }));
      const { host } = await kept(
        how === 'named by the API'
          ? startHcp({ token: TOKEN, workspaces: workspaces(store.url + SIGNED) })
          : startHcp({ token: TOKEN, workspaces: workspaces() }, ({ url, headers }) =>
              url.includes('/state/') && headers.authorization === `Bearer ${TOKEN}`
                ? leadingTo(store.url + SIGNED)()
                : undefined,
            ),
      );
      const look = await lookAt([`tfc://${host}/acme/prod`], { env: ENV });
      expect(statuses(look)).toEqual([['tfc://HOST/acme/prod', 'complete', undefined]]);
      expect(store.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([[SIGNED, undefined]]);
      expect(JSON.stringify(look)).not.toContain('canary');
    },
  );

  it.each(['named by the API', 'where the API leads to'])(
    'and state on another host, %s, that leads to a third: that is not followed',
    async (how) => {
      const third = await stub(() => ({ body: stateNamed('p') }));
      const second = await stub(leadingTo(third.url + SIGNED));
      const { host } = await kept(
        how === 'named by the API'
          ? startHcp({ token: TOKEN, workspaces: workspaces(`${second.url}/x`) })
          : startHcp({ token: TOKEN, workspaces: workspaces() }, ({ url }) =>
              url.includes('/state/') ? leadingTo(`${second.url}/x`)() : undefined,
            ),
      );
      expect(statuses(await lookAt([`tfc://${host}/acme/prod`], { env: ENV }))).toEqual([
        ['tfc://HOST/acme/prod', 'failed', 'HTTP 307 to another host, which is not followed'],
      ]);
      expect(second.requests).toHaveLength(1);
      expect(third.requests).toEqual([]);
    },
  );

  it('and state that the API leads to without https: nothing is asked', async () => {
    const { host } = await kept(
      startHcp({ token: TOKEN, workspaces: workspaces() }, ({ url }) =>
        url.includes('/state/') ? leadingTo('http://example.com/state')() : undefined,
      ),
    );
    expect(statuses(await lookAt([`tfc://${host}/acme/prod`], { env: ENV }))).toEqual([
      ['tfc://HOST/acme/prod', 'failed', 'HTTP 307 to an address without https, which is not followed'],
    ]);
  });

  it('is not sent anywhere when the signed address fails, and neither is shown', async () => {
    const store = await stub(() => ({ status: 403, body: 'canary' }));
    const downloadFrom = `${store.url}/signed?X-Signature=canary`;
    const { host } = await hcp({ workspaces: [{ name: 'prod', state: stateNamed('p'), downloadFrom }] });
    const look = await lookAt([`tfc://${host}/acme/prod`], { env: ENV });
    expect(statuses(look)).toEqual([
      ['tfc://HOST/acme/prod', 'failed', 'HTTP 403 instead of the state, from the address that the API gave for it'],
    ]);
    expect(JSON.stringify(look)).not.toContain('canary');
  });

  it.each(['http://example.com/state', 'file:///etc/passwd', 'http://', ''])(
    'and state from %j: nothing is asked',
    async (address) => {
      const { host } = await hcp({ workspaces: [{ name: 'prod', state: stateNamed('p'), downloadFrom: address }] });
      expect(statuses(await lookAt([`tfc://${host}/acme/prod`], { env: ENV }))).toMatchObject([
        ['tfc://HOST/acme/prod', 'failed', expect.stringMatching(/address/)],
      ]);
    },
  );
});

it('notices a state version that came meanwhile, and one where there was none', async () => {
  const workspaces: { name: string; state?: object }[] = [{ name: 'a', state: stateNamed('a') }, { name: 'b' }];
  const { host } = await hcp({ workspaces });
  const { recheck } = await lookAt([`tfc://${host}/acme/*`], { env: ENV });
  expect(await recheck()).toEqual([]);
  workspaces.splice(
    0,
    2,
    { name: 'a', state: { ...stateNamed('a'), serial: 5 } },
    { name: 'b', state: stateNamed('b') },
    { name: 'c' },
  );
  expect((await recheck()).map(({ locator, status, reason }) => [locator?.at(-1), status, reason])).toEqual([
    ['a', 'partial', 'changed during the scan: serial 4, then 5'],
    ['b', 'failed', 'appeared during the scan and was not read'],
    ['c', 'failed', 'appeared during the scan and was not read'],
  ]);
});
